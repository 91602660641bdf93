"""What a browser cannot do, and servers that gave no answer: the message says it all, a page of ours says more."""

from __future__ import annotations

from ..limits.sentences import CALLS, LIBRARY, MODULES
from .failure import Explanation, Failure

CORS = (
    "A browser lets a program read what a server answers only if that server allows it (CORS). No change of the "
    "program helps; another source may."
)
COMPATIBILITY = (
    "Python runs inside the browser here. Nearly all of it works; what cannot is listed with what to use instead."
)


def no_answer(failure: Failure) -> Explanation | None:
    return {"text": CORS, "link": "cors"} if "/cors/" in failure.message else None


def not_in_a_browser(failure: Failure) -> Explanation | None:
    message = failure.message
    name = getattr(failure.error, "name", None) if type(failure.error) is ModuleNotFoundError else None
    sentences = (
        {MODULES.get(name, LIBRARY).format(name=name)} if type(name) is str else {call.sentence for call in CALLS}
    )
    if message in sentences or "/compatibility/" in message:
        return {"text": COMPATIBILITY, "link": "compatibility"}
    return None


RULES = ()
ANYWHERE = (no_answer, not_in_a_browser)
