import matplotlib.pyplot as plt


def draw(votes):
    pass


# Try it here:
draw({"zoo": 9, "lake": 12, "museum": 5})
plt.savefig("votes.png")
plt.show()
