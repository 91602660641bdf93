def fibonacci(n):
    pass


# Try it here:
print(fibonacci(7))
