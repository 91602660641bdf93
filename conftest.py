"""What every test gets: settings that need no environment, the fixed cast, cheap passwords."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from itertools import chain, zip_longest
from pathlib import Path

import django
import pytest
from django.db import connections
from django.test import override_settings

# pytest-django would read the settings before this file if pyproject.toml named them.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "codeplatform.settings")
os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("HTTPS", "off")
os.environ.setdefault("DEBUG", "off")
# Playwright's event loop is there, asleep, whenever the browser is; Django takes it for one that runs this test.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "on")
django.setup()

pytest_plugins = ["codeplatform.testing"]


_DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_itemcollected(item: pytest.Item) -> None:
    """What asks no database need not run once more on another one."""
    asks = _DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
    if asks or item.get_closest_marker("django_db"):
        item.add_marker(pytest.mark.database)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """
    What takes longest begins first: a process that began a long file last would keep all others waiting. Files that
    drive a browser mostly wait, those that are heavy compute: they take turns.
    """
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    browser: list[list[pytest.Item]] = []
    heavy: list[list[pytest.Item]] = []
    others: list[list[pytest.Item]] = []
    for file in sorted(files.values(), key=len, reverse=True):
        marks = {mark.name for item in file for mark in item.iter_markers()}
        (heavy if "heavy" in marks else browser if "browser" in marks else others).append(file)
    nothing: list[pytest.Item] = []
    first = chain.from_iterable(zip_longest(browser[::2], browser[1::2], heavy, fillvalue=nothing))
    items[:] = chain.from_iterable([*first, *others])


@pytest.fixture(autouse=True)
def _undisturbed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests of several processes run side by side, but for those marked `alone`."""
    folder = tmp_path_factory.getbasetemp().parent
    kind = fcntl.LOCK_EX if request.node.get_closest_marker("alone") else fcntl.LOCK_SH
    with (folder / "turn").open("w") as turn, (folder / "tests").open("w") as running:
        # Whoever waits keeps the turn: the tests of the other processes cannot overtake for ever.
        fcntl.flock(turn, fcntl.LOCK_EX)
        fcntl.flock(running, kind)
        fcntl.flock(turn, fcntl.LOCK_UN)
        yield


@pytest.fixture(scope="session", autouse=True)
def _test_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Plain static files straight from the sources, no runtime, and passwords that cost nothing to check."""
    storages = {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES=storages,
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        RUNTIME_DIR=tmp_path_factory.mktemp("runtime"),
        WHITENOISE_USE_FINDERS=True,
        # Looked for when they are asked for: to list them all is most of what a new client would do.
        WHITENOISE_AUTOREFRESH=True,
        SECURE_SSL_REDIRECT=False,
    ):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    tmp_path_factory: pytest.TempPathFactory, django_db_modify_db_settings_xdist_suffix: None
) -> None:
    """SQLite in a file: threads cannot wait for one another in a database that is in memory."""
    settings = connections["default"].settings_dict
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["TEST"]["NAME"] = str(Path(tmp_path_factory.mktemp("database")) / "test.sqlite3")
