from __future__ import annotations

import posixpath
import re
from functools import cache, lru_cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

register = template.Library()

_IMPORT = re.compile(r"""(?:^|[\n;])\s*(?:import(?!\s*\()|export)\b[^;]*?["'](\.\.?/[^"']+)["']""")


@register.simple_tag
def module_preloads(*names: str) -> SafeString:
    """Links that load modules and all they import at once, instead of one level of imports after the other."""
    return _links(names, static(names[0]))


@lru_cache(maxsize=32)
def _links(names: tuple[str, ...], _address: str) -> SafeString:
    # The address of the first stands for all others: they have a hash in them, or they have not.
    paths = dict.fromkeys(path for name in names for path in _graph(name))
    return format_html_join("\n", '<link rel="modulepreload" href="{}">', ((static(path),) for path in paths))


@cache
def modules_in_order(name: str) -> tuple[str, ...]:
    """The module and everything it imports, each after all that it imports itself."""
    ordered: dict[str, None] = {}
    for target in _imports(name):
        ordered |= dict.fromkeys(modules_in_order(target))
    return (*ordered, name)


@cache
def _graph(name: str) -> tuple[str, ...]:
    """The module and everything it imports, nearest first."""
    found = [name]
    for path in found:
        found += [imported for imported in _imports(path) if imported not in found]
    return tuple(found)


def _imports(name: str) -> list[str]:
    source = finders.find(name)
    if not source:
        raise LookupError(f"{name} is imported, but there is no such static file: run “make setup”.")
    targets = _IMPORT.findall(Path(str(source)).read_text())
    return [posixpath.normpath(posixpath.join(posixpath.dirname(name), target)) for target in targets]
