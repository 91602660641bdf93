name = input("Name: ")

initials = ""
for part in name.split():
    initials += part[0].upper() + "."
print(initials)
