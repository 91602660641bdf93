from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from frontend.runtime.current import current_runtime


@register()
def check_runtime(**kwargs: Any) -> list[CheckMessage]:
    if current_runtime() is None:
        hint = "Run `manage.py build_runtime`; until then pages open and save, but no program runs."
        return [Warning("The Python runtime is not built.", hint=hint, id="codeplatform.W001")]
    return []
