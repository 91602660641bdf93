def sell(stock, thing, count):
    if stock.get(thing, 0) < count:
        return False
    stock[thing] -= count
    if stock[thing] == 0:
        del stock[thing]
    return True


stock = {"pen": 12, "pad": 3}
print(sell(stock, "pen", 2))
print(stock)
