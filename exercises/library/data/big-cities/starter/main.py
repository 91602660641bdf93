import pandas as pd


def crowded(path, least):
    pass


# Try it here:
print(crowded("towns.csv", 500))
