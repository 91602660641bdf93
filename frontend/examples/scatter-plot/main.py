import statistics

import matplotlib.pyplot as plt

sleep_hours = [5.0, 5.5, 6.0, 6.5, 7.0, 7.0, 7.5, 8.0, 8.5, 9.0]
reaction_ms = [342, 330, 318, 322, 291, 305, 288, 276, 281, 262]

slope, intercept = statistics.linear_regression(sleep_hours, reaction_ms)
ends = [min(sleep_hours), max(sleep_hours)]

plt.scatter(sleep_hours, reaction_ms)
plt.plot(ends, [slope * x + intercept for x in ends], color="gray", linestyle="--")
plt.title("Sleep and reaction time")
plt.xlabel("hours of sleep")
plt.ylabel("reaction time in ms")
plt.show()

correlation = statistics.correlation(sleep_hours, reaction_ms)
print(f"One hour more: {slope:.1f} ms")
print(f"Correlation: {correlation:.2f}")
