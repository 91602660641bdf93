numbers = {"Ada": "555-0117", "Mia": "555-0142", "Tom": "555-0163"}

name = input("Name: ")
while name != "":
    print(numbers.get(name, "unknown"))
    name = input("Name: ")
