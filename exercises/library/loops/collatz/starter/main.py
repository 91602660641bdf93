number = int(input("Start: "))

# Go on as long as the number is not 1.
