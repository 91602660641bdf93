ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def encrypt(text, places):
    secret = ""
    for letter in text:
        at = ALPHABET.find(letter.lower())
        if at < 0:
            secret += letter
        else:
            moved = ALPHABET[(at + places) % 26]
            secret += moved.upper() if letter.isupper() else moved
    return secret


print(encrypt("abc", 3))
