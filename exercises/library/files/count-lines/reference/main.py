with open("story.txt", encoding="utf-8") as file:
    lines = file.readlines()

words = 0
for line in lines:
    words += len(line.split())
print("Lines:", len(lines))
print("Words:", words)
