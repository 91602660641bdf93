from __future__ import annotations


class Refused(Exception):
    """A backup was not made, read or restored; the text says why, and what to do."""
