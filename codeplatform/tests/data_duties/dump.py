"""The whole database as text, to look for what should not be there any more (or still be there)."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import sqlite3
import subprocess
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import connection


def whole_database() -> str:
    """Every row of every table as the database's own dump writes it, and what is packed inside sessions."""
    rows = _postgres_dump() if connection.vendor == "postgresql" else _sqlite_dump()
    assert len(rows) > 1000
    return rows + "\n".join(json.dumps(session.get_decoded()) for session in Session.objects.all())


def is_in(dump: str, marker: str) -> bool:
    """Whether the marker is there as text, escaped as JSON does it, in hexadecimal or in base64 at any offset."""
    raw = marker.encode()
    spellings = {marker, json.dumps(marker)[1:-1], raw.hex(), raw.hex().upper()}
    for offset in range(3):
        encoded = base64.b64encode(bytes(offset) + raw).decode().rstrip("=")
        spellings.add(encoded[offset + 1 if offset else 0 : -1])
    return any(spelling in dump for spelling in spellings)


def _postgres_dump() -> str:
    settings = connection.settings_dict
    program = shutil.which("pg_dump") or str(max(Path("/usr/lib/postgresql").glob("*/bin/pg_dump")))
    where = {"PGHOST": settings["HOST"], "PGPORT": str(settings["PORT"]), "PGUSER": settings["USER"]}
    done = subprocess.run(
        [program, "--data-only", settings["NAME"]],
        env={**os.environ, **where, "PGPASSWORD": settings["PASSWORD"]},
        capture_output=True,
        check=True,
    )
    # pg_dump guards each dump with a word of its own (CVE-2025-8714).
    return re.sub(r"^\\(un)?restrict .*$", "", done.stdout.decode(), flags=re.MULTILINE)


def _sqlite_dump() -> str:
    with sqlite3.connect(connection.settings_dict["NAME"]) as database:
        lines = "\n".join(database.iterdump())
    database.close()
    return lines
