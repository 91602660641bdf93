start = int(input("Start: "))

for number in range(start, 0, -1):
    print(number)
print("Lift-off!")
