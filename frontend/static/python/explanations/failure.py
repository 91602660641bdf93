"""An error and the place where it happened, as the rules look at it."""

from __future__ import annotations

from typing import TypedDict


class Explanation(TypedDict):
    """What happened, in one to three plain sentences; code stands between backticks.

    `link` is a key that the page knows ("cors" or "compatibility") for a page of ours that says more, or None.
    """

    text: str
    link: str | None


class Failure:
    """One error. `message` is its text."""

    def __init__(self, error: BaseException, message: str, root: str) -> None:
        self.error = error
        self.message = message
        self.root = root
