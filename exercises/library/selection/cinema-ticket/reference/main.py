age = int(input("Age: "))

if age < 6:
    print("Price: free")
elif age < 16:
    print("Price: 5")
else:
    print("Price: 9")
