import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation, PillowWriter

FRAMES = 20

x = np.linspace(0, 4 * np.pi, 200)
figure, axes = plt.subplots(figsize=(5, 2.5))
(line,) = axes.plot(x, np.sin(x), linewidth=3)
axes.set_ylim(-1.3, 1.3)


def draw(frame):
    """Move the wave on: after all frames it is where it was."""
    line.set_ydata(np.sin(x - 2 * np.pi * frame / FRAMES))
    axes.set_title(f"frame {frame}")


for frame in (0, 5, 10):
    draw(frame)
    figure.show()

animation = FuncAnimation(figure, draw, frames=FRAMES)
animation.save("wave.gif", writer=PillowWriter(fps=10), dpi=70)
plt.close()
print(f"wave.gif has {FRAMES} frames.")
