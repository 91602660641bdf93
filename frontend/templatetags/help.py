from __future__ import annotations

from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import json_script
from django.utils.safestring import SafeString

from frontend.runtime.current import Runtime, current_runtime
from frontend.runtime.names import file_of, parts

register = template.Library()


@register.simple_tag
def help_config() -> SafeString:
    """Where the page finds what helps while typing, as JSON in a script element `help-config`.

    `names` are the addresses of what the runtime says of itself; `installed` the modules of its packages.
    """
    return _script(current_runtime(), static("linting/worker.js"), static("vendor/ruff.wasm"))


@lru_cache(maxsize=2)
def _script(runtime: Runtime | None, lint_worker: str, ruff: str) -> SafeString:
    files = runtime.files if runtime else {}
    base = f"/runtime/{runtime.version}/" if runtime else ""
    packages = runtime.packages.values() if runtime else []
    config = {
        "lint_worker": lint_worker,
        "ruff": ruff,
        "names": {part: f"{base}{file_of(part)}" for part in parts() if file_of(part) in files},
        "installed": sorted({name for package in packages for name in package.imports if not name.startswith("_")}),
    }
    return json_script(config, "help-config")
