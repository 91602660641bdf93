import pandas as pd

weather = pd.read_csv("weather.csv")
warmest = weather.loc[weather["temperature"].idxmax()]
print("Warmest:", warmest["month"])
print("Temperature:", warmest["temperature"])
print("Rain:", weather["rain"].sum())
