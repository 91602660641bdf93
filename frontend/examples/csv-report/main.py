import csv

total_minutes = 0
longest = None

with open("reading.csv", newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        minutes = int(row["minutes"])
        total_minutes += minutes
        if longest is None or minutes > int(longest["minutes"]):
            longest = row
        print(f"{row['day']:<10} {'█' * (minutes // 5)} {minutes}")

hours, minutes = divmod(total_minutes, 60)
print(f"Together: {hours} h {minutes} min")
print(f"The longest: {longest['day']}, {longest['title']}")
