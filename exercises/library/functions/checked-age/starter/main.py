def read_age(text):
    pass


# Try it here:
print(read_age("14"))
