width = int(input("Width: "))
height = int(input("Height: "))

area = width * height
perimeter = 2 * (width + height)
print("Area:", area)
print("Perimeter:", perimeter)
