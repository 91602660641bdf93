count = 0
total = 0
number = int(input("Number: "))
while number != 0:
    count += 1
    total += number
    number = int(input("Number: "))
print("Count:", count)
print("Sum:", total)
