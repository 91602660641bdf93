def without_doubles(values):
    result = []
    for value in values:
        if value not in result:
            result.append(value)
    return result


print(without_doubles([3, 1, 3, 2, 1]))
