"""Names that Python does not know."""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Iterator
from types import ModuleType

from .did_you_mean import nearest
from .failure import UNKNOWN, Failure, own_attributes
from .quoting import code

ALIASES = {"np": "numpy", "pd": "pandas", "plt": "matplotlib.pyplot", "sns": "seaborn", "tk": "tkinter"}
PACKAGES = ("numpy", "pandas", "matplotlib", "scipy", "sympy", "requests")
# Functions that lessons use, and where they are.
HOMES = {
    **dict.fromkeys(("randint", "choice", "choices", "shuffle", "randrange", "uniform", "sample"), "random"),
    **dict.fromkeys(("sqrt", "pi", "ceil", "floor", "sin", "cos", "tan", "log", "log10", "gcd", "factorial"), "math"),
    **dict.fromkeys(("Counter", "defaultdict", "deque", "namedtuple", "OrderedDict"), "collections"),
    **dict.fromkeys(("mean", "median", "mode", "stdev"), "statistics"),
    **dict.fromkeys(("timedelta",), "datetime"),
    "sleep": "time",
    "Path": "pathlib",
    "Decimal": "decimal",
    "Fraction": "fractions",
    "dataclass": "dataclasses",
    "Enum": "enum",
    "ABC": "abc",
    "abstractmethod": "abc",
    "reduce": "functools",
    "lru_cache": "functools",
    "permutations": "itertools",
    "combinations": "itertools",
    "DataFrame": "pandas",
}
OTHER_LANGUAGES = {
    "raw_input": "input",
    "xrange": "range",
    "unichr": "chr",
    "println": "print",
    "printf": "print",
    "strlen": "len",
    "null": "None",
    "nil": "None",
    "undefined": "None",
}
WORDS = ("True", "False", "None")


def other_language(failure: Failure) -> str | None:
    name = _name(failure)
    if name == "pip" and "install" in failure.source:
        return (
            "`pip` is a command for a terminal and not part of a Python program. Packages are loaded by themselves "
            "here "
            "when the program imports them."
        )
    python = OTHER_LANGUAGES.get(name or "")
    if name is None or python is None or not (_is_called(failure) or python == "None"):
        return None
    return f"Python has no {code(name)}. In Python it is called {code(python)}."


def missing_self(failure: Failure) -> str | None:
    name, function = _name(failure), failure.function
    if name is None or function is None or not isinstance(failure.parent_of(function), ast.ClassDef):
        return None
    if name == "self":
        return (
            f"The method {code(function.name)} uses `self`, but `self` is not among its parameters. Begin them with "
            "it: "
            f"{code(f'def {function.name}(self, …):' if function.args.args else f'def {function.name}(self):')}."
        )
    own = failure.value_named("self")
    if own is UNKNOWN:
        return None
    has_it = name in own_attributes(own) or any(name in own_attributes(base) for base in type.mro(type(own)))
    if not has_it:
        return None
    return (
        f"There is no variable {code(name)} here, but this object has an attribute of that name: "
        f"{code(f'self.{name}')}."
    )


def missing_import(failure: Failure) -> str | None:
    name, parent = _name(failure), _parent(failure)
    if name is None:
        return None
    is_base = isinstance(parent, ast.Attribute)
    if is_base and name in ALIASES:
        return f"The program has not imported {code(name)}. Put {code(f'import {ALIASES[name]} as {name}')} at the top."
    if is_base and name == "datetime" and parent.attr in ("now", "today", "strptime", "fromtimestamp"):
        return "The program has not imported `datetime`. Put `from datetime import datetime` at the top."
    if is_base and name in PACKAGES:
        return f"{code(name)} is a package that the program has not imported. Put {code(f'import {name}')} at the top."
    if is_base and name.lower() in sys.stdlib_module_names and name not in sys.stdlib_module_names:
        return f"Nothing is called {code(name)} here. The module {code(name.lower())} is written with small letters."
    if is_base and name in sys.stdlib_module_names:
        return f"{code(name)} is a module that the program has not imported. Put {code(f'import {name}')} at the top."
    return None


def known_function(failure: Failure) -> str | None:
    """`randint(1, 6)` without the module."""
    name = _name(failure)
    home = HOMES.get(name or "")
    if name is None or home is None or not (_is_called(failure) or name == "pi"):
        return None
    imported = next((n for n, v in failure.global_names.items() if type(v) is ModuleType and v.__name__ == home), None)
    if imported:
        return (
            f"Nothing is called {code(name)} here. If it is that of the module {code(home)}, write "
            f"{code(f'{imported}.{name}')}."
        )
    return (
        f"Nothing is called {code(name)} here. If it is that of the module {code(home)}, put "
        f"{code(f'from {home} import {name}')} at the top."
    )


def added_to_nothing(failure: Failure) -> str | None:
    name = _name(failure) or _local_name(failure)
    statement = next((node for node in failure.nodes if _is_on_line(node, failure.line)), None)
    if name is None or not isinstance(statement, ast.AugAssign) or not _binds(statement, name):
        return None
    if failure.function is not None and name in failure.global_names:
        return None
    return (
        f"{failure.shown(statement)} changes the value of {code(name)}, which has none yet. Give it one first, before "
        f"any loop, such as {code(f'{name} = 0')}."
    )


def defined_elsewhere(failure: Failure) -> str | None:
    name = _name(failure)
    places = [node for node in _bound_at_top(failure) if _binds(node, name) and node.lineno != failure.line]
    if name is None or not places or _is_deleted(failure, name):
        return None
    later = [node for node in places if node.lineno > failure.line]
    place = (later or places)[0]
    if isinstance(place, ast.FunctionDef | ast.ClassDef):
        word = "function" if isinstance(place, ast.FunctionDef) else "class"
        advice = f" Move the {word} above the line that uses it." if later else ""
        return (
            f"The {word} {code(name)} is defined on line {place.lineno}, and Python has not run that line yet.{advice}"
        )
    return (
        f"{code(name)} has no value yet: it gets one on line {place.lineno}, and Python has not run that line. Give it "
        "a value "
        f"before it is used."
    )


def likely_typo(failure: Failure) -> str | None:
    name = _name(failure)
    meant = name and nearest(name, _known_names(failure))
    if not name or not meant:
        return None
    why = " Capital letters make a difference." if meant.lower() == name.lower() else ""
    return f"Nothing is called {code(name)} here. Did you mean {code(meant)}?{why}"


def local_elsewhere(failure: Failure) -> str | None:
    name = _name(failure)
    for function in failure.nodes:
        if not isinstance(function, ast.FunctionDef) or function is failure.function:
            continue
        if name and _declares_global(function, name):
            return (
                f"{code(name)} has no value yet: it gets one when the function {code(function.name)} runs, and that "
                "has "
                "not happened."
            )
        if name and any(_binds(node, name) for node in ast.walk(function) if node is not function):
            return (
                f"{code(name or '')} exists only inside the function {code(function.name)}, where it is a local "
                "variable. "
                f"To use its value here, let {code(function.name)} give it back with `return`."
            )
    return None


def missing_quotes(failure: Failure) -> str | None:
    name, parent = _name(failure), _parent(failure)
    if name is None or _is_deleted(failure, name):
        return None
    if name == "self":
        return "`self` is the first parameter of methods, and has no value anywhere else."
    if isinstance(parent, ast.Call) and _is_called(failure):
        return (
            f"There is no function called {code(name)} here. Check its spelling, and that it is defined or imported "
            "above."
        )
    start = f"Nothing is called {code(name)} here: no line above has given it a value."
    may_be_text = isinstance(parent, ast.Call | ast.Compare | ast.Assign | ast.List | ast.Dict)
    return (
        f"{start} If it is meant as text, put quotes round it: {code(repr(name).replace(chr(39), chr(34)))}."
        if may_be_text
        else start
    )


def used_before_assignment(failure: Failure) -> str | None:
    name = _local_name(failure)
    function = failure.function
    if name is None or function is None or _is_deleted(failure, name):
        return None
    places = sorted(node.lineno for node in ast.walk(function) if _binds(node, name))
    if not places:
        return None
    where = "on this line" if places[0] == failure.line else f"on line {places[0]}"
    if name in failure.global_names:
        return (
            f"The function {code(function.name)} gives {code(name)} a value {where}, so in this function it is a "
            f"variable of its own, and it has no value yet. To use the {code(name)} from outside, begin the function "
            "with "
            f"{code(f'global {name}')}, or pass it in as a parameter."
        )
    return (
        f"{code(name)} has no value yet: the function {code(function.name)} gives it one {where}, and that line "
        f"has not run. Give it a value before any `if` or loop."
    )


RULES = (
    added_to_nothing,
    used_before_assignment,
    missing_self,
    missing_import,
    defined_elsewhere,
    local_elsewhere,
    other_language,
    known_function,
    likely_typo,
    missing_quotes,
)
ANYWHERE = ()


def _name(failure: Failure) -> str | None:
    error = failure.error
    name = error.name if isinstance(error, NameError) and not isinstance(error, UnboundLocalError) else None
    return name if type(name) is str and failure.message.startswith(f"name '{name}' is not defined") else None


def _local_name(failure: Failure) -> str | None:
    start, _, rest = failure.message.partition("'")
    return rest.partition("'")[0] if start == "cannot access local variable " else None


def _parent(failure: Failure) -> ast.AST | None:
    node = failure.at(ast.Name)
    return failure.parent_of(node) if node else None


def _is_called(failure: Failure) -> bool:
    parent = _parent(failure)
    return isinstance(parent, ast.Call) and parent.func is failure.at(ast.Name)


def _is_on_line(node: ast.AST, line: int) -> bool:
    return isinstance(node, ast.AugAssign) and node.lineno == line


def _is_deleted(failure: Failure, name: str) -> bool:
    """Whether the program takes the name away somewhere, with `del` or at the end of an `except … as`."""
    for node in failure.nodes:
        if isinstance(node, ast.ExceptHandler) and node.name == name:
            return True
        if isinstance(node, ast.Delete) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
            return True
    return False


def _declares_global(function: ast.FunctionDef, name: str) -> bool:
    return any(isinstance(node, ast.Global) and name in node.names for node in ast.walk(function))


def _own_names(failure: Failure) -> list[str]:
    names = [*failure.local_names, *failure.global_names]
    return [name for name in names if type(name) is str and not name.startswith("__")]


def _known_names(failure: Failure) -> Iterator[str]:
    yield from _own_names(failure)
    yield from (name for name in vars(builtins) if not name.startswith("_") and name not in WORDS)
    yield from WORDS


def _bound_at_top(failure: Failure) -> Iterator[ast.stmt]:
    """Statements outside functions and classes, with those inside loops and ifs."""
    waiting: list[ast.AST] = list(failure.tree.body)
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.stmt):
            yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            waiting.extend(child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt))


def _binds(node: ast.AST, name: str | None) -> bool:
    match node:
        case ast.FunctionDef() | ast.ClassDef():
            return node.name == name
        case ast.Assign():
            targets: list[ast.expr] = node.targets
        case ast.AugAssign() | ast.AnnAssign() | ast.For():
            targets = [node.target]
        case _:
            return False
    names = (found for target in targets for found in ast.walk(target))
    return any(isinstance(found, ast.Name) and found.id == name for found in names)
