"""An error and the place where it happened, as the rules look at it.

Nothing here calls the program's own code: no `__repr__`, no `__eq__`, no property.
"""

from __future__ import annotations

import ast
import builtins
import linecache
from collections.abc import Iterator
from functools import cached_property
from inspect import CO_OPTIMIZED
from types import CodeType, FrameType, TracebackType
from typing import Any, Final, NamedTuple, TypedDict, TypeVar

from .quoting import code

Node = TypeVar("Node", bound=ast.AST)

MAX_SOURCE_CHARS = 200_000

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp)


class Explanation(TypedDict):
    """What happened, in one to three plain sentences; code stands between backticks.

    `link` is a key that the page knows ("cors" or "compatibility") for a page of ours that says more, or None.
    """

    text: str
    link: str | None


class _Unknown:
    def __bool__(self) -> bool:
        return False


UNKNOWN: Final = _Unknown()


class Span(NamedTuple):
    """A stretch of source: lines from 1, columns from 0 in bytes of UTF-8, as `ast` counts them."""

    line: int | None
    end_line: int | None
    column: int | None
    end_column: int | None


class Failure:
    """One error: its `message`, the frame of the innermost line of the project, and what stands there.

    `is_direct` tells that this very line raised it, not library code which the line called.
    """

    def __init__(self, error: BaseException, message: str, root: str) -> None:
        self.error = error
        self.message = message
        self.root = root
        self.frame: FrameType | None = None
        self.code: CodeType | None = None
        self.line = 0
        self.is_direct = False
        self.span: Span | None = None
        for step in _steps(BaseException.__dict__["__traceback__"].__get__(error)):
            code = step.tb_frame.f_code
            self.is_direct = code.co_filename.startswith(f"{root}/")
            if self.is_direct:
                self.frame, self.code, self.line = step.tb_frame, code, step.tb_lineno
                self.span = _span_at(code, step.tb_lasti)

    @property
    def file(self) -> str:
        """The full path of the file of that line."""
        return self.code.co_filename if self.code else ""

    @cached_property
    def source(self) -> str:
        """The text of that file as it was when the run began."""
        return "".join(linecache.getlines(self.file)) if self.file else ""

    @cached_property
    def tree(self) -> ast.Module:
        """That file, parsed; empty when it cannot be, or is too long to be worth it."""
        try:
            return ast.parse(self.source if len(self.source) < MAX_SOURCE_CHARS else "")
        except (SyntaxError, ValueError):
            return ast.Module([], [])

    def at(self, kind: type[Node]) -> Node | None:
        """The expression or statement of this kind that failed: the one with exactly the failing position."""
        found = (node for node in self._at_span if isinstance(node, kind))
        return next(found, None)

    def text_of(self, node: ast.AST) -> str:
        """The expression as it stands in the file."""
        span = _span_of(node)
        if span is None or span.line is None or span.line != span.end_line:
            return ast.unparse(node)
        line = linecache.getline(self.file, span.line).encode("utf-8", "surrogatepass")
        return line[span.column : span.end_column].decode("utf-8", "replace")

    def shown(self, node: ast.AST) -> str:
        """The expression as code in a sentence."""
        return code(self.text_of(node))

    def parent_of(self, node: ast.AST) -> ast.AST | None:
        return self._parents.get(node)

    @cached_property
    def is_raised_by_program(self) -> bool:
        """Whether the line is a `raise`, so that type and message are the program's own choice."""
        is_raise = self.is_direct and self.at(ast.Raise) is not None
        return is_raise and not self.message.startswith("exceptions must derive from")

    def value_of(self, node: ast.AST | None) -> Any:
        """What the expression holds, found without running anything of the program; UNKNOWN where that is not sure."""
        match node:
            case ast.Constant():
                return node.value
            case ast.Name():
                return self.value_named(node.id)
            case ast.Attribute():
                return attribute_of(self.value_of(node.value), node.attr)
            case ast.Subscript():
                return _item_of(self.value_of(node.value), self.value_of(node.slice))
            case ast.UnaryOp(op=ast.USub()):
                value = self.value_of(node.operand)
                return -value if is_number(value) else UNKNOWN
            case ast.BinOp():
                return _sum_of(self.value_of(node.left), node.op, self.value_of(node.right))
            case ast.List() | ast.Tuple():
                items = [self.value_of(item) for item in node.elts]
                known = not any(item is UNKNOWN for item in items)
                return UNKNOWN if not known else items if isinstance(node, ast.List) else tuple(items)
            case ast.Dict():
                pairs = {
                    self.value_of(key): self.value_of(item) for key, item in zip(node.keys, node.values, strict=True)
                }
                return UNKNOWN if UNKNOWN in (*pairs, *pairs.values()) else pairs
            case ast.Call(func=ast.Name(id="len"), args=[argument]):
                return length_of(self.value_of(argument))
        return UNKNOWN

    def value_named(self, name: str) -> Any:
        """What the name stands for on the failing line; UNKNOWN for none."""
        if name in self._hidden_names:
            return UNKNOWN
        for names in (self.local_names, self.global_names, vars(builtins)):
            if name in names:
                return names[name]
        return UNKNOWN

    @cached_property
    def local_names(self) -> dict[str, Any]:
        """The variables of the function (or class body) that failed; empty at the top level of a file."""
        if self.frame is None or self.frame.f_locals is self.frame.f_globals:
            return {}
        found = self.frame.f_locals
        # A class body may keep its names in a mapping of the program's own making.
        is_plain = bool(self.frame.f_code.co_flags & CO_OPTIMIZED) or type(found) is dict
        return dict(found) if is_plain else {}

    @property
    def global_names(self) -> dict[str, Any]:
        return self.frame.f_globals if self.frame else {}

    @cached_property
    def function(self) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        """The `def` whose body failed."""
        return self.definition_of(self.code) if self.code else None

    def definition_of(self, code: CodeType) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        """The `def` in this file that `code` was made from."""
        if code.co_filename != self.file:
            return None
        for node in self.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == code.co_name:
                first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
                if first == code.co_firstlineno:
                    return node
        return None

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    def assignments_of(self, name: str) -> list[ast.expr]:
        """The values that `name = value` gives anywhere in this file."""
        return [
            node.value
            for node in self.nodes
            if isinstance(node, ast.Assign)
            and any(isinstance(target, ast.Name) and target.id == name for target in node.targets)
        ]

    @cached_property
    def _at_span(self) -> list[ast.AST]:
        if self.span is None or self.span.column is None:
            return []
        return [node for node in self.nodes if _span_of(node) == self.span]

    @cached_property
    def _parents(self) -> dict[ast.AST, ast.AST]:
        return {child: parent for parent in self.nodes for child in ast.iter_child_nodes(parent)}

    @cached_property
    def _hidden_names(self) -> frozenset[str]:
        # A comprehension's own variables are gone by now, and a variable of the same name may stand behind them.
        names: set[str] = set()
        node: ast.AST | None = self._at_span[0] if self._at_span else None
        while node is not None:
            if isinstance(node, _COMPREHENSIONS):
                targets = (target for generator in node.generators for target in ast.walk(generator.target))
                names.update(target.id for target in targets if isinstance(target, ast.Name))
            node = self.parent_of(node)
        return frozenset(names)


def is_literal(node: ast.AST | None) -> bool:
    """Whether the text of the expression shows its value already."""
    if isinstance(node, ast.UnaryOp):
        return is_literal(node.operand)
    if isinstance(node, ast.List | ast.Tuple):
        return all(is_literal(item) for item in node.elts)
    if isinstance(node, ast.Dict):
        return all(is_literal(item) for item in (*node.keys, *node.values))
    return isinstance(node, ast.Constant)


def is_class(value: object) -> bool:
    """Whether the value is a class; unlike `isinstance` this asks nothing of the value itself."""
    return issubclass(type(value), type)


def is_number(value: object) -> bool:
    """A plain int or float (no bool, no number of a library)."""
    return type(value) in (int, float)


def is_numeric(text: object) -> bool:
    """A string that Python can read as a number."""
    if type(text) is not str:
        return False
    try:
        float(text[:100])
    except ValueError:
        return False
    return True


def length_of(value: object) -> Any:
    """How many items a built-in value has; UNKNOWN for any other."""
    return len(value) if type(value) in (str, bytes, list, tuple, dict, set, frozenset, range) else UNKNOWN  # type: ignore[arg-type]


def attribute_of(value: object, name: str) -> Any:
    """An attribute that is simply stored, on an object or in a module; UNKNOWN for all that would have to be called."""
    if value is UNKNOWN:
        return UNKNOWN
    return own_attributes(value).get(name, UNKNOWN)


def own_attributes(value: object) -> dict[str, Any]:
    """What is stored on the object itself."""
    try:
        found = object.__getattribute__(value, "__dict__")
    except AttributeError:
        return {}
    return dict(found) if is_class(value) or type(found) is dict else {}


def _steps(traceback: TracebackType | None) -> Iterator[TracebackType]:
    while traceback is not None:
        yield traceback
        traceback = traceback.tb_next


def _span_at(code: CodeType, instruction: int) -> Span | None:
    for index, position in enumerate(code.co_positions()):
        if index == instruction // 2:
            return Span(*position)
    return None


def _span_of(node: ast.AST) -> Span | None:
    if not isinstance(node, ast.expr | ast.stmt):
        return None
    return Span(node.lineno, node.end_lineno, node.col_offset, node.end_col_offset)


def _item_of(value: Any, key: Any) -> Any:
    try:
        if type(value) in (list, tuple, str) and type(key) is int:
            return value[key]
        if type(value) is dict and type(key) in (str, int):
            return dict.get(value, key, UNKNOWN)
    except IndexError:
        pass
    return UNKNOWN


def _sum_of(left: Any, operator: ast.operator, right: Any) -> Any:
    if not is_number(left) or not is_number(right) or max(abs(left), abs(right)) > 2**60:
        return UNKNOWN
    match operator:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div() if right:
            return left / right
        case ast.FloorDiv() if right:
            return left // right
        case ast.Mod() if right:
            return left % right
    return UNKNOWN
