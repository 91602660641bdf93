first = int(input("First: "))
second = int(input("Second: "))

if first > second:
    print(first)
elif second > first:
    print(second)
else:
    print("same")
