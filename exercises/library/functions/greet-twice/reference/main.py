def greet(name="you", times=1):
    for _ in range(times):
        print("Hello", name)


greet("Ada", 2)
