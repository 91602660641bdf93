first = input("First: ")
second = input("Second: ")
third = input("Third: ")
print(third, second, first, sep=" < ")
