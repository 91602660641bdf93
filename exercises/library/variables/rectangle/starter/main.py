width = int(input("Width: "))
height = int(input("Height: "))

# Work out the area and the perimeter, then print them.
