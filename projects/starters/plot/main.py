# Draw two lines into one chart and save it as a picture.

import matplotlib.pyplot as plt

days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
morning = [9, 11, 10, 12, 13, 12, 10]
afternoon = [15, 18, 17, 20, 22, 19, 16]

plt.plot(days, morning, marker="o", label="morning")
plt.plot(days, afternoon, marker="s", label="afternoon")
plt.title("Temperatures of a week")
plt.ylabel("degrees")
plt.ylim(bottom=0)
plt.grid(True)
plt.legend()

plt.savefig("temperatures.png")
plt.show()
