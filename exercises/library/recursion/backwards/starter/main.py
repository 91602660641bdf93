def backwards(text):
    pass


# Try it here:
print(backwards("abc"))
