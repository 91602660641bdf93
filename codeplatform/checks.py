"""What Django's own checks do not know about this site. Each says what to do.

Those that ask the database run with `check --database default`, those of `--deploy` with that.
"""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.db import connections

from frontend.runtime.current import POINTER_NAME, current_runtime

ISOLATION = "codeplatform.middleware.IsolationMiddleware"
NUMBERS = "codeplatform.insight.requests.RequestMiddleware"
# Sessions, deadlines and the waits after wrong passwords are reckoned by both clocks.
MOST_SKEW_S = 5


@register()
def check_runtime(**kwargs: Any) -> list[CheckMessage]:
    if current_runtime() is None:
        hint = "Run `manage.py build_runtime`; until then pages open and save, but no program runs."
        return [Warning("The Python runtime is not built.", hint=hint, id="codeplatform.W001")]
    return []


@register(Tags.security)
def check_isolation(**kwargs: Any) -> list[CheckMessage]:
    """What stands before the isolation headers answers without them."""
    before = [name for name in settings.MIDDLEWARE[: _place_of(ISOLATION)] if name != NUMBERS]
    if ISOLATION in settings.MIDDLEWARE and not before:
        return []
    hint = f"Put {ISOLATION} into MIDDLEWARE, with nothing but {NUMBERS} before it."
    return [Error("Some answers have no isolation headers: no program would run.", hint=hint, id="codeplatform.E001")]


@register(Tags.security)
def check_proxies(**kwargs: Any) -> list[CheckMessage]:
    odd = [proxy for proxy in settings.TRUSTED_PROXIES if not _is_address(proxy)]
    if not odd:
        return []
    hint = "Write each proxy's address, such as 10.0.0.2; networks and names are not understood."
    return [Error(f"TRUSTED_PROXIES holds {odd[0]!r}, which is no address.", hint=hint, id="codeplatform.E002")]


@register(Tags.security, deploy=True)
def check_client_addresses(**kwargs: Any) -> list[CheckMessage]:
    """Behind a proxy that is not believed, all clients have one address: the proxy's."""
    host = os.environ.get("HOST") or "127.0.0.1"
    is_alone = _is_address(host) and ip_address(host).is_loopback
    proxies = [ip_address(proxy) for proxy in settings.TRUSTED_PROXIES if _is_address(proxy)]
    is_behind_proxy = settings.SECURE_PROXY_SSL_HEADER is not None
    if not is_behind_proxy or (proxies and (is_alone or not all(proxy.is_loopback for proxy in proxies))):
        return []
    hint = (
        "Set TRUSTED_PROXIES to the proxy's address, as gunicorn sees it, and have the proxy set X-Real-IP; else wrong "
        "passwords of anybody make everybody wait."
    )
    return [Warning("All clients would have the address of the proxy.", hint=hint, id="codeplatform.W003")]


@register(deploy=True)
def check_sqlite(**kwargs: Any) -> list[CheckMessage]:
    workers = os.environ.get("WEB_CONCURRENCY", "")
    is_sqlite = settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
    if not is_sqlite or workers == "1":
        return []
    hint = "Set DATABASE_URL to a PostgreSQL database, or WEB_CONCURRENCY=1 for a site of one class."
    text = "Several processes would write one SQLite file, in which only one can write at a time."
    return [Warning(text, hint=hint, id="codeplatform.W002")]


@register(deploy=True)
def check_mail(**kwargs: Any) -> list[CheckMessage]:
    """Registrations of interest are all that mail is sent about; they are kept without it, too."""
    if settings.SENDS_MAIL and not settings.INTEREST_EMAIL:
        hint = "Set INTEREST_EMAIL to the address of whoever answers them."
        return [Warning("Nobody is told of registrations of interest.", hint=hint, id="codeplatform.W004")]
    if settings.INTEREST_EMAIL and not settings.SENDS_MAIL:
        hint = "Set EMAIL_URL and DEFAULT_FROM_EMAIL; registrations are kept in the administration until then."
        text = f"No mail is sent, so {settings.INTEREST_EMAIL} is not told of registrations of interest."
        return [Warning(text, hint=hint, id="codeplatform.W004")]
    return []


@register()
def check_clock(**kwargs: Any) -> list[CheckMessage]:
    """No clock can show a time before the program was installed."""
    known = (Path(__file__), Path(settings.RUNTIME_DIR) / POINTER_NAME)
    installed_s = max(path.stat().st_mtime for path in known if path.exists())
    # A day: files may come out of an archive that was made in another time zone.
    if time.time() > installed_s - 24 * 3600:
        return []
    shown = datetime.now(UTC).strftime("%d %B %Y, %H:%M UTC")
    hint = "Set it, and have it kept right: `timedatectl set-ntp true`."
    text = f"The clock of this host shows {shown}, which is before this release was installed."
    return [Error(text, hint=hint, id="codeplatform.E003")]


@register(Tags.database)
def check_clock_of_database(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    if "default" not in (databases or ()) or connections["default"].vendor != "postgresql":
        return []
    with connections["default"].cursor() as cursor:
        before_s = time.time()
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        after_s = time.time()
        theirs_s = float(cursor.fetchone()[0])
    skew_s = max(before_s - theirs_s, theirs_s - after_s)
    if skew_s <= MOST_SKEW_S:
        return []
    hint = "Have the clocks of both hosts kept right: `timedatectl set-ntp true` on each."
    text = f"The clock of the database differs by {skew_s:.0f} seconds from the clock of this host."
    return [Warning(text, hint=hint, id="codeplatform.W005")]


def _place_of(middleware: str) -> int:
    return settings.MIDDLEWARE.index(middleware) if middleware in settings.MIDDLEWARE else 0


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
