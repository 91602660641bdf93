import pandas as pd


def averages(path):
    runs = pd.read_csv(path)
    return runs.groupby("club")["minutes"].mean().round(2).to_dict()


print(averages("runs.csv"))
