def backwards(text):
    if text == "":
        return ""
    return backwards(text[1:]) + text[0]


print(backwards("abc"))
