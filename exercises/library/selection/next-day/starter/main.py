day = int(input("Day: "))
month = int(input("Month: "))
year = int(input("Year: "))

# How many days does this month have?
