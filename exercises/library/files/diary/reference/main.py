entry = input("Today: ")

with open("diary.txt", "a", encoding="utf-8") as file:
    file.write(entry + "\n")

with open("diary.txt", encoding="utf-8") as file:
    print("Entries:", len(file.readlines()))
