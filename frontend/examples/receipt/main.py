prices = {"bread": 2.80, "milk": 1.15, "apples": 3.20}
total = sum(prices.values())

with open("receipt.txt", "w", encoding="utf-8") as file:
    for item, price in prices.items():
        file.write(f"{item:<10}{price:>6.2f}\n")
    file.write("-" * 16 + "\n")
    file.write(f"{'total':<10}{total:>6.2f}\n")

with open("receipt.txt", encoding="utf-8") as file:
    for number, line in enumerate(file, start=1):
        print(number, line, end="")
