"""Where a value came from, as far as the text of the program tells."""

from __future__ import annotations

import ast
from types import FunctionType

from .failure import Failure
from .quoting import code

# Methods that change their object and give back None; what to write where the result was wanted.
CHANGING_METHODS = {
    "sort": "sorts the list itself and gives back `None`",
    "reverse": "reverses the list itself and gives back `None`",
    "append": "changes the list itself and gives back `None`",
    "extend": "changes the list itself and gives back `None`",
    "insert": "changes the list itself and gives back `None`",
    "shuffle": "shuffles the list itself and gives back `None`",
    "clear": "empties its object and gives back `None`",
    "remove": "changes its object and gives back `None`",
    "add": "changes the set itself and gives back `None`",
    "update": "changes its object and gives back `None`",
}
_NEVER_NONE = (ast.List, ast.Tuple, ast.Dict, ast.Set, ast.ListComp, ast.JoinedStr, ast.BinOp, ast.Compare)
_NOT_FOUND = {
    "get": "gives `None` when there is no such key",
    "match": "gives `None` when nothing matches",
    "search": "gives `None` when nothing matches",
    "fullmatch": "gives `None` when nothing matches",
    "fetchone": "gives `None` when there is no row left",
    "find": "gives `None` when nothing is found",
}


def is_from_input(failure: Failure, node: ast.AST | None) -> bool:
    """Whether the expression is the answer to an `input()`, at once or through a variable."""
    sources = _sources(failure, node)
    return bool(sources) and all(_is_call_of(source, "input") for source in sources)


def origin_of_none(failure: Failure, node: ast.AST | None) -> str | None:
    """Why this expression is None, as a sentence; None where the program's text does not tell for certain."""
    if isinstance(node, ast.Name) and _is_given_otherwise(failure, node.id):
        return None
    told = {_why_none(failure, source) for source in _sources(failure, node) if not isinstance(source, _NEVER_NONE)}
    return told.pop() if len(told) == 1 else None


def _is_given_otherwise(failure: Failure, name: str) -> bool:
    """Whether the name gets values in other ways than by `name = …`, such as by a loop or as a parameter."""
    return any(
        (isinstance(node, ast.arg) and node.arg == name)
        or (isinstance(node, ast.For) and any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(node.target)))
        or (
            isinstance(node, ast.NamedExpr | ast.AnnAssign)
            and isinstance(node.target, ast.Name)
            and node.target.id == name
        )
        for node in failure.nodes
    )


def _sources(failure: Failure, node: ast.AST | None) -> list[ast.expr]:
    if isinstance(node, ast.Name):
        return failure.assignments_of(node.id)
    return [node] if isinstance(node, ast.expr) else []


def _is_call_of(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name


def _why_none(failure: Failure, source: ast.expr) -> str | None:
    match source:
        case ast.Constant(value=None):
            return None
        case ast.Call(func=ast.Name(id="print")):
            return f"{failure.shown(source)} shows text and gives back `None`."
        case ast.Call(func=ast.Name() as called):
            return _why_function_gives_none(failure, failure.value_of(called))
        case ast.Call(func=ast.Attribute() as called):
            does = {**CHANGING_METHODS, **_NOT_FOUND}.get(called.attr)
            if does:
                return f"{code(f'.{called.attr}()')} {does}."
    return None


def _why_function_gives_none(failure: Failure, called: object) -> str | None:
    if type(called) is not FunctionType:
        return None
    definition = failure.definition_of(called.__code__)
    if definition is None or not isinstance(definition, ast.FunctionDef):
        return None
    name = code(f"{definition.name}()")
    inside = list(_own_nodes(definition))
    if any(isinstance(node, ast.Yield | ast.YieldFrom) for node in inside):
        return None
    if any(isinstance(node, ast.Return) and node.value is not None for node in inside):
        return f"{name} ended without reaching one of its `return` lines, so it gave back `None`."
    return f"{name} has no `return` with a value, so it gives back `None`."


def _own_nodes(function: ast.FunctionDef) -> list[ast.AST]:
    """What belongs to the function itself and not to one defined inside it."""
    found: list[ast.AST] = []
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        found.append(node)
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            waiting.extend(ast.iter_child_nodes(node))
    return found
