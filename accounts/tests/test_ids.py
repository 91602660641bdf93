import time

from accounts.ids import uuid7


def test_is_a_uuid_of_version_7() -> None:
    made = uuid7()

    assert (made.version, made.variant) == (7, "specified in RFC 4122")


def test_begins_with_the_time_in_milliseconds() -> None:
    before = time.time_ns() // 1_000_000
    made = uuid7()

    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000


def test_ten_thousand_differ() -> None:
    assert len({uuid7() for _ in range(10_000)}) == 10_000
