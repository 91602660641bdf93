"""Which constructs a program is written with: read from its syntax tree, never run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TypedDict

PLAIN_CONSTRUCTS = frozenset(
    {
        "loop",
        "for",
        "while",
        "if",
        "function",
        "class",
        "recursion",
        "comprehension",
        "try",
        "with",
        "lambda",
        "f-string",
    }
)
NAMED_CONSTRUCTS = frozenset({"call", "import", "function", "class", "method"})

_PLAIN: dict[type[ast.AST], tuple[str, ...]] = {
    ast.For: ("loop", "for"),
    ast.AsyncFor: ("loop", "for"),
    ast.While: ("loop", "while"),
    ast.If: ("if",),
    ast.IfExp: ("if",),
    ast.FunctionDef: ("function",),
    ast.AsyncFunctionDef: ("function",),
    ast.ClassDef: ("class",),
    ast.ListComp: ("comprehension",),
    ast.SetComp: ("comprehension",),
    ast.DictComp: ("comprehension",),
    ast.GeneratorExp: ("comprehension",),
    ast.Try: ("try",),
    ast.TryStar: ("try",),
    ast.With: ("with",),
    ast.AsyncWith: ("with",),
    ast.Lambda: ("lambda",),
    ast.JoinedStr: ("f-string",),
}
_Function = ast.FunctionDef | ast.AsyncFunctionDef


class SyntaxProblem(TypedDict):
    """Why a program could not be read; `line` counts from 1 and is None where Python names none."""

    message: str
    line: int | None


class Structure(TypedDict):
    """The constructs in use, sorted, or why the program could not be read."""

    uses: list[str]
    syntaxError: SyntaxProblem | None


def read_structure(source: str) -> Structure:
    """What the program `source` uses, in the words of docs/exercise-format.md: `for`, `call:sorted`, `import:math`, …

    `recursion` is a function that calls itself by its own name, or a method that does so through `self` or its class.
    Raises nothing, whatever `source` holds.
    """
    try:
        tree = ast.parse(source)
        return {"uses": sorted(set(_constructs(tree))), "syntaxError": None}
    except SyntaxError as error:
        return _unreadable(error.msg, error.lineno)
    except (ValueError, RecursionError, MemoryError):
        return _unreadable("Python cannot read this program", None)


def _unreadable(message: str, line: int | None) -> Structure:
    return {"uses": [], "syntaxError": {"message": message, "line": line}}


def _constructs(tree: ast.Module) -> Iterator[str]:
    methods = {id(function) for function, _ in _methods(tree)}
    for node in ast.walk(tree):
        yield from _PLAIN.get(type(node), ())
        yield from _named(node)
        if isinstance(node, _Function) and id(node) not in methods and _calls(node, node.name):
            yield "recursion"
    for method, owner in _methods(tree):
        ways = [f"{owner}.{method.name}"]
        if method.args.args:
            ways.append(f"{method.args.args[0].arg}.{method.name}")
        if any(_calls(method, way) for way in ways):
            yield "recursion"


def _named(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            yield f"function:{name}"
        case ast.ClassDef(name=name):
            yield f"class:{name}"
        case ast.Import(names=aliases):
            for alias in aliases:
                yield from _modules(alias.name)
        case ast.ImportFrom(module=str(module), level=0):
            yield from _modules(module)
        case ast.Call(func=function):
            if isinstance(function, ast.Attribute):
                yield f"method:{function.attr}"
            if path := _dotted(function):
                yield f"call:{path}"


def _modules(name: str) -> Iterator[str]:
    parts = name.split(".")
    for count in range(1, len(parts) + 1):
        yield f"import:{'.'.join(parts[:count])}"


def _methods(tree: ast.Module) -> Iterator[tuple[_Function, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            for part in node.body:
                if isinstance(part, _Function):
                    yield part, node.name


def _calls(function: _Function, name: str) -> bool:
    return any(isinstance(node, ast.Call) and _dotted(node.func) == name for node in ast.walk(function))


def _dotted(node: ast.expr) -> str | None:
    """`math.sqrt` for that expression; None for what is more than names and dots."""
    names: list[str] = []
    while isinstance(node, ast.Attribute):
        names.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return ".".join([node.id, *reversed(names)])
