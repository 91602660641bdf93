"""Settings from the environment: every value is checked, and a wrong one stops the start with a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

_reader = environ.Env()
_TRUE = {"1", "on", "true", "yes"}
_FALSE = {"0", "off", "false", "no", ""}
# A scheme, or a host with or without scheme, wildcard, port and path (https://www.w3.org/TR/CSP3/#framework-directive-source-list)
_POLICY_SOURCE = re.compile(
    r"(https?|wss?):|\*|((https?|wss?)://)?(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:(\d{1,5}|\*))?(/[\w.~%/@-]*)?",
    re.IGNORECASE,
)
# https://www.rfc-editor.org/rfc/rfc6409, https://www.rfc-editor.org/rfc/rfc8314
_MAIL_PORTS = {"": 25, "tls": 587, "ssl": 465}
_MAIL_SERVER = (
    "must be smtp+tls://user:password@host:port, or begin with smtp+ssl:// or smtp://; write @, : and / in a user "
    "name or password as %40, %3A and %2F."
)


def read_env_file(path: Path) -> None:
    """Add the variables of a `.env` file to the environment; those already set win."""
    if path.is_file():
        environ.Env.read_env(str(path))


def text(name: str, default: str | None = None) -> str:
    """The variable as text.

    Raises ImproperlyConfigured when it is missing (or empty) and has no default.
    """
    value = str(_reader.str(name, default="")).strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"Set {name} in the environment or in .env; the README says what it holds.")
    return default


def flag(name: str, *, default: bool) -> bool:
    """The variable as on or off.

    Raises ImproperlyConfigured for a word that is neither.
    """
    raw = str(_reader.str(name, default="on" if default else "off")).strip().lower()
    if raw in _TRUE:
        return True
    if raw in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name}={raw!r} is neither on nor off; set it to one of the two.")


def number(name: str, default: int, *, lowest: int, highest: int) -> int:
    """The variable as a whole number.

    Raises ImproperlyConfigured for anything else, and outside of `lowest` to `highest`.
    """
    raw = text(name, str(default))
    if not raw.isascii() or not raw.isdigit() or not lowest <= int(raw[:9]) <= highest:
        raise ImproperlyConfigured(f"{name}={raw!r} must be a whole number from {lowest} to {highest}.")
    return int(raw)


def choice(name: str, default: str, known: list[str]) -> str:
    """The variable as one of the known words, in small letters.

    Raises ImproperlyConfigured for any other.
    """
    value = text(name, default).lower()
    if value not in known:
        raise ImproperlyConfigured(f"{name}={value!r} is not known here; set it to one of these: {', '.join(known)}.")
    return value


def words(name: str, default: str = "") -> list[str]:
    """The variable as a list, split at commas and white space."""
    return text(name, default).replace(",", " ").split() if (default or text(name, " ").strip()) else []


def policy_sources(name: str, default: str) -> str:
    """The variable as the source list of a Content Security Policy: schemes and hosts between spaces, or `'none'`.

    Raises ImproperlyConfigured for anything else: a stray semicolon would end the policy there.
    """
    sources = text(name, default).split()
    if sources == ["'none'"]:
        return "'none'"
    odd = [source for source in sources if not _POLICY_SOURCE.fullmatch(source)]
    if odd:
        raise ImproperlyConfigured(
            f"{name} holds {odd[0]!r}, which is no source: write https: for all servers, addresses such as "
            "https://api.example.org or *.example.org between spaces, or 'none' for no server at all."
        )
    return " ".join(sources)


def local_address(name: str) -> tuple[str, int] | None:
    """The variable as an address that only this host reaches, `127.0.0.1:9100`; None where it is not set.

    Raises ImproperlyConfigured for anything else.
    """
    address = text(name, "")
    if not address:
        return None
    host, _, port = address.rpartition(":")
    try:
        is_local = ip_address(host.strip("[]")).is_loopback and 0 < int(port) < 65536
    except ValueError:
        is_local = False
    if not is_local:
        raise ImproperlyConfigured(f"{name}={address!r} must be an address of this host alone, such as 127.0.0.1:9100.")
    return host.strip("[]"), int(port)


def report_address(name: str) -> str:
    """The variable as the address of a server for reports of errors, with its key; empty where it is not set.

    Raises ImproperlyConfigured unless it is `https://key@host/number`. The sentence does not repeat the key.
    """
    address = text(name, "")
    try:
        parts = urlsplit(address)
        is_whole = parts.scheme in {"https", "http"} and parts.username and parts.hostname and parts.path.strip("/")
    except ValueError:
        is_whole = False
    if address and not is_whole:
        raise ImproperlyConfigured(f"{name} must be https://key@host/number, as the server for reports gives it out.")
    return address


def mail_address(name: str, default: str | None) -> str:
    """The variable as an e-mail address, `somebody@example.org` and nothing around it.

    Raises ImproperlyConfigured for anything else, and when it is missing and has no default.
    """
    address = text(name, default)
    try:
        if address:
            validate_email(address)
    except ValidationError:
        raise ImproperlyConfigured(f"{name}={address!r} is no e-mail address such as office@example.org.") from None
    return address


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over; `security` is `tls` (STARTTLS), `ssl` (TLS from the first byte) or empty."""

    host: str
    port: int
    user: str
    password: str
    security: str


def mail_server(name: str) -> MailServer | None:
    """The variable as a mail server; None where it is not set.

    Raises ImproperlyConfigured unless it is an address that begins with smtp://, smtp+tls:// or smtp+ssl://. The
    sentence does not repeat the address, in which there may be a password.
    """
    address = text(name, "")
    if not address:
        return None
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(f"{name} {_MAIL_SERVER}") from None
    scheme, _, security = parts.scheme.partition("+")
    if scheme != "smtp" or security not in _MAIL_PORTS or not parts.hostname or parts.path.strip("/"):
        raise ImproperlyConfigured(f"{name} {_MAIL_SERVER}")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(parts.hostname, port or _MAIL_PORTS[security], user, password, security)


def database(name: str, default: str) -> dict[str, Any]:
    """The variable as one entry of Django's DATABASES.

    Raises ImproperlyConfigured unless it is a `postgres://` or a `sqlite:///` address.
    """
    address = text(name, default)
    config: dict[str, Any] = environ.Env.db_url_config(address)
    if config.get("ENGINE") not in {"django.db.backends.postgresql", "django.db.backends.sqlite3"}:
        raise ImproperlyConfigured(
            f"{name} must be postgres://user:password@host:port/name or sqlite:////path/to/file.sqlite3."
        )
    return config
