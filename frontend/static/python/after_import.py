"""Steps that follow an import: a library is adapted to the browser when, and only when, a program imports it."""

from __future__ import annotations

import importlib.machinery
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib.abc import Loader, MetaPathFinder
from types import ModuleType
from typing import Any

Step = Callable[[ModuleType], None]


class AfterImport(MetaPathFinder):
    """Takes the steps named for a module, once, before any program sees the module; asked first of all finders.

    A module of the project (below `root`) that has the same name is left alone.
    """

    def __init__(self, root: str, steps: Iterable[tuple[str, Step]]) -> None:
        self._root = root
        self._steps: dict[str, list[Step]] = {}
        for name, step in steps:
            self._steps.setdefault(name, []).append(step)

    def install(self) -> None:
        """Begin; for modules that are there already the steps are taken now."""
        for name, steps in self._steps.items():
            if name in sys.modules:
                _take(steps, sys.modules[name])
        sys.meta_path.insert(0, self)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        steps = self._steps.get(fullname)
        if steps is None:
            return None
        spec = self._ask_the_others(fullname, path, target)
        if spec is None or spec.loader is None or str(spec.origin).startswith(f"{self._root}/"):
            return spec
        spec.loader = _LoaderWithSteps(spec.loader, steps)
        return spec

    def _ask_the_others(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None
    ) -> importlib.machinery.ModuleSpec | None:
        for finder in sys.meta_path:
            if finder is not self:
                spec = finder.find_spec(fullname, path, target)
                if spec is not None:
                    return spec
        return None


class _LoaderWithSteps(Loader):
    def __init__(self, loader: Any, steps: list[Step]) -> None:
        self._loader = loader
        self._steps = steps

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType | None:
        created: ModuleType | None = self._loader.create_module(spec)
        return created

    def exec_module(self, module: ModuleType) -> None:
        # From here on the module is as if loaded without us: its sources and resources are found by its own loader.
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        module.__loader__ = self._loader
        self._loader.exec_module(module)
        _take(self._steps, module)


def _take(steps: list[Step], module: ModuleType) -> None:
    for step in steps:
        step(module)
