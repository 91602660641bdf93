height = int(input("Height: "))

# For each row: first the spaces, then the stars.
