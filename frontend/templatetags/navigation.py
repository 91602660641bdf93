from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse

register = template.Library()


@register.inclusion_tag("_nav_link.html", takes_context=True)
def nav_link(context: Context, name: str, text: str) -> dict[str, Any]:
    """A link to the page of that URL name, without arguments. It says when it leads to this page, or to its section.

    Raises NoReverseMatch when no URL has the name.
    """
    address = reverse(name)
    here = context["request"].path
    current = "page" if here == address else "true" if here.startswith(address) and address != "/" else ""
    return {"address": address, "text": text, "current": current}
