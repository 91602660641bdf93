import re

with open("messages.txt", encoding="utf-8") as file:
    text = file.read()

print("Times:    ", re.findall(r"\b\d{1,2}:\d{2}\b", text))
print("Rooms:    ", re.findall(r"\b[A-Z]\d{3}\b", text))
print("Hashtags: ", sorted(set(re.findall(r"#(\w+)", text))))

for match in re.finditer(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})", text):
    print(f"Date:      {match['year']}-{match['month']:0>2}-{match['day']:0>2}")

hidden = re.sub(r"[\w.]+@[\w.]+\w", "(e-mail address)", text)
print()
print(hidden)
