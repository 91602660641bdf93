def above_average(numbers):
    pass


# Try it here:
print(above_average([1, 2, 3, 10]))
