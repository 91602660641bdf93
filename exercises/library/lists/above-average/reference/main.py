def above_average(numbers):
    if not numbers:
        return []
    average = sum(numbers) / len(numbers)
    return [number for number in numbers if number > average]


print(above_average([1, 2, 3, 10]))
