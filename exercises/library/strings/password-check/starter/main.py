password = input("Password: ")

# "7".isdigit(), "A".isupper() and "a".islower() are True.
