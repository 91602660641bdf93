# Read a table from weather.csv and ask it questions.

import pandas as pd

weather = pd.read_csv("weather.csv")
print(weather)

warmest = weather.loc[weather["temperature"].idxmax()]
print()
print("Warmest month:", warmest["month"], "with", warmest["temperature"], "degrees")
print("Rain in the whole year:", weather["rain"].sum(), "mm")

seasons = weather.groupby("season", sort=False)[["temperature", "rain"]].mean().round(1)
print()
print("An average month of each season:")
print(seasons)

# The new table appears among the files.
seasons.to_csv("seasons.csv")
