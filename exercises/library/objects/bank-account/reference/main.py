class Account:
    def __init__(self, owner):
        self.owner = owner
        self.balance = 0

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("The amount must be more than 0.")
        self.balance += amount

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("The amount must be more than 0.")
        if amount > self.balance:
            raise ValueError("There is not enough in the account.")
        self.balance -= amount

    def __str__(self):
        return f"{self.owner}: {self.balance}"
