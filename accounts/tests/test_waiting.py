from __future__ import annotations

from accounts.templatetags.waiting import as_wait


def test_says_a_wait_in_words_never_shorter_than_it_is() -> None:
    words = [as_wait(seconds) for seconds in (1, 5, 59, 60, 61, 3600)]

    assert words == ["1 second", "5 seconds", "59 seconds", "1 minute", "2 minutes", "60 minutes"]
