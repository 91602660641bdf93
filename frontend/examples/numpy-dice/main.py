import numpy as np

THROWS = 1_000_000
generator = np.random.default_rng(seed=1)

dice = generator.integers(1, 7, size=THROWS)
print("The first ten:", dice[:10])

values, counts = np.unique(dice, return_counts=True)
for value, count in zip(values, counts):
    print(f"{value}: {count:>7}  {count / THROWS:.2%}")

print(f"Average: {dice.mean():.3f}")
print(f"Even throws: {np.count_nonzero(dice % 2 == 0) / THROWS:.1%}")
