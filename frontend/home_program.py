"""The program on the home page: short enough to read at a glance, it asks, it loops, and it invites a change."""

from __future__ import annotations

from django.utils.translation import gettext as _

from frontend.live_program import ENTRY, LiveProgram

_PROGRAM = """\
# {change}
name = input("{question}")
print(f"{greeting}\\n")

for width in range(1, 10, 2):
    print(("*" * width).center(20))
print("|".center(20))
"""


def home_program() -> LiveProgram:
    text = _PROGRAM.format(
        change=_("This is Python. Change it, and run it again."),
        question=_("What is your name? "),
        greeting=_("Hello, {name}! A tree for you:"),
    )
    return LiveProgram("home", {ENTRY: text.encode()})
