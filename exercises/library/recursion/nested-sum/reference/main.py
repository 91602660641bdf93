def nested_sum(values):
    total = 0
    for value in values:
        if isinstance(value, list):
            total += nested_sum(value)
        else:
            total += value
    return total


print(nested_sum([1, [2, 3], [4, [5]]]))
