import csv

total = 0
with open("sales.csv", newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        income = float(row["price"]) * int(row["count"])
        total += income
        print(f"{row['thing']}: {income:.2f}")
print(f"Total: {total:.2f}")
