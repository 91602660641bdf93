"""Rules that SQLite keeps by triggers: taken down before a migration and put up again after it.

Django alters an SQLite table by making it anew. The triggers on it are lost then, and those that name it in their
conditions stop the migration (https://www.sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema
Changes"). PostgreSQL's rules live in ordinary migrations.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate, pre_migrate


def keep(app: AppConfig, triggers: Mapping[str, str]) -> None:
    """Keep these triggers on SQLite; each name maps to what stands after it, from BEFORE to END."""

    def drop(using: str, **kwargs: Any) -> None:
        if (connection := connections[using]).vendor == "sqlite":
            _run(connection, *(f"DROP TRIGGER IF EXISTS {name}" for name in triggers))

    def create(using: str, **kwargs: Any) -> None:
        connection = connections[using]
        tables = {model._meta.db_table for model in app.get_models()}
        if connection.vendor == "sqlite" and tables <= set(connection.introspection.table_names()):
            _run(connection, *(f"CREATE TRIGGER IF NOT EXISTS {name} {rest}" for name, rest in triggers.items()))

    # The receivers are closures, which a weak reference would not keep.
    pre_migrate.connect(drop, sender=app, weak=False, dispatch_uid=f"{app.label}.drop_triggers")
    post_migrate.connect(create, sender=app, weak=False, dispatch_uid=f"{app.label}.create_triggers")


def _run(connection: BaseDatabaseWrapper, *statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
