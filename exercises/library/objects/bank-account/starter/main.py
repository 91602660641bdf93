class Account:
    def __init__(self, owner):
        pass
