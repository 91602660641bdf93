towers = {"left": [4, 3, 2, 1], "middle": [], "right": []}
moves = 0


def show():
    row = "   ".join(f"{name}: {' '.join(map(str, discs)) or '-':<8}" for name, discs in towers.items())
    print(f"{moves:>2}  {row}")


def move(count, start, target, spare):
    """Move the upper `count` discs, one at a time, never a larger disc onto a smaller one."""
    global moves
    if count == 0:
        return
    move(count - 1, start, spare, target)
    towers[target].append(towers[start].pop())
    moves += 1
    show()
    move(count - 1, spare, target, start)


show()
move(4, "left", "right", "middle")
