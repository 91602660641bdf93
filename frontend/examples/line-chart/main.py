import matplotlib.pyplot as plt

hours = [6, 8, 10, 12, 14, 16, 18, 20]
coast = [11, 12, 14, 16, 17, 17, 15, 13]
city = [10, 13, 17, 21, 23, 22, 19, 15]

plt.plot(hours, city, marker="o", label="city")
plt.plot(hours, coast, marker="s", linestyle="--", label="coast")
plt.title("A day in May")
plt.xlabel("hour")
plt.ylabel("temperature in °C")
plt.grid(True, alpha=0.3)
plt.legend()
plt.show()

warmest = max(city)
print(f"Warmest in the city: {warmest} °C at {hours[city.index(warmest)]} o'clock")
