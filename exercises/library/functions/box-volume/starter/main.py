def volume(length, width, height):
    pass


# Try it here:
print(volume(2, 3, 4))
