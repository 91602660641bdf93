"""The folder that backups lie in: who may write to it, which are kept, whether there is room."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from codeplatform.backup.refusal import Refused

ALL_KEPT = timedelta(days=2)
DAILY_KEPT = timedelta(days=14)
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"codeplatform-(\d{8}T\d{6}Z)\.tar(\.age|\.gpg)?")
_PARTIAL = ".partial"


@dataclass(frozen=True)
class Stored:
    """A backup in the folder, by when it was made."""

    made_at: datetime
    path: Path


def name_for(made_at: datetime, suffix: str) -> str:
    return f"codeplatform-{made_at.strftime(_STAMP)}.tar{suffix}"


def sums_of(path: Path) -> Path:
    """The file beside a backup that holds its checksum, as sha256sum writes and reads it."""
    return path.with_name(f"{path.name}.sha256")


def partial_of(path: Path) -> Path:
    """What a file is called until it is complete."""
    return path.with_name(f".{path.name}{_PARTIAL}")


def stored_in(folder: Path) -> list[Stored]:
    """The complete backups, the oldest first."""
    found = ((path, _NAME.fullmatch(path.name)) for path in folder.iterdir())
    return sorted(
        (
            Stored(datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC), path)
            for path, match in found
            if match is not None
        ),
        key=lambda backup: backup.made_at,
    )


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """The folder for one writer, made where it is not there. Raises Refused while another one is at work.

    What a writer that was killed left half done is gone then.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(folder / ".lock", os.O_CREAT | os.O_WRONLY, 0o600)
    except OSError as error:
        raise Refused(f"BACKUP_DIR {folder} cannot be written: {error.strerror}.") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in folder.glob(f".codeplatform-*{_PARTIAL}"):
            left.unlink()
        yield
    except BlockingIOError:
        raise Refused("Another backup is being made at this moment.") from None
    finally:
        os.close(lock)


def refuse_without_room(folder: Path, needed: int) -> None:
    """Raises Refused unless so many bytes are free."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Refused(
            f"There is too little room in {folder}: {_megabytes(free)} are free, and the database has "
            f"{_megabytes(needed)}. Make room, or set BACKUP_DIR to another disk."
        )


def over_their_term(backups: list[Stored], now: datetime, keep_days: int) -> list[Stored]:
    """Those to delete: of two days all are kept, of 14 days the last of each day, before that the last of each week.

    None is kept longer than `keep_days`, for what was deleted on the site must be gone from backups then. The newest
    stays whatever its age.
    """
    last_of: dict[object, Stored] = {}
    for backup in backups:
        last_of[_slot(backup, now)] = backup
    kept = {backup for backup in last_of.values() if now - backup.made_at < timedelta(days=keep_days)}
    return [backup for backup in backups[:-1] if backup not in kept]


def _slot(backup: Stored, now: datetime) -> object:
    age = now - backup.made_at
    if age < ALL_KEPT:
        return backup.path
    return backup.made_at.date() if age < DAILY_KEPT else backup.made_at.isocalendar()[:2]


def delete(backup: Stored) -> None:
    backup.path.unlink()
    sums_of(backup.path).unlink(missing_ok=True)


def store(path: Path, into: Path) -> None:
    """Give a complete file its name, and see that it survives a power cut."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(path, into)
    folder = os.open(into.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:,.1f} MB"
