"""What comes back from the network, or is known when nothing does."""

from __future__ import annotations

from typing import NamedTuple


class Answer(NamedTuple):
    """What a server answered; `url` is the address after redirects."""

    status: int
    reason: str
    headers: list[tuple[str, str]]
    body: bytes
    url: str


class Facts(NamedTuple):
    """What is known about the surroundings of a failed request.

    `page` is the address of this platform. `answers`: whether anything answered a request whose answer nobody may read;
    None where this browser does not tell. `is_forbidden`: the settings of this platform refuse the address.
    """

    page: str
    is_online: bool = True
    is_forbidden: bool = False
    answers: bool | None = None
