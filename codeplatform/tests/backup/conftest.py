"""Databases of these tests' own: one that holds a school after a term, and empty ones to restore into."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from codeplatform.tests.backup.a_term import make_term

_numbers = itertools.count()


@contextmanager
def site_on(name: str) -> Iterator[None]:
    """The site, with another database than the tests' own."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@contextmanager
def a_database(folder: Path, template: str = "") -> Iterator[str]:
    """A new database, empty or like the template; gone afterwards."""
    number = f"{os.getpid()}_{next(_numbers)}"
    connection.close()
    if connection.vendor == "sqlite":
        path = folder / f"{number}.sqlite3"
        if template:
            shutil.copy(template, path)
        yield str(path)
        return
    name = f"backup_{number}"
    with connection._nodb_cursor() as cursor:
        # Whoever is connected to a template keeps it from being copied: threads of earlier tests, which have ended.
        cursor.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [template])
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template or 'template0'}")
    try:
        yield name
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def term(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The database of a school after a term. Tests read it; who writes takes a copy."""
    with django_db_blocker.unblock():
        own = str(connection.settings_dict["NAME"])
        with a_database(tmp_path_factory.mktemp("term"), own) as name:
            with site_on(name):
                make_term()
            yield name


@pytest.fixture
def backups(tmp_path: Path, settings: Settings) -> Path:
    """Where `manage.py backup` writes."""
    settings.BACKUP_DIR = tmp_path / "backups"
    return tmp_path / "backups"


@pytest.fixture
def site(transactional_db: None, backups: Path) -> Iterator[Callable[[str], object]]:
    """Puts the site on the database with this name until the test ends or it is put on another one."""
    before = connection.settings_dict["NAME"]

    def move(name: str) -> None:
        connection.close()
        connection.settings_dict["NAME"] = name

    yield move
    move(before)


@pytest.fixture
def empty(transactional_db: None, tmp_path: Path, term: str) -> Iterator[str]:
    """The name of a database with nothing in it."""
    with a_database(tmp_path) as name:
        yield name


@pytest.fixture
def migrated(transactional_db: None, tmp_path: Path, term: str) -> Iterator[str]:
    """The name of a database as `manage.py migrate` leaves it."""
    with a_database(tmp_path, str(connection.settings_dict["NAME"])) as name:
        yield name


@pytest.fixture
def copy(transactional_db: None, tmp_path: Path, term: str) -> Iterator[str]:
    """The name of a database like `term`, to write to."""
    with a_database(tmp_path, term) as name:
        yield name
