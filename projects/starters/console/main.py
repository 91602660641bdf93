# Ask for a name and a number, then print that times table.

name = input("What is your name? ")
number = int(input(f"Hello {name}! Which times table would you like? "))

for factor in range(1, 11):
    print(factor, "times", number, "is", factor * number)

print(f"That was the {number} times table, {name}.")
