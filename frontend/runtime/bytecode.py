"""Compiles the modules of an archive. Runs inside Pyodide: only its own Python writes bytecode it can read."""

from __future__ import annotations

import importlib.util
import marshal
import sys
import warnings
import zipfile

_UNCHECKED_HASH = (1).to_bytes(4, "little")  # PEP 552: valid without a look at the source


def compile_archive(source: str, target: str, prefix: str, is_zipimported: bool) -> int:
    """Write the bytecode of each module in the zip at `source` into a zip at `target`; the number of modules.

    `prefix` is the folder where the modules will stand, for tracebacks. With `is_zipimported` the bytecode is named
    as zipimport looks for it (`x.pyc` beside `x.py`), else as the file system does (`__pycache__`). Tests are left
    out, and modules that do not compile.
    """
    count = 0
    warnings.simplefilter("ignore")
    with zipfile.ZipFile(source) as modules, zipfile.ZipFile(target, "w") as compiled:
        for name in sorted(modules.namelist()):
            folder, _, stem = name.removesuffix(".py").rpartition("/")
            if not name.endswith(".py") or "tests" in folder.split("/"):
                continue
            text = modules.read(name)
            try:
                code = compile(text, prefix + name, "exec", dont_inherit=True, optimize=0)
            except (SyntaxError, ValueError):
                continue
            header = importlib.util.MAGIC_NUMBER + _UNCHECKED_HASH + importlib.util.source_hash(text)
            cached = f"{folder}/__pycache__/{stem}.{sys.implementation.cache_tag}.pyc".lstrip("/")
            compiled.writestr(name + "c" if is_zipimported else cached, header + marshal.dumps(code))
            count += 1
    return count
