password = input("Password: ")

problems = []
if len(password) < 8:
    problems.append("too short")
if not any(letter.isdigit() for letter in password):
    problems.append("no digit")
if not any(letter.isupper() for letter in password):
    problems.append("no large letter")
if not any(letter.islower() for letter in password):
    problems.append("no small letter")

if problems:
    print("\n".join(problems))
else:
    print("strong")
