"""Calls with too many, too few or unknown arguments."""

from __future__ import annotations

import ast
import re
from types import FunctionType, MethodType

from .did_you_mean import nearest
from .failure import UNKNOWN, Failure, is_class, own_attributes
from .quoting import code, name_of

_TAKES = re.compile(r"(\S+)\(\) takes (?:from \d+ to )?(\d+) positional arguments? but (\d+) (?:was|were) given")
_MISSING = re.compile(r"(\S+)\(\) missing (\d+) required (?:positional|keyword-only) arguments?: (.+)")
_UNEXPECTED = re.compile(r"(\S+)\(\) got an unexpected keyword argument '(\w+)'.*")
_TWICE = re.compile(r"(\S+)\(\) got multiple values for argument '(\w+)'")
_NO_ARGUMENTS = re.compile(r"(\S+)\(\) takes no arguments")


def forgotten_self(failure: Failure) -> str | None:
    """`def bark():` in a class, called as `dog.bark()`."""
    found = _TAKES.fullmatch(failure.message)
    call = failure.at(ast.Call)
    if not found or call is None or int(found[3]) != int(found[2]) + 1:
        return None
    function = _called_function(failure, call)
    definition = failure.definition_of(function.__code__) if function else None
    if definition is None or definition.decorator_list:
        return None
    first = function.__code__.co_varnames[:1] if function else ()
    if (
        function is None
        or "." not in function.__qualname__
        or "<locals>" in function.__qualname__
        or first == ("self",)
    ):
        return None
    name = function.__name__
    rest = ", ".join(("self", *_parameters(function)))
    return (
        f"Python passes the object itself as the first argument of a method, and {code(name)} has no parameter for it. "
        "Begin "
        f"its parameters with `self`: {code(f'def {name}({rest}):')}."
    )


def too_many(failure: Failure) -> str | None:
    found = _TAKES.fullmatch(failure.message)
    call = failure.at(ast.Call)
    if not found or call is None:
        return None
    function = _called_function(failure, call)
    if function is None:
        return None
    taken, given = int(found[2]), int(found[3])
    if _has_self(function, call):
        taken, given = taken - 1, given - 1
    most = "at most " if "from" in found[0] else ""
    return f"{_signature(failure, function, call)} takes {most}{_count(taken)}, and this line gives it {given}."


def too_few(failure: Failure) -> str | None:
    found = _MISSING.fullmatch(failure.message)
    call = failure.at(ast.Call)
    if not found or call is None:
        return None
    function = _called_function(failure, call)
    if function is None:
        return None
    missing = re.findall(r"'(\w+)'", found[3])
    if missing[:1] == ["self"]:
        owner = failure.shown(call.func.value) if isinstance(call.func, ast.Attribute) else "the class"
        return (
            f"{failure.shown(call.func)} is called on the class itself, so there is no object for `self`. Make one "
            "first: "
            f"{owner} with round brackets, such as {code(f'thing = {owner.strip(chr(96))}(…)')}, then call the method "
            "on that."
        )
    names = " and ".join(code(name) for name in missing)
    return f"{_signature(failure, function, call)} also needs a value for {names}, and this line gives it none."


def unknown_keyword(failure: Failure) -> str | None:
    found = _UNEXPECTED.fullmatch(failure.message)
    call = failure.at(ast.Call)
    if not found or call is None:
        return None
    function = _called_function(failure, call)
    if function is None:
        meant = nearest(found[2], ("sep", "end", "file", "flush")) if found[1] == "print" else None
        return f"`print()` has no parameter {code(found[2])}. Did you mean {code(meant)}?" if meant else None
    meant = nearest(found[2], _all_parameters(function))
    hint = f" Did you mean {code(meant)}?" if meant else ""
    return f"{_signature(failure, function, call)} has no parameter {code(found[2])}.{hint}"


def given_twice(failure: Failure) -> str | None:
    found = _TWICE.fullmatch(failure.message)
    call = failure.at(ast.Call)
    function = _called_function(failure, call) if found and call else None
    if not found or call is None or function is None:
        return None
    return (
        f"{_signature(failure, function, call)} is given {code(found[2])} twice here: once by its place and once by "
        "its name."
    )


def class_without_init(failure: Failure) -> str | None:
    found = _NO_ARGUMENTS.fullmatch(failure.message)
    call = failure.at(ast.Call)
    if not found or call is None:
        return None
    made = failure.value_of(call.func)
    if not is_class(made):
        return None
    start = f"The class {code(found[1])} has no `__init__` that takes values"
    close = nearest(
        "__init__", [name for name in own_attributes(made) if name not in ("__dict__", "__doc__", "__module__")]
    )
    if close:
        return f"{start}. It has a method {code(close)}: did you mean `__init__`, with two underscores on each side?"
    return f"{start}, so nothing can stand in the brackets. Add {code('def __init__(self, …):')} to the class."


RULES = (forgotten_self, too_many, too_few, unknown_keyword, given_twice, class_without_init)
ANYWHERE = ()


def _called_function(failure: Failure, call: ast.Call) -> FunctionType | None:
    """The function of the program that the call reaches: a function, a method, or the `__init__` of a class."""
    called = failure.value_of(call.func)
    owner, _, method = failure.message.partition("(")[0].rpartition(".")
    if called is UNKNOWN and owner and method != "__init__":
        called = _method_of(failure.value_named(owner), method)
    if called is UNKNOWN and isinstance(call.func, ast.Attribute):
        called = _method_of(failure.value_of(call.func.value), call.func.attr)
    if is_class(called):
        called = _method_of(called, "__init__")
    if type(called) is MethodType:
        called = called.__func__
    if type(called) is not FunctionType or not called.__code__.co_filename.startswith(f"{failure.root}/"):
        return None
    named = failure.message.partition("(")[0]
    return called if called.__name__ == named.rpartition(".")[2] else None


def _method_of(owner: object, name: str) -> object:
    if owner is UNKNOWN:
        return UNKNOWN
    for base in type.mro(owner if is_class(owner) else type(owner)):
        found = type.__dict__["__dict__"].__get__(base).get(name)
        if found is not None:
            return found.__func__ if isinstance(found, staticmethod | classmethod) else found
    return UNKNOWN


def _all_parameters(function: FunctionType) -> tuple[str, ...]:
    made = function.__code__
    return made.co_varnames[: made.co_argcount + made.co_kwonlyargcount]


def _parameters(function: FunctionType) -> tuple[str, ...]:
    made = function.__code__
    return made.co_varnames[: made.co_argcount]


def _has_self(function: FunctionType, call: ast.Call) -> bool:
    is_method = isinstance(call.func, ast.Attribute) or function.__name__ == "__init__"
    return is_method and _parameters(function)[:1] in (("self",), ("cls",))


def _signature(failure: Failure, function: FunctionType, call: ast.Call) -> str:
    names = ", ".join(name for name in _all_parameters(function) if name not in ("self", "cls"))
    if function.__name__ == "__init__":
        made = failure.value_of(call.func)
        owner = name_of(made) if is_class(made) else function.__qualname__.rpartition(".")[0].rpartition(".")[2]
        return f"The class {code(f'{owner}({names})')}"
    if function.__name__ == "<lambda>":
        return f"The function {code(f'lambda {names}')}"
    word = "method" if "." in function.__qualname__ and "<locals>" not in function.__qualname__ else "function"
    return f"The {word} {code(f'{function.__name__}({names})')}"


def _count(number: int) -> str:
    return {0: "no values", 1: "one value"}.get(number, f"{number} values")
