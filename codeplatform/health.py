"""For whatever watches the server: is the process alive, and can it do its work."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from accounts.http import json_answer
from codeplatform.error_pages import RETRY_AFTER_S
from codeplatform.outages import is_outage
from frontend.runtime.current import current_runtime


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; the database is not asked."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, migrations and runtime, each true or false; 503 unless all are true. Asks the database one question."""
    ready: dict[str, object] = {**_database(), "runtime": _is_runtime_whole()}
    if all(ready.values()):
        return json_answer(ready)
    response = json_answer(ready, status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return response


def _database() -> dict[str, bool]:
    """Migrations that this code does not know are those of a newer release, which is being put in."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT app, name FROM django_migrations")
            applied = set(cursor.fetchall())
    except (DatabaseError, InterfaceError) as error:
        # Without that table the database is there, and empty. SQLite has one error for this and for a lock.
        return {"database": not is_outage(error) or "no such table" in str(error), "migrations": False}
    return {"database": True, "migrations": _known_migrations() <= applied}


@cache
def _known_migrations() -> set[tuple[str, str]]:
    return set(MigrationLoader(None).disk_migrations)


def _is_runtime_whole() -> bool:
    """Whether every file is there with its size; their hashes are looked at by `build_runtime --check`."""
    runtime = current_runtime()
    try:
        return runtime is not None and all(
            (runtime.folder / name).stat().st_size == file.size for name, file in runtime.files.items()
        )
    except OSError:
        return False
