"""Errors in plain English: one module of rules for each family of errors, loaded when such an error occurs.

To explain a further exception, name its module in MODULES_OF and write rules there: functions
`rule(failure: Failure) -> str | Explanation | None`, listed in the module's `RULES` (asked when a line of the project
itself raised the error) or `ANYWHERE` (asked as well when a library raised it on behalf of that line). They are asked
in order, and the first answer stands; a rule that is not sure answers None. Text has one to three sentences, with code
between backticks (`quoting.code`, `quoting.value`); it does not name the failing line, which the page shows beside it.
"""

from __future__ import annotations

import importlib

from .failure import Explanation, Failure

__all__ = ["Explanation", "Failure", "explain"]

MAX_TEXT = 1_500

# Exceptions of builtins by their plain name, others with their module: "requests.exceptions.ConnectionError".
# Subclasses find the rules of their bases.
MODULES_OF = {
    "SyntaxError": ("syntax_errors",),
    "NameError": ("name_errors",),
    "TypeError": ("operand_errors", "item_errors", "type_errors", "argument_errors"),
    "ValueError": ("value_errors", "library_errors"),
    "IndexError": ("lookup_errors",),
    "KeyError": ("lookup_errors",),
    "AttributeError": ("attribute_errors",),
    "ArithmeticError": ("number_errors",),
    "OSError": ("file_errors", "limit_errors"),
    "UnicodeDecodeError": ("file_errors",),
    "sqlite3.Error": ("library_errors",),
    "RecursionError": ("other_errors",),
    "AssertionError": ("other_errors",),
    "StopIteration": ("other_errors",),
    "EOFError": ("other_errors",),
    "MemoryError": ("other_errors",),
    "RuntimeError": ("other_errors", "limit_errors"),
    "ImportError": ("other_errors", "limit_errors"),
    "httpx.RequestError": ("limit_errors",),
}


def explain(error: BaseException, message: str, root: str) -> Explanation | None:
    """What happened, for a beginner; None where no rule is sure. `message` is the error's text, safely made."""
    failure = Failure(error, message, root)
    if failure.is_raised_by_program:
        return _checked("The program raises this error itself: this line is a `raise`.")
    for base in type.mro(type(error)):
        for name in MODULES_OF.get(_name_of(base), ()):
            module = importlib.import_module(f".{name}", __name__)
            for rule in (*(module.RULES if failure.is_direct else ()), *module.ANYWHERE):
                told = rule(failure)
                if told is not None:
                    return _checked(told)
    return None


def _name_of(kind: type) -> str:
    name, module = (type.__dict__[key].__get__(kind) for key in ("__qualname__", "__module__"))
    return name if module == "builtins" else f"{module}.{name}"


def _checked(told: str | Explanation) -> Explanation:
    if isinstance(told, str):
        return {"text": told[:MAX_TEXT], "link": None}
    return {"text": told["text"][:MAX_TEXT], "link": told["link"]}
