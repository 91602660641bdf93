import matplotlib.pyplot as plt
import numpy as np

x = np.linspace(-3, 3, 200)
functions = {
    "x²": x**2,
    "x³": x**3,
    "sin(x)": np.sin(x),
    "2 to the power of x": 2**x,
}

figure, grid = plt.subplots(2, 2, figsize=(8, 6), layout="constrained")
for axes, (name, y) in zip(grid.flat, functions.items()):
    axes.plot(x, y)
    axes.set_title(name)
    axes.axhline(0, color="gray", linewidth=0.8)
    axes.axvline(0, color="gray", linewidth=0.8)
figure.suptitle("Four functions")
plt.show()

print(f"{len(functions)} functions at {len(x)} points each")
