"""Files of the project that bear the name of a module of Python or of a package."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping

from .sentences import MODULES

# Parts of Python that no program misses: a pupil's `this.py` or `test.py` hides nothing.
_UNMISSED = {"antigravity", "idlelib", "lib2to3", "test", "this"}


def shadowing_files(paths: Iterable[str], package_of: Mapping[str, str]) -> list[str]:
    """The paths (a file, or the `__init__.py` of a folder) that an import may take for, or instead of, a library.

    A module that does not exist here may be replaced: a teacher's own `turtle.py` is no mistake.
    """
    known = (set(sys.stdlib_module_names) - _UNMISSED - MODULES.keys()) | package_of.keys()
    return sorted(path for path in paths if _importable_name(path) in known)


def _importable_name(path: str) -> str | None:
    folder, _, rest = path.partition("/")
    if rest == "__init__.py":
        return folder
    return folder.removesuffix(".py") if not rest and folder.endswith(".py") else None
