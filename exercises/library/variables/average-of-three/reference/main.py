first = float(input("First: "))
second = float(input("Second: "))
third = float(input("Third: "))

average = (first + second + third) / 3
print("Average:", average)
