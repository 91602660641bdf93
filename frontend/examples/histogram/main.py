import random

import matplotlib.pyplot as plt

random.seed(7)  # the same throws at each run
THROWS = 2000

sums = [random.randint(1, 6) + random.randint(1, 6) for _ in range(THROWS)]

plt.hist(sums, bins=range(2, 14), align="left", rwidth=0.85)
plt.title(f"The sum of two dice, thrown {THROWS} times")
plt.xlabel("sum")
plt.ylabel("how often")
plt.xticks(range(2, 13))
plt.show()

for total in (2, 7, 12):
    print(f"{total:>2}: {sums.count(total) / THROWS:.1%}")
