def encrypt(text, places):
    pass


# Try it here:
print(encrypt("abc", 3))
