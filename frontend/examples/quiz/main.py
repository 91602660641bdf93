CAPITALS = {
    "France": "Paris",
    "Norway": "Oslo",
    "Japan": "Tokyo",
}

points = 0
for country, capital in CAPITALS.items():
    answer = input(f"What is the capital of {country}? ")
    if answer.strip().lower() == capital.lower():
        print("Right!")
        points += 1
    else:
        print(f"No, it is {capital}.")

print(f"{points} of {len(CAPITALS)} answers were right.")
