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

BASE_RECURSION_LIMIT = sys.getrecursionlimit()


class FreshState:
    """Remembers the interpreter as it is now; `restore` brings it back to that."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._builtins = dict(vars(builtins))
        self._environ = dict(os.environ)
        self._meta_path = list(sys.meta_path)
        self._warning_filters = list(warnings.filters)
        self._path = [entry for entry in sys.path if entry not in ("", root)]

    def restore(self) -> None:
        """Undo a program's changes to builtins, environment, paths, limits and modules, and seed `random` anew."""
        sys.settrace(None)
        sys.setprofile(None)
        sys.setrecursionlimit(BASE_RECURSION_LIMIT)
        self._restore_builtins()
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
        gc.collect()

    def _restore_builtins(self) -> None:
        now = vars(builtins)
        # Restored before anything is removed: this very code needs them.
        now.update(self._builtins)
        for name in now.keys() - self._builtins.keys():
            del now[name]

    def _forget_modules(self) -> None:
        for name, module in list(sys.modules.items()):
            file = getattr(module, "__file__", None)
            if isinstance(file, str) and file.startswith(f"{self._root}/"):
                del sys.modules[name]
        for path in list(sys.path_importer_cache):
            if path.startswith(self._root):
                del sys.path_importer_cache[path]
        importlib.invalidate_caches()

    def _reset_logging(self) -> None:
        logging = sys.modules.get("logging")
        if logging is not None:
            for handler in list(logging.root.handlers):
                logging.root.removeHandler(handler)
            logging.root.setLevel(logging.WARNING)
            logging.disable(logging.NOTSET)
