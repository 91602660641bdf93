name = input("Name: ")

# name.split() gives a list of the names.
