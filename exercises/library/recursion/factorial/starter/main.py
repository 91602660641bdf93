def factorial(n):
    pass


# Try it here:
print(factorial(4))
