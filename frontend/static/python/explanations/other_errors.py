"""Errors that come from the course of the program rather than from one value."""

from __future__ import annotations

import ast
import re
import sys

from .did_you_mean import nearest
from .failure import UNKNOWN, Failure, own_attributes
from .quoting import code, plain, value


def endless_recursion(failure: Failure) -> str | None:
    if failure.code is None or not failure.message.startswith("maximum recursion depth exceeded"):
        return None
    counts: dict[str, int] = {}
    step = failure.error.__traceback__
    while step is not None:
        made = step.tb_frame.f_code
        if made.co_filename.startswith(f"{failure.root}/") and made.co_name != "<module>":
            counts[made.co_name] = counts.get(made.co_name, 0) + 1
        step = step.tb_next
    if not counts:
        return None
    names = [name for name, count in counts.items() if count > max(counts.values()) // 2 and count > 20]
    if not names:
        return None
    if len(names) > 1:
        called = " and ".join(code(name) for name in names[:3])
        return (
            f"The functions {called} call each other again and again, until Python stopped them. One of them needs a "
            "case in which it returns without a further call."
        )
    count = counts[names[0]]
    often = f"about {count // 100 * 100} times" if count >= 200 else "too many times"
    return (
        f"The function {code(names[0])} called itself again and again, {often}, until Python stopped it. It needs a "
        "case, "
        f"reached in the end, in which it returns without calling itself."
    )


def false_assertion(failure: Failure) -> str | None:
    check = next(
        (n for n in failure.nodes if isinstance(n, ast.Assert) and n.lineno <= failure.line <= (n.end_lineno or 0)),
        None,
    )
    if check is None or not isinstance(failure.error, AssertionError):
        return None
    if isinstance(check.test, ast.Constant):
        return None
    names = dict.fromkeys(
        n.id for n in ast.walk(check.test) if isinstance(n, ast.Name) and plain(failure.value_of(n)) is not None
    )
    known = [name for name in names if failure.value_named(name) is not UNKNOWN][:3]
    held = ", ".join(f"{code(name)} is {value(failure.value_named(name))}" for name in known)
    return (
        f"`assert` stops the program when its condition is false, and {failure.shown(check.test)} is false "
        f"here{f': {held}' if held else ''}."
    )


def no_more_items(failure: Failure) -> str | None:
    call = failure.at(ast.Call)
    if not isinstance(failure.error, StopIteration) or call is None or failure.text_of(call.func) != "next":
        return None
    return (
        f"{failure.shown(call)} asks for a further item, and there is none left. A `for` loop ends by itself; "
        f"{code('next(…, None)')} gives `None` instead of this error."
    )


def no_more_input(failure: Failure) -> str | None:
    if failure.message != "EOF when reading a line":
        return None
    return "`input()` asked for an answer, and there was none left: the input had ended."


def no_memory(failure: Failure) -> str | None:
    if not isinstance(failure.error, MemoryError):
        return None
    return (
        "The program wanted more memory than it may have here. A loop that never ends, or a list that only grows, is "
        "the usual cause."
    )


def changed_while_looping(failure: Failure) -> str | None:
    found = re.match(
        r"(dictionary|Set|deque|OrderedDict) (?:changed size|keys changed|mutated) during iteration", failure.message
    )
    if not found:
        return None
    what = "dictionary" if "ict" in found[1] else "set" if found[1] == "Set" else "deque"
    return (
        f"The loop goes through a {what}, and something in the loop adds to it or removes from it. Loop over a copy "
        f"instead: {code('for item in list(…):')}."
    )


def import_of_unknown_name(failure: Failure) -> str | None:
    error = failure.error
    if not isinstance(error, ImportError) or isinstance(error, ModuleNotFoundError):
        return None
    found = re.match(r"cannot import name '(\w+)' from (partially initialized module )?'([\w.]+)'", failure.message)
    module = sys.modules.get(found[3]) if found else None
    if not found or module is None:
        return None
    file = own_attributes(module).get("__file__")
    own = file.removeprefix(f"{failure.root}/") if type(file) is str and file.startswith(f"{failure.root}/") else None
    if own and found[3] in sys.stdlib_module_names:
        return (
            f"Your file {code(own)} hides Python's own module {code(found[3])}, because it has the same name. Give "
            "your file another name."
        )
    if found[2] and own:
        return (
            f"The files import each other in a circle: {code(own)} is still being read, so {code(found[1])} is not "
            "there yet. Put what both need into a third file."
        )
    meant = nearest(found[1], [name for name in own_attributes(module) if not name.startswith("_")])
    hint = f" Did you mean {code(meant)}?" if meant else ""
    return f"The module {code(found[3])} has nothing called {code(found[1])}.{hint}"


RULES = (false_assertion, no_more_items, changed_while_looping)
ANYWHERE = (endless_recursion, no_more_input, no_memory, import_of_unknown_name)
