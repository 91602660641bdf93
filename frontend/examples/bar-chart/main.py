import matplotlib.pyplot as plt

votes = {"zoo": 9, "museum": 4, "theatre": 6, "lake": 11}
ranked = sorted(votes.items(), key=lambda item: item[1], reverse=True)
places = [place for place, count in ranked]
counts = [count for place, count in ranked]

bars = plt.bar(places, counts, color="steelblue")
bars[0].set_color("darkorange")
plt.bar_label(bars)
plt.title("Where shall the class trip go?")
plt.ylabel("votes")
plt.show()

print(f"The winner is: {places[0]}, with {counts[0]} of {sum(counts)} votes")
