import pandas as pd

table = pd.read_csv("canteen.csv")
table["sales"] = table["price"] * table["sold"]

print(table.head(3))
print()

print("Sales by day:")
print(table.groupby("day", sort=False)["sales"].sum())
print()

best = table.groupby("dish")["sold"].sum().sort_values(ascending=False)
print(f"Sold most: {best.index[0]}, {best.iloc[0]} portions")
print(f"Average price: {table['price'].mean():.2f}")
