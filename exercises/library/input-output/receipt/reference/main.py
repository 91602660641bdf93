item1 = input("Item: ")
price1 = float(input("Price: "))
item2 = input("Item: ")
price2 = float(input("Price: "))

print(f"{item1:12}{price1:8.2f}")
print(f"{item2:12}{price2:8.2f}")
print("-" * 20)
print(f"{'Total':12}{price1 + price2:8.2f}")
