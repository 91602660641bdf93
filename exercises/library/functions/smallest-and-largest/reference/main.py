def extremes(numbers):
    smallest = largest = numbers[0]
    for number in numbers:
        if number < smallest:
            smallest = number
        if number > largest:
            largest = number
    return smallest, largest


print(extremes([4, 9, 2]))
