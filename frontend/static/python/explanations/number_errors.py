"""Numbers that cannot be worked with."""

from __future__ import annotations

import ast

from .failure import UNKNOWN, Failure, is_number
from .quoting import code

_DIVISIONS = {ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%"}


def division_by_zero(failure: Failure) -> str | None:
    node = failure.at(ast.BinOp) or failure.at(ast.AugAssign)
    if node is None or type(node.op) not in _DIVISIONS:
        return None
    divisor = node.right if isinstance(node, ast.BinOp) else node.value
    what = "divide" if not isinstance(node.op, ast.Mod) else "find the remainder of a division"
    start = f"Python cannot {what} by zero"
    if isinstance(divisor, ast.Constant):
        return f"{start}, and the number after {code(_DIVISIONS[type(node.op)])} is 0."
    known = failure.value_of(divisor)
    if is_number(known) and known != 0:
        return None
    told = f"{start}, and {failure.shown(divisor)} is 0 here."
    zeros = sorted({n.id for n in ast.walk(divisor) if isinstance(n, ast.Name) and _is_zero(failure.value_of(n))})
    if zeros and not isinstance(divisor, ast.Name):
        told += f" ({', '.join(f'{code(name)} is 0' for name in zeros)}.)"
    return told + _advice(failure, divisor)


def power_of_zero(failure: Failure) -> str | None:
    if "negative power" not in failure.message:
        return None
    return "Zero cannot be raised to a negative power: that would be a division by zero."


def too_large(failure: Failure) -> str | None:
    if failure.message == "cannot fit 'int' into an index-sized integer":
        return "The number is too large for a position or a size: so many items do not fit into memory."
    if (
        failure.message == "int too large to convert to float"
        or failure.message == "integer division result too large for a float"
    ):
        return (
            "The integer is too large to become a float, which ends at about `1.8e308`. With `//` instead of `/` it "
            "stays an integer."
        )
    if (
        "Result not representable" in failure.message
        or "esult too large" in failure.message
        or "math range error" in failure.message
        or "umerical result out of range" in failure.message
    ):
        return "The result is too large for a float, which ends at about `1.8e308`. Integers have no such limit."
    return None


RULES = (division_by_zero, power_of_zero, too_large)
ANYWHERE = ()


def _is_zero(known: object) -> bool:
    return known is not UNKNOWN and is_number(known) and known == 0


def _advice(failure: Failure, divisor: ast.expr) -> str:
    match divisor:
        case ast.Call(func=ast.Name(id="len"), args=[argument]):
            known = failure.value_of(argument)
            return (
                f" The list is empty: ask {code(f'if {failure.text_of(argument)}:')} first."
                if known == [] and type(known) is list
                else ""
            )
        case ast.Name():
            return f" Ask {code(f'if {divisor.id} != 0:')} first." if _is_zero(failure.value_of(divisor)) else ""
    return ""
