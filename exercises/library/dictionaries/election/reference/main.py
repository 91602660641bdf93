def winners(votes):
    counts = {}
    for name in votes:
        counts[name] = counts.get(name, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(name for name, count in counts.items() if count == most)


print(winners(["Mia", "Leo", "Mia"]))
