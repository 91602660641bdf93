first = int(input("First: "))
second = int(input("Second: "))

# Compare the two.
