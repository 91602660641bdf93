amount = float(input("Amount: "))
rate = float(input("Rate: "))
years = int(input("Years: "))

balance = amount * (1 + rate / 100) ** years
interest = balance - amount
print("Balance:", round(balance, 2))
print("Interest:", round(interest, 2))
