def sell(stock, thing, count):
    pass


# Try it here:
stock = {"pen": 12, "pad": 3}
print(sell(stock, "pen", 2))
print(stock)
