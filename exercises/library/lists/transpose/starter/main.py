def transpose(table):
    pass


# Try it here:
print(transpose([[1, 2, 3], [4, 5, 6]]))
