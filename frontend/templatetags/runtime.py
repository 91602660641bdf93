from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import json_script
from django.utils.safestring import SafeString

from frontend.runtime.current import Runtime, current_runtime
from frontend.templatetags.modules import modules_in_order

register = template.Library()

# What every program needs; the wheels come when an import asks for them.
CORE_FILES = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "python_stdlib.zip",
    "pyodide-lock.json",
    "snapshot-jspi.bin",
    "snapshot-plain.bin",
)
PYTHON_FOLDER = "python"


@register.simple_tag
def runtime_config() -> SafeString:
    """Where the page finds the runtime, as JSON in a script element `runtime-config`; null when none is built."""
    runtime = current_runtime()
    if runtime is None:
        return json_script(None, "runtime-config")
    return _script(runtime, settings.PROGRAM_MEMORY_MB, static("sandbox/worker.js"))


@lru_cache(maxsize=2)
def _script(runtime: Runtime, memory_mb: int, _worker: str) -> SafeString:
    # The worker's address stands for all others: they have a hash in them, or they have not.
    core = {name: runtime.files[name] for name in CORE_FILES if name in runtime.files}
    config: dict[str, Any] = {
        "version": runtime.version,
        "base": f"/runtime/{runtime.version}/",
        "pyodide": runtime.pyodide,
        "python": runtime.python,
        "memory_limit_bytes": memory_mb * 1024 * 1024,
        "package_bytes": {p.file: runtime.files[p.file].size for p in runtime.packages.values()},
        "core": {name: {"size": file.size, "sha256": file.sha256} for name, file in core.items()},
        "frame": reverse("frontend:sandbox-frame"),
        "worker_modules": [static(name) for name in modules_in_order("sandbox/worker.js")],
        "python_files": {name: static(f"{PYTHON_FOLDER}/{name}") for name in _python_files()},
    }
    return json_script(config, "runtime-config")


def _python_files() -> list[str]:
    folder = finders.find(f"{PYTHON_FOLDER}/")
    if not folder:
        return []
    return sorted(path.relative_to(folder).as_posix() for path in Path(folder).rglob("*.py"))
