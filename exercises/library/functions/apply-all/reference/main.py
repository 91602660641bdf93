def chain(functions):
    def run(value):
        for function in functions:
            value = function(value)
        return value

    return run


def double(x):
    return 2 * x


def add_one(x):
    return x + 1


both = chain([double, add_one])
print(both(5))
