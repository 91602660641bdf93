def moving_average(values, days):
    averages = []
    for start in range(len(values) - days + 1):
        window = values[start : start + days]
        averages.append(sum(window) / days)
    return averages


print(moving_average([2, 4, 6, 8], 2))
