import matplotlib.pyplot as plt
import networkx as nx

roads = [
    ("Home", "Park", 4),
    ("Home", "Station", 7),
    ("Park", "Bridge", 3),
    ("Station", "Bridge", 2),
    ("Station", "School", 8),
    ("Bridge", "Market", 4),
    ("Market", "School", 2),
]
places = {"Home": (0, 1), "Park": (1, 2), "Station": (1, 0), "Bridge": (2, 1), "Market": (3, 2), "School": (3.5, 0.5)}

town = nx.Graph()
town.add_weighted_edges_from(roads)

way = nx.shortest_path(town, "Home", "School", weight="weight")
minutes = nx.shortest_path_length(town, "Home", "School", weight="weight")
print(" > ".join(way))
print(f"{minutes} minutes")

steps = set(zip(way, way[1:]))
on_the_way = [(a, b) in steps or (b, a) in steps for a, b in town.edges]
colors = ["darkorange" if is_on else "silver" for is_on in on_the_way]
nx.draw(town, places, with_labels=True, node_color="lightblue", node_size=1800, font_size=9, edge_color=colors, width=3)
nx.draw_networkx_edge_labels(town, places, nx.get_edge_attributes(town, "weight"))
plt.margins(0.15)
plt.show()
