name = input("What is your name? ")
town = input("Where do you live? ")
print(f"Hello {name}!")
print(f"Is it nice in {town}?")
