# Open the file with: with open("story.txt", encoding="utf-8") as file:
