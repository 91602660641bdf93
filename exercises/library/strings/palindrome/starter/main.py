def is_palindrome(text):
    pass


# Try it here:
print(is_palindrome("level"))
