"""What the page Technology says of the system that serves it: names and versions, asked of the system itself."""

from __future__ import annotations

import platform
import sqlite3
from dataclasses import dataclass
from importlib.metadata import version

import django
from django.db import connection
from django.utils.translation import gettext as _

from frontend.runtime.current import Runtime


@dataclass(frozen=True)
class Part:
    """A part of the stack: where it works, its name with its version, what it does here."""

    place: str
    name: str
    work: str


def parts(runtime: Runtime | None) -> list[Part]:
    """The stack from the student's program to the host; without a runtime the versions of Python there are left out."""
    python = f"Python {runtime.python}, Pyodide {runtime.pyodide}" if runtime else "Python, Pyodide"
    return [
        Part(
            _("Programs"),
            python,
            _("CPython, compiled to WebAssembly. It runs on the student’s device, in a worker of a sandboxed frame."),
        ),
        Part(
            _("Concurrency"),
            _("Web Worker, shared memory"),
            _(
                "A program has a thread of its own, so the page stays quick, input() can wait for an answer, and Stop "
                "works within a second, whatever the program does."
            ),
        ),
        Part(
            _("Editor"),
            "CodeMirror 6",
            _("Highlighting, completion and hints while typing; by keyboard, by touch and with a screen reader."),
        ),
        Part(
            _("Pages"),
            "HTML, CSS, JavaScript",
            _("Plain, as ES modules, with no framework. Everything is loaded from this host."),
        ),
        Part(
            _("Server"),
            f"Django {django.get_version()}, Python {platform.python_version()}",
            _("Accounts, schools, classes, projects, exercises, hand-ins and marks. It runs no student’s code."),
        ),
        Part(
            _("Database"),
            _database(),
            _("Keeps every saved version of every file, and adds to marks without overwriting any."),
        ),
        Part(
            _("Host"),
            f"gunicorn {version('gunicorn')}, nginx",
            _("One ordinary Linux host, with TLS. There is no other service to rent or to trust."),
        ),
    ]


def _database() -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    return f"{connection.display_name} {'.'.join(map(str, connection.get_database_version()))}"
