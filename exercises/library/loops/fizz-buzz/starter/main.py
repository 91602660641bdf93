last = int(input("Up to: "))

# number % 3 == 0 is true when number can be divided by 3.
