"""Why a build ends."""

from __future__ import annotations


class BuildFailed(Exception):
    """The build cannot go on. The message is one sentence for the operator; the last good build still stands."""
