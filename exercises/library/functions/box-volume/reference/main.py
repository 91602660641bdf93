def volume(length, width, height):
    return length * width * height


print(volume(2, 3, 4))
