def letter_count(text):
    pass


# Try it here:
print(letter_count("Anna"))
