"""A run leaves nothing behind for the next: what a program may have changed in the interpreter is put back."""

from __future__ import annotations

import builtins
import decimal
import gc
import importlib
import os
import random
import signal
import sys
import warnings
from types import ModuleType
from typing import Any

BASE_RECURSION_LIMIT = sys.getrecursionlimit()


class FreshState:
    """Remembers the interpreter as it is now; `restore` brings it back to that."""

    def __init__(self, root: str) -> None:
        self._root = root
        # The mapping itself, because a program may replace `vars` too.
        self._builtin_names = vars(builtins)
        self._builtins = dict(self._builtin_names)
        self._environ = dict(os.environ)
        self._meta_path = list(sys.meta_path)
        self._warning_filters = list(warnings.filters)
        self._path = [entry for entry in sys.path if entry not in ("", root)]
        self._found_path = [entry for entry in self._path if os.path.exists(entry)]
        sys.excepthook = sys.__excepthook__
        self._outputs = [os.fstat(descriptor) for descriptor in (1, 2)]
        self._library = {
            name: (module, {key: value for key, value in vars(module).items() if _is_fixed(value)})
            for name, module in sys.modules.items()
            if type(module) is ModuleType and name not in {"__main__", "builtins"}
        }

    def regain_control(self) -> None:
        """Let our own code run as it should once a program has ended: put builtins and the recursion limit back."""
        self._restore_builtins()
        sys.setrecursionlimit(BASE_RECURSION_LIMIT)

    def restore(self) -> None:
        """Undo a program's changes to builtins, environment, paths, limits and modules, and seed `random` anew."""
        sys.settrace(None)
        sys.setprofile(None)
        self.regain_control()
        os.environ.clear()
        os.environ.update(self._environ)
        sys.meta_path[:] = self._meta_path
        sys.path[:] = [self._root, *self._path]
        sys.excepthook = sys.__excepthook__
        signal.signal(signal.SIGINT, signal.default_int_handler)
        decimal.setcontext(decimal.Context())
        warnings.filters[:] = self._warning_filters
        self._forget_modules()
        self._reset_logging()
        random.seed()
        gc.enable()

    def is_worn(self) -> bool:
        """Whether a program has changed what `restore` does not bring back.

        That is: functions and classes of the library (`random.randint = 5`), its files, or what stands behind
        descriptors 1 and 2. Packages loaded by programs are not looked at.
        """
        try:
            return not (self._is_library_whole() and self._are_outputs_whole())
        except Exception:  # noqa: BLE001 - what this check itself needs may be gone
            return True

    def _is_library_whole(self) -> bool:
        for name, (module, fixed) in self._library.items():
            now = vars(module)
            if sys.modules.get(name) is not module or any(now.get(key) is not value for key, value in fixed.items()):
                return False
        return all(os.path.exists(entry) for entry in self._found_path)

    def _are_outputs_whole(self) -> bool:
        return all(
            (now.st_dev, now.st_ino) == (then.st_dev, then.st_ino)
            for now, then in zip(map(os.fstat, (1, 2)), self._outputs, strict=True)
        )

    def _restore_builtins(self) -> None:
        now = self._builtin_names
        # Restored before anything is removed: this very code needs them.
        now.update(self._builtins)
        for name in now.keys() - self._builtins.keys():
            del now[name]

    def _forget_modules(self) -> None:
        for name, module in list(sys.modules.items()):
            if self._is_of_project(module):
                del sys.modules[name]
        for path in list(sys.path_importer_cache):
            if path.startswith(self._root):
                del sys.path_importer_cache[path]
        importlib.invalidate_caches()

    def _is_of_project(self, module: ModuleType) -> bool:
        file = getattr(module, "__file__", None)
        # A folder without `__init__.py` is a package without a file.
        places = [file] if file else list(getattr(module, "__path__", ()))
        return any(isinstance(place, str) and f"{place}/".startswith(f"{self._root}/") for place in places)

    def _reset_logging(self) -> None:
        logging = sys.modules.get("logging")
        if logging is not None:
            for handler in list(logging.root.handlers):
                logging.root.removeHandler(handler)
            logging.root.setLevel(logging.WARNING)
            logging.disable(logging.NOTSET)


def _is_fixed(value: Any) -> bool:
    return callable(value) or isinstance(value, (ModuleType, float))
