"""Errors in plain English: one module of rules for each family of errors, loaded when such an error occurs.

To explain a further exception, name it in MODULE_OF and write its rules in that module. A module has `RULES`, a tuple
of functions `rule(failure: Failure) -> str | Explanation | None`. They are asked in order, and the first answer
stands; a rule that is not sure answers None. Text has one to three sentences and code between backticks
(`quoting.code`); it does not name the line, which the page shows beside it.
"""

from __future__ import annotations

import importlib

from .failure import Explanation, Failure

__all__ = ["Explanation", "Failure", "explain"]

MAX_TEXT = 1_500

# Exceptions of builtins by their plain name, others with their module: "requests.exceptions.ConnectionError".
# Subclasses find the rules of their bases.
MODULE_OF = {
    "ZeroDivisionError": "number_errors",
}


def explain(error: BaseException, message: str, root: str) -> Explanation | None:
    """What happened, for a beginner; None where no rule is sure. `message` is the error's text, safely made."""
    failure = Failure(error, message, root)
    for base in type.mro(type(error)):
        module = MODULE_OF.get(_name_of(base))
        if module is None:
            continue
        for rule in importlib.import_module(f".{module}", __name__).RULES:
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
