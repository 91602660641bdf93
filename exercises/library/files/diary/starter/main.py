entry = input("Today: ")

# Put the entry at the end of diary.txt, then count the lines.
