def selection_sort(numbers):
    """Sort the list itself; return how many comparisons that took."""
    comparisons = 0
    for start in range(len(numbers) - 1):
        smallest = start
        for place in range(start + 1, len(numbers)):
            comparisons += 1
            if numbers[place] < numbers[smallest]:
                smallest = place
        numbers[start], numbers[smallest] = numbers[smallest], numbers[start]
        done, rest = numbers[: start + 1], numbers[start + 1 :]
        print(*done, "|", *rest)
    return comparisons


cards = [38, 7, 25, 91, 12, 60]
print(*cards)
count = selection_sort(cards)
print(f"Sorted with {count} comparisons.")
