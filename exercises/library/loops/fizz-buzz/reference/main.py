last = int(input("Up to: "))

for number in range(1, last + 1):
    if number % 15 == 0:
        print("fizzbuzz")
    elif number % 3 == 0:
        print("fizz")
    elif number % 5 == 0:
        print("buzz")
    else:
        print(number)
