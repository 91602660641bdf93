"""Making a backup: the verb behind `manage.py backup`."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection

from codeplatform.backup import archive
from codeplatform.backup.deletions import LIST, write_list
from codeplatform.backup.encryption import encrypted_into, suffix_for
from codeplatform.backup.folder import (
    delete,
    held,
    name_for,
    over_their_term,
    partial_of,
    refuse_without_room,
    store,
    stored_in,
    sums_of,
)
from codeplatform.backup.manifest import Manifest, settings_now
from codeplatform.backup.postgres import Postgres
from codeplatform.backup.refusal import Refused
from codeplatform.backup.snapshots import Engine
from codeplatform.backup.sqlite import Sqlite


@dataclass(frozen=True)
class Made:
    """A backup that is complete and on the disk, and how many older ones went for it."""

    path: Path
    manifest: Manifest
    deleted_count: int


def engine() -> Engine:
    """What the site's database can be asked."""
    return Postgres() if connection.vendor == "postgresql" else Sqlite()


def make_backup(folder: Path, now: datetime, *, recipients: Sequence[str], keep_days: int) -> Made:
    """Write the database of this moment into a new file of the folder, and delete the backups that are over their term.

    The file appears once it is complete. Raises Refused, and then nothing has changed and no older backup is gone.
    """
    source = engine()
    path = folder / name_for(now, suffix_for(recipients))
    with held(folder):
        refuse_without_room(folder, source.size())
        partial = partial_of(path)
        try:
            manifest = _write(partial, source, now, recipients)
            _put(sums_of(path), f"{sha256_of(partial)}  {path.name}\n".encode())
            store(partial, path)
        except OSError as error:
            raise Refused(f"The backup cannot be written to {folder}: {error.strerror}.") from error
        finally:
            partial.unlink(missing_ok=True)
        _put(folder / LIST, write_list(folder, now, keep_days))
        old = over_their_term(stored_in(folder), now, keep_days)
        for backup in old:
            delete(backup)
    return Made(path, manifest, len(old))


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, source: Engine, now: datetime, recipients: Sequence[str]) -> Manifest:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with (
        os.fdopen(handle, "wb") as file,
        encrypted_into(file, recipients) as sink,
        archive.writing(sink, now.timestamp()) as backup,
    ):
        with source.taking() as snapshot:
            backup.add_database(snapshot.stream)
        manifest = Manifest(now, source.name, source.version(), snapshot.migrations, snapshot.tables)
        backup.add(archive.SETTINGS, settings_now())
        backup.add(archive.MANIFEST, manifest.as_json())
    return manifest


def _put(path: Path, content: bytes) -> None:
    partial = partial_of(path)
    with os.fdopen(os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
    store(partial, path)
