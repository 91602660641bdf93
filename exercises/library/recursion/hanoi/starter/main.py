def move(count, start, goal, spare):
    pass


# Try it here:
move(2, "A", "C", "B")
