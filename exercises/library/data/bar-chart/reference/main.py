import matplotlib.pyplot as plt


def draw(votes):
    bars = plt.bar(list(votes.keys()), list(votes.values()))
    plt.title("Votes")
    plt.ylabel("students")
    return bars


draw({"zoo": 9, "lake": 12, "museum": 5})
plt.savefig("votes.png")
plt.show()
