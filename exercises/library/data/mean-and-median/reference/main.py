import statistics


def describe(values):
    return {"mean": float(statistics.mean(values)), "median": float(statistics.median(values))}


print(describe([1, 2, 6]))
