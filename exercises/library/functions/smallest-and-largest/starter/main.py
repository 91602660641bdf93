def extremes(numbers):
    pass


# Try it here:
print(extremes([4, 9, 2]))
