from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import json_script
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def help_config() -> SafeString:
    """Where the page finds what helps while typing, as JSON in a script element `help-config`."""
    return json_script({"lint_worker": static("linting/worker.js"), "ruff": static("vendor/ruff.wasm")}, "help-config")
