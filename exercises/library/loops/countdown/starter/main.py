start = int(input("Start: "))

# Count down with a loop.
