def next_day(day, month, year):
    # How many days does this month have?

    return day, month, year


# Try it here:
print(next_day(31, 1, 2025))
