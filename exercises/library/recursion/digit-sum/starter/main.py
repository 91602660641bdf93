def digit_sum(n):
    pass


# Try it here:
print(digit_sum(4072))
