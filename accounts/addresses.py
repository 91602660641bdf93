"""The network address a request comes from, which nobody but our own proxy can make up."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

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


def network_of(address: str | None) -> str:
    """What stands for all who can come from the address: whoever has an IPv6 address has all of its /64."""
    if address is None:
        return "unknown"
    return str(ip_network((address, 64 if ip_address(address).version == 6 else 32), strict=False))


def _valid(address: str) -> str | None:
    try:
        return str(ip_address(address.strip()))
    except ValueError:
        return None
