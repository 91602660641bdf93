first = float(input("First: "))
second = float(input("Second: "))
third = float(input("Third: "))

# Print the average, as in: Average: 7.0
