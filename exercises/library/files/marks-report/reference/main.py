import csv

marks = {}
with open("marks.csv", newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        marks.setdefault(row["name"], []).append(float(row["mark"]))

with open("report.csv", "w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file)
    writer.writerow(["name", "count", "average"])
    for name in sorted(marks):
        average = sum(marks[name]) / len(marks[name])
        writer.writerow([name, len(marks[name]), f"{average:.1f}"])
