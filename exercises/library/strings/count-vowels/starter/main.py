text = input("Text: ")

# Look at each letter: for letter in text
