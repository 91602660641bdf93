from __future__ import annotations

import random
import time
from collections.abc import Iterator

import pytest

from projects.differences import Edit, edits, hunks, line_counts, split_lines


def random_lines(random_: random.Random) -> list[str]:
    return [random_.choice("abcd") for _ in range(random_.randrange(12))]


def common_length(old: list[str], new: list[str]) -> int:
    """The length of the longest common subsequence, by the book."""
    row = [0] * (len(new) + 1)
    for line in old:
        diagonal = 0
        for at, other in enumerate(new, 1):
            diagonal, row[at] = row[at], diagonal + 1 if line == other else max(row[at], row[at - 1])
    return row[-1]


def applied(old: list[str], new: list[str], found: list[Edit]) -> list[str]:
    result, at = [], 0
    for edit in found:
        result += old[at : edit.old_from] + new[edit.new_from : edit.new_to]
        at = edit.old_to
    return result + old[at:]


def random_pairs(count: int) -> Iterator[tuple[list[str], list[str]]]:
    random_ = random.Random(7)  # noqa: S311 - the same texts each time
    return ((random_lines(random_), random_lines(random_)) for _ in range(count))


def test_edits_turn_old_into_new_by_the_fewest_lines() -> None:
    for old, new in random_pairs(500):
        found = edits(old, new)
        changed = sum(e.old_to - e.old_from + e.new_to - e.new_from for e in found)

        assert applied(old, new, found) == new
        assert changed == len(old) + len(new) - 2 * common_length(old, new)


def test_hunks_hold_every_edit_with_the_right_numbers() -> None:
    for old, new in random_pairs(200):
        lines = [line for hunk in hunks(old, new, edits(old, new)) for line in hunk]

        assert all(old[line.old - 1] == line.text for line in lines if line.old)
        assert all(new[line.new - 1] == line.text for line in lines if line.new)
        signs = [line.sign for line in lines]
        assert (signs.count("+"), signs.count("-")) == line_counts("\n".join(old), "\n".join(new))


def test_hunks_show_three_lines_around() -> None:
    old = [str(n) for n in range(1, 21)]
    [hunk] = hunks(old, [*old[:9], "ten", *old[10:]], edits(old, [*old[:9], "ten", *old[10:]]))

    assert [(line.sign, line.text) for line in hunk] == [
        *[(" ", n) for n in "789"],
        ("-", "10"),
        ("+", "ten"),
        *[(" ", n) for n in ("11", "12", "13")],
    ]


def test_edits_far_apart_are_two_hunks() -> None:
    old = [str(n) for n in range(50)]
    new = ["first", *old[1:-1], "last"]

    assert len(list(hunks(old, new, edits(old, new)))) == 2


@pytest.mark.parametrize(
    ("text", "lines"), [("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\n\n", ["a", ""]), ("\n", [""]), ("a\r\n", ["a\r"])]
)
def test_split_lines(text: str, lines: list[str]) -> None:
    assert split_lines(text) == lines


HOSTILE = {
    "empty lines": ("\n" * 1_000_000, "\n" * 500_000 + "x\n" + "\n" * 400_000),
    "two lines in turns": ("a\nb\n" * 250_000, "b\na\nc\n" * 160_000),
    "one long line": ("a" * 1_000_000, "a" * 999_999 + "b"),
    "nothing in common": ("".join(f"x{n}\n" for n in range(100_000)), "".join(f"y{n}\n" for n in range(100_000))),
    "the same far away": ("a\n" * 400_000 + "b\n" + "a\n" * 90_000 + "c\n", "b\n" + "a\n" * 490_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_megabyte_is_compared_within_seconds(name: str) -> None:
    old, new = HOSTILE[name]
    began = time.process_time()
    found = edits(split_lines(old), split_lines(new))

    assert time.process_time() - began < 2
    assert applied(split_lines(old), split_lines(new), found) == split_lines(new)
