amount = float(input("Amount: "))
rate = float(input("Rate: "))
years = int(input("Years: "))

# Print the balance and the interest, rounded to two decimals.
