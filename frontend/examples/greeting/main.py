from datetime import date

name = input("What is your name? ")
birth_year = int(input("In which year were you born? "))

this_year = date.today().year
age = this_year - birth_year

print(f"Hello {name}!")
print(f"In {this_year} you turn {age}.")
print(f"You will be 100 in the year {birth_year + 100}.")
