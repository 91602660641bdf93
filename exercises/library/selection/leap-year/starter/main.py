year = int(input("Year: "))

# year % 4 == 0 is true when the year can be divided by 4.
