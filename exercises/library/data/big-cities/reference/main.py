import pandas as pd


def crowded(path, least):
    towns = pd.read_csv(path)
    towns["density"] = towns["people"] / towns["area"]
    found = towns[towns["density"] >= least].sort_values("density", ascending=False)
    return found["town"].tolist()


print(crowded("towns.csv", 500))
