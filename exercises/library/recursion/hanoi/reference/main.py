def move(count, start, goal, spare):
    if count == 0:
        return
    move(count - 1, start, spare, goal)
    print(start, "->", goal)
    move(count - 1, spare, goal, start)


move(2, "A", "C", "B")
