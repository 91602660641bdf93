def read_age(text):
    age = int(text)
    if not 0 <= age <= 130:
        raise ValueError("An age is from 0 to 130.")
    return age


print(read_age("14"))
