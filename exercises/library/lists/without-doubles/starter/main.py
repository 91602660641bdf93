def without_doubles(values):
    pass


# Try it here:
print(without_doubles([3, 1, 3, 2, 1]))
