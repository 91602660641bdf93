"""Attributes and methods that an object does not have."""

from __future__ import annotations

import ast
import sys
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType

from .did_you_mean import nearest
from .failure import UNKNOWN, Failure, is_class, is_literal, own_attributes
from .origins import origin_of_none
from .quoting import code, kind, name_of, plain, value

# What other kinds of value, and other languages, call it.
_INSTEAD = {
    "list": {
        "add": "`.append()`",
        "push": "`.append()`",
        "length": "`len(…)`",
        "size": "`len(…)`",
        "len": "`len(…)`",
        "contains": "`in`",
        "includes": "`in`",
        "indexOf": "`.index()`",
        "find": "`.index()`, or `in` to ask whether it is there",
        "join": '`", ".join(…)`',
        "has": "`in`",
        "delete": "`del` or `.remove()`",
        "shift": "`.pop(0)`",
        "get": "square brackets",
        "update": "`.extend()`",
        "sum": "`sum(…)`",
        "max": "`max(…)`",
        "min": "`min(…)`",
    },
    "str": {
        "append": "`+`",
        "add": "`+`",
        "length": "`len(…)`",
        "size": "`len(…)`",
        "len": "`len(…)`",
        "contains": "`in`",
        "includes": "`in`",
        "indexOf": "`.find()`",
        "toUpperCase": "`.upper()`",
        "toLowerCase": "`.lower()`",
        "uppercase": "`.upper()`",
        "lowercase": "`.lower()`",
        "to_upper": "`.upper()`",
        "to_lower": "`.lower()`",
        "trim": "`.strip()`",
        "substring": "a slice, such as `text[0:3]`",
        "substr": "a slice, such as `text[0:3]`",
        "charAt": "square brackets, such as `text[0]`",
        "reverse": "a slice: `text[::-1]`",
        "sort": "`sorted(…)`",
        "push": "`+`",
        "remove": '`.replace(…, "")`',
    },
    "dict": {
        "append": "`dictionary[key] = value`",
        "add": "`dictionary[key] = value`",
        "has_key": "`in`",
        "contains": "`in`",
        "length": "`len(…)`",
        "size": "`len(…)`",
        "remove": "`del dictionary[key]` or `.pop()`",
        "sort": "`sorted(…)`",
        "iteritems": "`.items()`",
    },
    "set": {
        "append": "`.add()`",
        "push": "`.add()`",
        "length": "`len(…)`",
        "size": "`len(…)`",
        "extend": "`.update()`",
    },
    "tuple": {"length": "`len(…)`", "size": "`len(…)`", "sort": "`sorted(…)`"},
}
_OWNERS = (list, str, dict, set)
_SLIPS_OF_INIT = ("_init_", "__int__", "init", "__init", "_init__", "__init_", "__innit__")


def of_none(failure: Failure) -> str | None:
    name, owner = _name_and_owner(failure)
    if owner is not None:
        return None
    base = _base(failure)
    why = origin_of_none(failure, base)
    start = f"{failure.shown(base)} is" if base is not None else "The value before the dot is"
    return f"{start} `None`, which stands for “no value” and has no {code(f'.{name}')}.{f' {why}' if why else ''}"


def of_module(failure: Failure) -> str | None:
    name, owner = _name_and_owner(failure)
    if type(owner) is not ModuleType or name is None:
        return None
    names = own_attributes(owner)
    module, file = names.get("__name__"), names.get("__file__")
    if type(module) is not str:
        return None
    if type(file) is str and file.startswith(f"{failure.root}/") and module in sys.stdlib_module_names:
        own = file.removeprefix(f"{failure.root}/")
        return (
            f"Your file {code(own)} hides Python's own module {code(module)}, because it has the same name. Give your "
            "file "
            f"another name."
        )
    if "partially initialized module" in failure.message:
        return None
    meant = nearest(name, [found for found in names if not found.startswith("_")])
    inside = names.get(module)
    if not meant and is_class(inside) and any(name in own_attributes(base) for base in type.mro(inside)):
        return (
            f"The module {code(module)} has no {code(name)}, but the class {code(f'{module}.{module}')} in it has: "
            f"write {code(f'{module}.{module}.{name}')}."
        )
    hint = f" Did you mean {code(f'{module}.{meant}')}?" if meant else ""
    return f"The module {code(module)} has nothing called {code(name)}.{hint}"


def of_function(failure: Failure) -> str | None:
    name, owner = _name_and_owner(failure)
    base = _base(failure)
    if type(owner) not in (FunctionType, BuiltinFunctionType, MethodType) or base is None:
        return None
    return (
        f"{failure.shown(base)} is a function and has no {code(f'.{name}')}. To use what it gives back, call it first: "
        f"{code(f'{failure.text_of(base)}().{name}')}."
    )


def of_plain_value(failure: Failure) -> str | None:
    name, owner = _name_and_owner(failure)
    if name is None or plain(owner) is None or owner is None:
        return None
    base = _base(failure)
    is_shown = base is None or is_literal(base)
    what = (
        kind(owner).capitalize()
        if base is None
        else f"{failure.shown(base)} is {kind(owner)}{'' if is_shown else f', {value(owner)}'}"
    )
    instead = _INSTEAD.get(type(owner).__name__, {}).get(name)
    if instead:
        return f"{what}, and has no {code(f'.{name}')}. Use {instead} instead."
    meant = nearest(name, [found for found in vars(type(owner)) if not found.startswith("_")])
    if meant:
        return f"{what}, and has no {code(f'.{name}')}. Did you mean {code(f'.{meant}')}?"
    others = [kind(other()) for other in _OWNERS if name in vars(other)]
    if others:
        return f"{what}, and has no {code(f'.{name}')}: that belongs to {' or '.join(others)}."
    return f"{what}, and has no {code(f'.{name}')}."


def of_own_object(failure: Failure) -> str | None:
    """An object of a class of the program, or such a class itself."""
    name, owner = _name_and_owner(failure)
    if name is None:
        return None
    made_of = owner if is_class(owner) else type(owner)
    if not _is_own(failure, made_of):
        return None
    class_name = name_of(made_of)
    what = f"The class {code(class_name)}" if is_class(owner) else f"This {code(class_name)} object"
    start = f"{what} has no attribute {code(name)}"
    inherited = [found for base in type.mro(made_of)[:-1] for found in own_attributes(base)]
    known = [*({} if is_class(owner) else own_attributes(owner)), *inherited]
    meant = nearest(name, [found for found in known if not found.startswith("__")])
    if meant:
        return f"{start}. Did you mean {code(meant)}?"
    unset = _why_not_set(failure, made_of, name, is_class(owner))
    if unset:
        return unset.format(start)
    shown = ", ".join(code(found) for found in dict.fromkeys(known) if not found.startswith("_"))
    return f"{start}.{f' It has {shown}.' if shown and len(shown) < 150 else ''}"


def _why_not_set(failure: Failure, made_of: type, name: str, is_for_class: bool) -> str | None:
    """Why a method of the class that has `self.name = …` did not set it; `{}` stands for the first clause."""
    for base in type.mro(made_of)[:-1]:
        setter = _method_that_sets(failure, name_of(base), name)
        if setter is None:
            continue
        if setter in _SLIPS_OF_INIT:
            return (
                f"{{}}, because the method {code(setter)} never ran. Its name should be `__init__`, with two "
                "underscores "
                "on each side."
            )
        if is_for_class:
            return f"{{}}: the objects of the class have it. Make an object first: {code(f'{name_of(made_of)}(…)')}."
        if setter != "__init__":
            return f"{{}} yet: the method {code(setter)} gives it one, and it has not been called."
        if base is not made_of and "__init__" in own_attributes(made_of):
            return (
                f"{{}}: the `__init__` of {code(name_of(base))} gives it one, but the `__init__` of "
                f"{code(name_of(made_of))} replaces that. Call it there, with `super().__init__(…)`."
            )
        return "{} yet: `__init__` has not come to the line that gives it one."
    return None


RULES = (of_none, of_module, of_function, of_plain_value, of_own_object)
ANYWHERE = ()


def _name_and_owner(failure: Failure) -> tuple[str | None, object]:
    error = failure.error
    if not isinstance(error, AttributeError) or type(error.name) is not str:
        return None, UNKNOWN
    return error.name, error.obj


def _base(failure: Failure) -> ast.expr | None:
    """The expression before the dot."""
    node = failure.at(ast.Attribute)
    if node is None:
        call = failure.at(ast.Call)
        node = call.func if call is not None and isinstance(call.func, ast.Attribute) else None
    if node is None:
        name = getattr(failure.error, "name", None)
        on_line = [
            n for n in failure.nodes if isinstance(n, ast.Attribute) and n.end_lineno == failure.line and n.attr == name
        ]
        node = on_line[0] if len(on_line) == 1 else None
    return node.value if node is not None and failure.is_direct else None


def _is_own(failure: Failure, made_of: type) -> bool:
    """Whether the class is one of the program's."""
    module = own_attributes(made_of).get("__module__")
    found = sys.modules.get(module) if type(module) is str else None
    file = own_attributes(found).get("__file__") if found is not None else None
    return type(file) is str and file.startswith(f"{failure.root}/")


def _method_that_sets(failure: Failure, class_name: str, name: str) -> str | None:
    """The method of the class that has `self.name = …`."""
    for made in failure.nodes:
        if isinstance(made, ast.ClassDef) and made.name == class_name:
            for method in made.body:
                if isinstance(method, ast.FunctionDef) and any(_sets(node, name) for node in ast.walk(method)):
                    return method.name
    return None


def _sets(node: ast.AST, name: str) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and node.attr == name
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    )
