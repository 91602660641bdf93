word = input("Word: ")

line = "#" * (len(word) + 4)
print(line)
print(f"# {word} #")
print(line)
