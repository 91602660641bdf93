def winners(votes):
    pass


# Try it here:
print(winners(["Mia", "Leo", "Mia"]))
