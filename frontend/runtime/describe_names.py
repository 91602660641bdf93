"""Describes modules, functions and methods, as data for completion and documentation. Runs in the Pyodide being built.

`describe(modules, classes)` gives {"modules": {name: {"doc", "names"}}, "types": {key: {"doc", "bases", "names"}}},
where each name has [kind, signature, documentation, result]. Kinds: f function, c class, m module, v value. A result is
the key of a type, its contents in brackets where they are known (`list[str]`), or empty; a module's is its full name.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import inspect
import re
import types
import warnings
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import Any

LONGEST_SIGNATURE = 160
LONGEST_DEFAULT = 16
LONGEST_DOCUMENTATION = 280
STUB_FOLDERS = ("3", "2and3")
STUB_NAMES = {
    "List": "list", "Dict": "dict", "Set": "set", "FrozenSet": "frozenset", "Tuple": "tuple", "Text": "str",
    "AnyStr": "str", "Iterator": "list", "Iterable": "list", "Sequence": "list", "Generator": "list",
    "ItemsView": "list", "KeysView": "list", "ValuesView": "list",
}  # fmt: skip
NUMPY_MAKES_ARRAYS = (
    "abs arange array asarray clip concatenate copy cos cumsum diag dot empty exp eye flip full identity linspace "
    "loadtxt log ones repeat reshape round sin sort sqrt stack tile transpose unique where zeros"
)
ARRAY_MAKES_ARRAYS = "T astype clip copy cumsum dot flatten ravel repeat reshape round squeeze transpose"
# Where neither a stub nor an annotation tells.
RESULTS = {
    "builtins.input": "str",
    "builtins.open": "_io.TextIOWrapper",
    "builtins.sorted": "list",
    "builtins.range": "range",
    "builtins.enumerate": "enumerate",
    "matplotlib.pyplot.subplots": "tuple[matplotlib.figure.Figure, matplotlib.axes._axes.Axes]",
    "PIL.Image.open": "PIL.Image.Image",
    "PIL.ImageDraw.Draw": "PIL.ImageDraw.ImageDraw",
    "_io.TextIOWrapper.read": "str",
    "_io.TextIOWrapper.readlines": "list[str]",
    "_io._IOBase.readlines": "list[str]",
    "csv.reader": "list[list[str]]",
    "pathlib.Path.glob": "list[pathlib.Path]",
    "pathlib.Path.iterdir": "list[pathlib.Path]",
    "json.load": "dict",
    "json.loads": "dict",
    "re.findall": "list[str]",
    "sqlite3.connect": "sqlite3.Connection",
    "sqlite3.Connection.cursor": "sqlite3.Cursor",
    "sqlite3.Connection.execute": "sqlite3.Cursor",
    "sqlite3.Cursor.execute": "sqlite3.Cursor",
    "sqlite3.Cursor.fetchall": "list[tuple]",
    "sqlite3.Cursor.fetchmany": "list[tuple]",
    "sqlite3.Cursor.fetchone": "tuple",
    **{f"numpy.{name}": "numpy.ndarray" for name in NUMPY_MAKES_ARRAYS.split()},
    **{f"numpy.random.{name}": "numpy.ndarray" for name in ("rand", "randn", "randint", "random", "choice", "normal")},
    "numpy.random.default_rng": "numpy.random._generator.Generator",
    **{f"numpy.ndarray.{name}": "numpy.ndarray" for name in ARRAY_MAKES_ARRAYS.split()},
    "numpy.ndarray.shape": "tuple[int]",
    "pandas.read_csv": "pandas.DataFrame",
    "pandas.DataFrame.groupby": "pandas.api.typing.DataFrameGroupBy",
    **{f"requests.{verb}": "requests.models.Response" for verb in ("get", "post", "put", "patch", "delete", "head")},
}


# Where the first paragraph of the documentation says something else.
DOCUMENTATION = {
    "builtins.dict": "A dictionary: a collection of values, each found by its key.",
    "csv.DictReader": "Return an object that reads the rows of a file as dictionaries, by the names in the first row.",
    "csv.DictWriter": "Return an object that writes dictionaries as rows of a file.",
    "datetime.date": "A date: year, month and day.",
}


def describe(modules: Iterable[str], classes: Iterable[str]) -> dict[str, Any]:
    """Describe `modules`, the classes of `classes` ("module:Class"), and what those inherit from.

    A module that is missing here is left out.
    """
    described: dict[str, Any] = {}
    kinds: dict[str, type] = {}
    for name in modules:
        try:
            module = _import(name)
        except ImportError:
            continue
        names = {each: _entry(f"{name}.{each}", each, value) for each, value in _public(module)}
        described[name] = {"doc": _documentation(module, ""), "names": names}
    for name in described:
        parent, _, child = name.rpartition(".")
        if parent in described:
            described[parent]["names"][child] = ["m", "", described[name]["doc"], name]
    for path in classes:
        module_name, _, class_name = path.partition(":")
        try:
            module = _import(module_name)
        except ImportError:
            continue
        for each in [class_name] if class_name else [name for name, value in _public(module) if _is_own(value, module)]:
            kinds |= {key_of(base): base for base in getattr(module, each).__mro__ if base is not object}
    return {"modules": described, "types": {key: _describe_class(cls) for key, cls in sorted(kinds.items())}}


def key_of(cls: type) -> str:
    """The name under which a class is described: its module and its qualified name, of a builtin the name alone."""
    return cls.__qualname__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__qualname__}"


def _import(name: str) -> types.ModuleType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(name)


def _public(module: types.ModuleType) -> list[tuple[str, Any]]:
    wanted = getattr(module, "__all__", None) or [name for name in dir(module) if not name.startswith("_")]
    found = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in sorted(set(wanted)):
            value = getattr(module, name, None)
            # What a module imports for itself is no part of it, unless it says so.
            is_foreign = isinstance(value, types.ModuleType) and not value.__name__.startswith(module.__name__)
            is_feature = type(value).__module__ == "__future__"
            if name.startswith("__") or is_feature or (is_foreign and module.__name__ != "os"):
                continue
            found.append((name, value))
    return found


def _is_own(value: object, module: types.ModuleType) -> bool:
    return isinstance(value, type) and not (
        issubclass(value, BaseException) or (value.__module__ == "typing" and module.__name__ != "typing")
    )


def _describe_class(cls: type) -> dict[str, Any]:
    path = key_of(cls)
    own = {name: value for name, value in vars(cls).items() if not name.startswith("_")}
    names = {name: _entry(f"{path}.{name}", name, value, cls) for name, value in sorted(own.items())}
    bases = [key_of(base) for base in cls.__bases__ if base is not object]
    return {"doc": _documentation(cls, cls.__name__), "bases": bases, "names": names}


def _entry(path: str, name: str, value: Any, owner: type | None = None) -> list[str]:
    kind, signature, documentation, result = _described(path, name, value, owner)
    return [kind, signature, DOCUMENTATION.get(path, documentation), result]


def _described(path: str, name: str, value: Any, owner: type | None) -> list[str]:
    if isinstance(value, types.ModuleType):
        return ["m", "", _documentation(value, ""), value.__name__]
    if isinstance(value, type):
        return ["c", _signature(value, name), _documentation(value, name), key_of(value)]
    if isinstance(value, (staticmethod, classmethod)):
        value = value.__func__
    if isinstance(value, property) or inspect.isdatadescriptor(value) or isinstance(value, cached_property):
        return ["v", "", _documentation(value, name), _result(path, getattr(value, "fget", None), owner)]
    if callable(value):
        signature = _signature(value, name, is_method=owner is not None)
        return ["f", signature, _documentation(value, name), _result(path, value, owner)]
    return ["v", "", "", key_of(type(value))]


def _signature(value: Any, name: str, *, is_method: bool = False) -> str:
    try:
        parameters = list(inspect.signature(value).parameters.values())
    except (ValueError, TypeError):
        return _told_signature(value, name)
    if is_method and parameters and parameters[0].name in {"self", "cls", "this", "type"}:
        parameters = parameters[1:]
    shown = ", ".join(_parameter(parameter) for parameter in parameters)
    if shown in {"*args, **kwargs", "*args, **kwds"}:
        return _told_signature(value, name) or f"({shown})"
    return f"({shown})" if len(shown) < LONGEST_SIGNATURE else f"({shown[: shown.rfind(',', 0, LONGEST_SIGNATURE)]}, …)"


def _parameter(parameter: inspect.Parameter) -> str:
    stars = {"VAR_POSITIONAL": "*", "VAR_KEYWORD": "**"}.get(parameter.kind.name, "")
    if parameter.default is inspect.Parameter.empty:
        return f"{stars}{parameter.name}"
    default = repr(parameter.default)
    is_plain = len(default) <= LONGEST_DEFAULT and not default.startswith("<")
    return f"{parameter.name}={default if is_plain else '…'}"


def _told_signature(value: Any, name: str) -> str:
    """The signature that the documentation begins with, as that of `range` does."""
    first = (inspect.getdoc(value) or "").split("\n")[0]
    told = re.match(rf"(?:\w+\.)*{re.escape(name)}(\([^)]*\))", first)
    return told[1] if told else ""


def _documentation(value: Any, name: str) -> str:
    """The first paragraph of the documentation that is no signature, as one line of at most 280 characters."""
    try:
        text = inspect.cleandoc(value.__doc__ or "")
    except (AttributeError, TypeError):
        return ""
    if name:
        # A signature may go on over several lines: up to its closing bracket, and what it gives.
        text = re.sub(rf"\A(?:(?:\w+\.)*{re.escape(name)}\((?:[^()]|\([^()]*\))*\)[^\n]*\n?)+", "", text)
    for paragraph in re.split(r"\n\s*\n", text):
        told = _plain(paragraph)
        if told and not told.startswith((".. ", "---", "===")):
            return _shortened(told)
    return ""


def _plain(text: str) -> str:
    text = re.sub(r":\w+(?::\w+)?:`~?\.?(?:[\w.]+\.)?([^`]+)`", r"`\1`", text)
    return re.sub(r"\s+", " ", text.replace("``", "`")).strip()


def _shortened(text: str) -> str:
    if len(text) <= LONGEST_DOCUMENTATION:
        return text
    sentence = text.rfind(". ", 0, LONGEST_DOCUMENTATION)
    return text[: sentence + 1] if sentence > 0 else f"{text[: text.rfind(' ', 0, LONGEST_DOCUMENTATION)]} …"


def _result(path: str, value: Any, owner: type | None) -> str:
    if path in RESULTS:
        return RESULTS[path]
    annotation = getattr(value, "__annotations__", {}).get("return", "") if value is not None else ""
    told = _from_annotation(annotation, value, owner)
    return told or _from_stub(path)


def _from_annotation(annotation: Any, value: Any, owner: type | None) -> str:
    if isinstance(annotation, type):
        return "" if annotation is type(None) else key_of(annotation)
    words = re.match(r"[\w.]+", annotation) if isinstance(annotation, str) else None
    first = words[0] if words else ""
    if first in {"Self", "NDFrameT", "NDFrame"} and owner is not None:
        return key_of(owner)
    found: Any = getattr(value, "__globals__", {}).get(first.split(".")[0]) or getattr(builtins, first, None)
    for part in first.split(".")[1:]:
        found = getattr(found, part, None)
    return key_of(found) if isinstance(found, type) else _public_name(first)


def _public_name(name: str) -> str:
    """pandas imports its own classes for annotations only."""
    pandas = importlib.import_module("pandas") if name in {"DataFrame", "Series", "Index"} else None
    return key_of(getattr(pandas, name)) if pandas else ""


def _from_stub(path: str) -> str:
    parts = path.split(".")
    if len(parts) == 2 and isinstance(getattr(builtins, parts[0], None), type):
        parts = ["builtins", *parts]
    for length in range(len(parts) - 1, 0, -1):
        module = {"_io": "io", "posixpath": "os.path"}.get(".".join(parts[:length]), ".".join(parts[:length]))
        tree = _stub(module)
        if tree is not None:
            return _stub_result(tree, module, parts[length:])
    return ""


@cache
def _stub(module: str) -> ast.Module | None:
    """jedi brings typeshed, the types of the standard library, along."""
    try:
        import jedi  # type: ignore[import-not-found]
    except ImportError:
        return None
    root = Path(jedi.__file__).parent / "third_party" / "typeshed" / "stdlib"
    for folder in STUB_FOLDERS:
        for name in (f"{module.replace('.', '/')}.pyi", f"{module.replace('.', '/')}/__init__.pyi"):
            if (root / folder / name).is_file():
                return ast.parse((root / folder / name).read_text())
    return None


def _stub_result(tree: ast.Module | ast.ClassDef, module: str, parts: list[str], owner: str = "") -> str:
    for node in _statements(tree.body):
        named = getattr(node, "name", None) or getattr(getattr(node, "target", None), "id", None)
        if named != parts[0]:
            continue
        if isinstance(node, ast.ClassDef) and len(parts) > 1:
            return _stub_result(node, module, parts[1:], node.name)
        told = node.returns if isinstance(node, ast.FunctionDef) else getattr(node, "annotation", None)
        if len(parts) == 1 and (result := _stub_type(told, module, owner)):
            return result
    return ""


def _statements(body: list[ast.stmt]) -> Iterable[ast.stmt]:
    for node in body:
        if isinstance(node, ast.If):
            yield from _statements(node.body)
            yield from _statements(node.orelse)
        else:
            yield node


def _stub_type(node: ast.expr | None, module: str, owner: str) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        node = ast.parse(node.value, mode="eval").body
    if isinstance(node, ast.Subscript):
        return _stub_generic(node, module, owner)
    name = getattr(node, "id", "") or getattr(node, "attr", "")
    if name in {"Self", "_S", "_Self"} or (name.startswith("_T") and name == f"_{owner}T"):
        name = owner
    name = STUB_NAMES.get(name, name)
    found = getattr(builtins, name, None) or getattr(_module_or_none(module), name, None)
    return key_of(found) if isinstance(found, type) and found is not object else ""


def _stub_generic(node: ast.Subscript, module: str, owner: str) -> str:
    name = getattr(node.value, "id", "")
    contents = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    types_of_contents = [_stub_type(each, module, owner) for each in contents]
    if name in {"Optional", "Union"}:
        return next((each for each in types_of_contents if each), "")
    outer = _stub_type(node.value, module, owner)
    # Of a generator, only what it gives.
    types_of_contents = types_of_contents[:1] if outer == "list" else types_of_contents
    known = outer and all(types_of_contents)
    return f"{outer}[{', '.join(types_of_contents)}]" if known else outer


@cache
def _module_or_none(name: str) -> types.ModuleType | None:
    try:
        return _import(name)
    except ImportError:
        return None
