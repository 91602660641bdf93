from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from frontend.compatibility import COMPATIBILITY_FILE, CompatibilityError, compatibility_tables


@register()
def check_compatibility(**kwargs: Any) -> list[CheckMessage]:
    try:
        compatibility_tables()
    except (OSError, CompatibilityError) as error:
        hint = f"Correct {COMPATIBILITY_FILE.name}: the head of that file says what a row needs."
        return [Error(str(error), hint=hint, id="frontend.E001")]
    return []
