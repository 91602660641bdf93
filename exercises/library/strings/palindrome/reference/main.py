def is_palindrome(text):
    letters = text.replace(" ", "").lower()
    return letters == letters[::-1]


print(is_palindrome("level"))
