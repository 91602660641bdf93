sweets = int(input("Sweets: "))
children = int(input("Children: "))

each = sweets // children
left = sweets % children
print("Each child gets", each)
print("Left in the bag:", left)
