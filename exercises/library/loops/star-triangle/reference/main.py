height = int(input("Height: "))

for row in range(1, height + 1):
    print(" " * (height - row) + "*" * (2 * row - 1))
