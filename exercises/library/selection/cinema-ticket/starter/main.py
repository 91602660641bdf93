age = int(input("Age: "))

# Choose the price with if, elif and else.
