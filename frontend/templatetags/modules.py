from __future__ import annotations

import posixpath
import re
from functools import cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

_IMPORT = re.compile(r"""(?:^|[\n;])\s*(?:import|export)\b[^;]*?["'](\.\.?/[^"']+)["']""")


@register.simple_tag
def module_preloads(*names: str) -> SafeString:
    """Links that load modules and all they import at once, instead of one level of imports after the other."""
    paths = dict.fromkeys(path for name in names for path in _graph(name))
    return format_html_join("\n", '<link rel="modulepreload" href="{}">', ((static(path),) for path in paths))


@cache
def _graph(name: str) -> tuple[str, ...]:
    """The module and everything it imports, nearest first."""
    found = [name]
    for path in found:
        source = finders.find(path)
        if not source:
            raise LookupError(f"{path} is imported by {name}, but there is no such static file: run “make setup”.")
        for target in _IMPORT.findall(Path(str(source)).read_text()):
            imported = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            if imported not in found:
                found.append(imported)
    return tuple(found)
