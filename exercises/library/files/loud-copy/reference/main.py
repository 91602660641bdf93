with open("quiet.txt", encoding="utf-8") as file:
    text = file.read()

with open("loud.txt", "w", encoding="utf-8") as file:
    file.write(text.upper())
