def next_player(players):
    pass


# Try it here:
players = ["Ada", "Ben", "Mia"]
print(next_player(players))
print(players)
