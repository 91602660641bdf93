number = int(input("Number: "))

for count in range(1, 11):
    print(count, "x", number, "=", count * number)
