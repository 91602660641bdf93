number = int(input("Number: "))

# A for loop over range(1, 11) counts from 1 to 10.
