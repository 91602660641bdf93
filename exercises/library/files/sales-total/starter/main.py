import csv

with open("sales.csv", newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        print(row["thing"])
