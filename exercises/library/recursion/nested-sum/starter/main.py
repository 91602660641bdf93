def nested_sum(values):
    pass


# Try it here:
print(nested_sum([1, [2, 3], [4, [5]]]))
