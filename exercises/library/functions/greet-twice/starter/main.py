def greet(name, times):
    pass


# Try it here:
greet("Ada", 2)
