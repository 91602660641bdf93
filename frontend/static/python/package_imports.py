"""Which packages a program needs: read from its imports before the run, and caught at run time where they hide."""

from __future__ import annotations

import ast
import importlib
import importlib.machinery
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType

LoadPackages = Callable[[list[str]], None]


def imported_names(source: str) -> set[str]:
    """The top-level names that `source` imports anywhere; nothing for a file that is not valid Python."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return set()
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
        elif isinstance(node, ast.Call):
            names.update(_names_in_call(node))
    return names


def _names_in_call(node: ast.Call) -> set[str]:
    """The name in `__import__("name")` and `importlib.import_module("name")`."""
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
    match node.args:
        case [ast.Constant(value=str(name)), *_] if called in {"__import__", "import_module"}:
            return {name.partition(".")[0]} - {""}
    return set()


def packages_for(entry: str, sources: Mapping[str, str], package_of: Mapping[str, str]) -> list[str]:
    """The packages that the entry file needs, directly or through the project's own modules.

    `package_of` maps an import name to the package that provides it. A module of the project hides a package of
    the same name, as it does when Python imports it; a folder does so only when it holds an `__init__.py`.
    """
    needed: set[str] = set()
    waiting, seen = [entry], {entry}
    while waiting:
        for name in imported_names(sources.get(waiting.pop(), "")):
            own = _own_files(name, sources)
            waiting.extend(own - seen)
            seen |= own
            if name in package_of and not own & {f"{name}.py", f"{name}/__init__.py"}:
                needed.add(package_of[name])
    return sorted(needed)


def _own_files(name: str, sources: Iterable[str]) -> set[str]:
    return {path for path in sources if path == f"{name}.py" or (path.startswith(f"{name}/") and path.endswith(".py"))}


class LatePackageFinder(MetaPathFinder):
    """Loads a package when an import reaches it at run time, such as `__import__(name)`; asked last of all finders."""

    def __init__(self, package_of: Mapping[str, str], load: LoadPackages) -> None:
        self._package_of = package_of
        self._load = load
        self._tried: set[str] = set()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        package = self._package_of.get(fullname)
        if path is not None or package is None or package in self._tried:
            return None
        self._tried.add(package)
        self._load([package])
        importlib.invalidate_caches()
        return importlib.machinery.PathFinder.find_spec(fullname, path, target)

    def install(self) -> None:
        sys.meta_path.append(self)

    def start_run(self) -> None:
        """Try again, in this run, what could not be loaded in an earlier one."""
        self._tried.clear()
