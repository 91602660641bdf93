def letter_count(text):
    counts = {}
    for letter in text.lower():
        if letter.isalpha():
            counts[letter] = counts.get(letter, 0) + 1
    return counts


print(letter_count("Anna"))
