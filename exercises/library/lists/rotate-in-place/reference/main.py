def next_player(players):
    if not players:
        return None
    player = players.pop(0)
    players.append(player)
    return player


players = ["Ada", "Ben", "Mia"]
print(next_player(players))
print(players)
