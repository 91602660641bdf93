"""The network address a request comes from, which nobody but our own proxy can make up."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """The address of the browser; None when it cannot be known.

    A proxy says it in X-Real-IP, which is believed only of the proxies in TRUSTED_PROXIES and of whoever reaches
    gunicorn through its Unix socket (there the peer has no address). X-Forwarded-For and Forwarded, to which every
    client can add, are never read.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    if not peer or peer in settings.TRUSTED_PROXIES:
        return _valid(request.META.get("HTTP_X_REAL_IP", "")) or _valid(peer)
    return _valid(peer)


def _valid(address: str) -> str | None:
    try:
        return str(ip_address(address.strip()))
    except ValueError:
        return None
