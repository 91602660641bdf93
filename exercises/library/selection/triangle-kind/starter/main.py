a = int(input("a: "))
b = int(input("b: "))
c = int(input("c: "))

# Which question has to be asked first?
