def next_day(day, month, year):
    if month == 2:
        is_leap = year % 400 == 0 or (year % 4 == 0 and year % 100 != 0)
        days = 29 if is_leap else 28
    elif month in (4, 6, 9, 11):
        days = 30
    else:
        days = 31

    day += 1
    if day > days:
        day = 1
        month += 1
    if month > 12:
        month = 1
        year += 1
    return day, month, year


print(next_day(31, 1, 2025))
