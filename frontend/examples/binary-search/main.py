def find(words, wanted):
    """The place of `wanted` in a sorted list, or None; prints each look into the list."""
    low, high = 0, len(words) - 1
    while low <= high:
        middle = (low + high) // 2
        print(f"  places {low} to {high}: look at “{words[middle]}”")
        if words[middle] == wanted:
            return middle
        if words[middle] < wanted:
            low = middle + 1
        else:
            high = middle - 1
    return None


NAMES = "zebra otter bear fox lynx wolf hare mole deer owl newt toad ibis crow seal"
animals = sorted(NAMES.split())

for wanted in ("fox", "cat"):
    print(f"Searching for “{wanted}” among {len(animals)} animals")
    place = find(animals, wanted)
    print("  not there" if place is None else f"  found at place {place}")
