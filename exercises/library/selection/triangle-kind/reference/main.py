a = int(input("a: "))
b = int(input("b: "))
c = int(input("c: "))

if a >= b + c or b >= a + c or c >= a + b:
    print("none")
elif a == b == c:
    print("equilateral")
elif a == b or b == c or a == c:
    print("isosceles")
else:
    print("scalene")
