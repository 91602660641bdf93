def chain(functions):
    pass


def double(x):
    return 2 * x


def add_one(x):
    return x + 1


# Try it here:
both = chain([double, add_one])
# print(both(5))
