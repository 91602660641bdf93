class Dog:
    def __init__(self, name, age):
        pass


# Try it here:
rex = Dog("Rex", 3)
