"""For whatever watches the server: is the process alive, and can it do its work."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from accounts.http import json_answer
from frontend.runtime.current import current_runtime


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; the database is not asked."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, migrations and runtime, each true or false; 503 unless all are true."""
    ready: dict[str, object] = {**_database(), "runtime": current_runtime() is not None}
    return json_answer(ready, status=200 if all(ready.values()) else 503)


def _database() -> dict[str, bool]:
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return {"database": False, "migrations": False}
    return {"database": True, "migrations": not pending}
