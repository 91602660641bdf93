"""What a backup says of itself, and whether this site can take it in."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from codeplatform.backup.refusal import Refused
from codeplatform.backup.snapshots import Engine, Migrations
from codeplatform.backup.tables import Table, Tables

FORMAT = 1
# Those that make the site what it is and let nobody in. All others stay out of backups: a secret is kept elsewhere.
KEPT_SETTINGS = (
    "ALLOWED_HOSTS",
    "HTTPS",
    "TRUSTED_PROXIES",
    "SIGN_IN_FAILURES_PER_ADDRESS",
    "LANGUAGE_CODE",
    "PROGRAM_MEMORY_MB",
    "SANDBOX_CONNECT_SRC",
    "DEFAULT_FROM_EMAIL",
    "INTEREST_EMAIL",
    "BACKUP_RECIPIENTS",
    "BACKUP_KEEP_DAYS",
)


@dataclass(frozen=True)
class Manifest:
    """`made_at` in UTC; `tables` and `migrations` as they were at that moment."""

    made_at: datetime
    engine: str
    engine_version: str
    migrations: Migrations
    tables: Tables
    format: int = FORMAT

    @property
    def row_count(self) -> int:
        return sum(table.rows for table in self.tables.values())

    def as_json(self) -> bytes:
        return json.dumps({**asdict(self), "made_at": self.made_at.isoformat()}, indent=1).encode()


def read_manifest(content: bytes) -> Manifest:
    """The manifest of a backup. Raises Refused when it is of a later format than this program knows."""
    try:
        found = json.loads(content)
        if found["format"] > FORMAT:
            raise Refused("The backup was made by a newer release of codeplatform; restore it with that release.")
        tables = {name: Table(**table) for name, table in found["tables"].items()}
        made_at = datetime.fromisoformat(found["made_at"])
        return Manifest(made_at, found["engine"], found["engine_version"], found["migrations"], tables, found["format"])
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"The manifest of the backup cannot be read: {error}.") from error


def refuse_unless_it_fits(manifest: Manifest, engine: Engine) -> None:
    """Raises Refused for a backup of another kind of database, and for one that knows more migrations than we do."""
    if manifest.engine != engine.name:
        raise Refused(
            f"The backup is of a {manifest.engine} database, and DATABASE_URL names one of {engine.name}. "
            f"Set it to an empty {manifest.engine} database."
        )
    known = MigrationLoader(None).disk_migrations or {}
    strange = [
        f"{app}.{name}" for app, names in manifest.migrations.items() for name in names if (app, name) not in known
    ]
    if strange:
        raise Refused(
            f"The backup is of a newer release than this one, which has never heard of {', '.join(strange[:3])}. "
            "Install the release that the backup was made with, or a later one, and restore with that."
        )


def is_older() -> bool:
    """Whether the database as it is now lacks migrations of this release."""
    loader = MigrationLoader(connection)
    return bool((loader.disk_migrations or {}).keys() - loader.applied_migrations.keys())


def settings_now() -> bytes:
    """The settings that were given and are no secrets, as lines for a file `.env`."""
    lines = [f"{name}={os.environ[name]}" for name in KEPT_SETTINGS if os.environ.get(name)]
    secrets = "# SECRET_KEY, DATABASE_URL and EMAIL_URL are not in backups: they are secrets."
    return "\n".join([secrets, *lines, ""]).encode()
