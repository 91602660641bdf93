"""Small programs that compute, in the manner of the Python benchmark suite's, and print how long they took.

It runs as it is, in a browser and in any CPython: `python benchmarks/kernels.py`.
"""

import json
import math
import random
import re
import time

REPEATS = 3


def n_body(steps=6000):
    """The sun and four planets that pull at each other, in two dimensions."""
    bodies = [[0.0, 0.0, 0.0, 0.0, 39.5]]
    for number in range(1, 5):
        bodies.append([5.0 * number, 0.0, 0.0, math.sqrt(39.5 / (5.0 * number)), 0.04 / number])
    pairs = [(a, b) for index, a in enumerate(bodies) for b in bodies[index + 1 :]]
    for _ in range(steps):
        for a, b in pairs:
            dx, dy = a[0] - b[0], a[1] - b[1]
            pull = 0.001 / (dx * dx + dy * dy) ** 1.5
            a[2] -= dx * b[4] * pull
            a[3] -= dy * b[4] * pull
            b[2] += dx * a[4] * pull
            b[3] += dy * a[4] * pull
        for body in bodies:
            body[0] += 0.001 * body[2]
            body[1] += 0.001 * body[3]
    return round(bodies[1][0], 6)


def fannkuch(count=8):
    """The most flips of the first items that any order of so many numbers needs (Heap's way through all orders)."""
    most, order, turns, level = 0, list(range(count)), [0] * count, 1
    while level < count:
        if turns[level] < level:
            other = 0 if level % 2 == 0 else turns[level]
            order[other], order[level] = order[level], order[other]
            flips, row = 0, order[:]
            while first := row[0]:
                row[: first + 1] = row[first::-1]
                flips += 1
            most = max(most, flips)
            turns[level] += 1
            level = 1
        else:
            turns[level] = 0
            level += 1
    return most


def spectral_norm(size=70):
    """The largest singular value of an endless matrix, from its first rows and columns."""

    def element(row, column):
        return 1.0 / ((row + column) * (row + column + 1) / 2 + row + 1)

    def times(vector, is_turned):
        return [
            sum((element(j, i) if is_turned else element(i, j)) * value for j, value in enumerate(vector))
            for i in range(size)
        ]

    u = [1.0] * size
    for _ in range(4):
        v = times(times(u, False), True)
        u = times(times(v, False), True)
    return round(math.sqrt(sum(a * b for a, b in zip(u, v, strict=True)) / sum(b * b for b in v)), 6)


class Point:
    def __init__(self, number):
        self.x, self.y, self.z = math.sin(number), 3 * math.cos(number), math.sin(number) ** 2 / 2

    def shorten(self):
        length = math.sqrt(self.x**2 + self.y**2 + self.z**2)
        self.x, self.y, self.z = self.x / length, self.y / length, self.z / length

    def reach(self, other):
        self.x, self.y, self.z = max(self.x, other.x), max(self.y, other.y), max(self.z, other.z)


def floats(count=30000):
    """Objects with numbers in them."""
    points = [Point(number) for number in range(count)]
    for point in points:
        point.shorten()
    for point in points[1:]:
        points[0].reach(point)
    return round(points[0].x, 6)


def primes(limit=200_000):
    """The sieve of Eratosthenes."""
    sieve = bytearray([1]) * limit
    for number in range(2, math.isqrt(limit) + 1):
        if sieve[number]:
            sieve[number * number :: number] = bytes(len(range(number * number, limit, number)))
    return sum(number for number in range(2, limit) if sieve[number])


def queens(size=8):
    """All ways to place queens that do not attack each other, each row's place tried in turn."""

    def place(row, columns, falling, rising):
        if row == size:
            return 1
        return sum(
            place(row + 1, columns | {column}, falling | {row - column}, rising | {row + column})
            for column in range(size)
            if column not in columns and row - column not in falling and row + column not in rising
        )

    return place(0, frozenset(), frozenset(), frozenset())


def pi_digits(count=500):
    """Digits of pi from whole numbers of thousands of digits (Gibbons, 2006)."""
    digits, q, r, t, k, n, place = [], 1, 0, 1, 1, 3, 3
    while len(digits) < count:
        if 4 * q + r - t < n * t:
            digits.append(n)
            q, r, n = 10 * q, 10 * (r - n * t), 10 * (3 * q + r) // t - 10 * n
        else:
            q, r, t, k, n, place = (
                q * k,
                (2 * q + r) * place,
                t * place,
                k + 1,
                (q * (7 * k + 2) + r * place) // (t * place),
                place + 2,
            )
    return sum(digits)


def json_both_ways(count=60):
    """A small document, written and read again."""
    document = {
        "names": [f"student {number}" for number in range(200)],
        "marks": {str(number): [number, number / 7, None, number % 2 == 0] for number in range(200)},
    }
    size = 0
    for _ in range(count):
        text = json.dumps(document)
        size += len(text) + len(json.loads(text)["marks"])
    return size


def regular_expressions(count=40):
    """Words, addresses and numbers found in a text, and replaced."""
    text = "On 2026-11-23 ada.l@example.org wrote 42 lines of code, then 3.25e4 more; " * 30
    patterns = [r"\b\w+@\w+\.\w+\b", r"\d{4}-\d\d-\d\d", r"[+-]?\d+(?:\.\d+)?(?:e\d+)?", r"\b(\w)\w*\1\b"]
    found = 0
    for _ in range(count):
        for pattern in patterns:
            found += len(re.findall(pattern, text))
        found += len(re.sub(r"(\w+) (\w+)", r"\2 \1", text))
    return found


def sorting(count=30000):
    """Records sorted by two keys, counted and put together again."""
    source = random.Random(3)  # noqa: S311 - no secret
    records = [{"name": f"n{source.randrange(1000)}", "mark": source.randrange(100)} for _ in range(count)]
    records.sort(key=lambda record: (record["mark"], record["name"]))
    groups = {}
    for record in records:
        groups.setdefault(record["mark"], []).append(record["name"])
    return sum(len(",".join(names)) for names in groups.values())


def words(count=40):
    """Text taken apart and put together."""
    text = "the quick brown fox jumps over the lazy dog and runs " * 100
    total = 0
    for _ in range(count):
        counts = {}
        for word in text.split():
            counts[word] = counts.get(word, 0) + 1
        total += len(" ".join(f"{word.title()}:{number:>5}" for word, number in sorted(counts.items())))
        total += len("".join(reversed(text)).upper().replace("O", "00"))
    return total


def generators(depth=13):
    """A tree walked by generators that call each other."""

    def tree(level):
        return (tree(level - 1), level, tree(level - 1)) if level else None

    def walk(node):
        if node:
            yield from walk(node[0])
            yield node[1]
            yield from walk(node[2])

    return sum(walk(tree(depth)))


def exceptions(count=60000):
    """Errors raised and caught."""
    caught = 0
    for number in range(count):
        try:
            if number % 3 == 0:
                raise ValueError(number)
            [][number]
        except (ValueError, IndexError):
            caught += 1
    return caught


KERNELS = [
    n_body,
    fannkuch,
    spectral_norm,
    floats,
    primes,
    queens,
    pi_digits,
    json_both_ways,
    regular_expressions,
    sorting,
    words,
    generators,
    exceptions,
]


def timed(kernel):
    """Milliseconds of the fastest of a few turns, and what came out."""
    fastest = math.inf
    for _ in range(REPEATS):
        began = time.perf_counter()
        result = kernel()
        fastest = min(fastest, time.perf_counter() - began)
    return 1000 * fastest, result


if __name__ == "__main__":
    print(json.dumps({kernel.__name__: timed(kernel) for kernel in KERNELS}))
