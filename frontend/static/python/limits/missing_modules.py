"""An import that finds nothing says why, or what was meant, in the message of its ModuleNotFoundError."""

from __future__ import annotations

import importlib.machinery
import pkgutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.abc import MetaPathFinder
from types import FrameType, ModuleType

from .sentences import LIBRARY, MODULES

LIBRARY_NAMES = frozenset(sys.stdlib_module_names)


class MissingModuleFinder(MetaPathFinder):
    """Asked last of all finders; raises for import statements, and stays silent for who only asks what there is.

    `package_of` maps an import name to the package that provides it, for the packages of this platform.
    """

    def __init__(self, root: str, package_of: Mapping[str, str]) -> None:
        self._root = root
        self._package_of = package_of
        self._own: set[str] = set()

    def install(self) -> None:
        sys.meta_path.append(self)

    def start_run(self, paths: Iterable[str]) -> None:
        """Remember the names that the project's own files can be imported by."""
        self._own = {path.partition("/")[0].removesuffix(".py") for path in paths if path.endswith(".py")}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        frame = sys._getframe(1)
        if not _is_import_statement(frame):
            return None
        sentence = MODULES.get(fullname)
        if sentence is not None:
            raise ModuleNotFoundError(sentence.format(name=fullname), name=fullname)
        # Libraries try many imports that they do not need: an answer for each would take time.
        if _importer(frame).startswith(f"{self._root}/"):
            raise ModuleNotFoundError(self._explain(fullname, path), name=fullname)
        return None

    def _explain(self, fullname: str, path: Sequence[str] | None) -> str:
        if path is not None:
            return self._explain_submodule(fullname, path)
        if fullname in self._package_of:
            return (
                f"The package {self._package_of[fullname]} could not be loaded: check the network, and press Run again."
            )
        if fullname in LIBRARY_NAMES:
            return LIBRARY.format(name=fullname)
        for imported, package in self._package_of.items():
            if _plain(package) == _plain(fullname):
                return f"No module named '{fullname}': the package {package} is imported as {imported}."
        near = _nearest(fullname, [*sorted(self._own), *sorted(self._package_of), *_public(LIBRARY_NAMES)])
        if near:
            return f"No module named '{fullname}'. Did you mean '{near}'?"
        return (
            f"No module named '{fullname}': it is no file of this project, no part of Python, and none of the packages "
            f"of this platform, which the page /compatibility/ lists ({', '.join(self._chief_packages())} …)."
        )

    def _explain_submodule(self, fullname: str, path: Sequence[str]) -> str:
        package, _, name = fullname.rpartition(".")
        near = _nearest(name, [module.name for module in pkgutil.iter_modules(path)])
        hint = f" Did you mean '{package}.{near}'?" if near else ""
        return f"No module named '{fullname}': the package {package} has no such part.{hint}"

    def _chief_packages(self) -> list[str]:
        chief = ("matplotlib", "networkx", "numpy", "pandas", "PIL", "requests", "scipy", "sklearn", "sympy")
        return [name for name in chief if name in self._package_of]


def _nearest(name: str, candidates: Iterable[str]) -> str | None:
    # Most programs never need it, and loading it takes time that each start would pay.
    from ..explanations.did_you_mean import nearest

    return nearest(name, candidates)


def _is_import_statement(finder_called_by: FrameType) -> bool:
    # importlib._bootstrap: an import calls _find_and_load_unlocked -> _find_spec -> finder; importlib.util.find_spec
    # calls _find_spec too, and must be answered with None.
    caller = finder_called_by.f_back
    return caller is not None and caller.f_code.co_name == "_find_and_load_unlocked"


def _importer(frame: FrameType | None) -> str:
    while frame is not None and "importlib" in frame.f_code.co_filename:
        frame = frame.f_back
    return frame.f_code.co_filename if frame is not None else ""


def _public(names: Iterable[str]) -> Iterator[str]:
    return (name for name in sorted(names) if not name.startswith("_") and name not in MODULES)


def _plain(name: str) -> str:
    return name.casefold().replace("-", "").replace("_", "")
