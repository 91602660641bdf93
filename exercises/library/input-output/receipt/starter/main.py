item1 = input("Item: ")
price1 = float(input("Price: "))
item2 = input("Item: ")
price2 = float(input("Price: "))

# Print the receipt: two items, a line, the total.
