sweets = int(input("Sweets: "))
children = int(input("Children: "))

# Work out what each child gets and what is left, then print both.
