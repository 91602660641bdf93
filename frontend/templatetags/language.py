from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from frontend.catalogue import catalogue_address

register = template.Library()


@register.simple_tag
def catalogue_script() -> SafeString | str:
    """The script element that brings the JavaScript texts of the page's language; nothing in English."""
    address = catalogue_address()
    return format_html('<script src="{}"></script>', address) if address else ""
