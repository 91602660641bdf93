"""Write everything that is kept about one person into a zip."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from codeplatform.data_duties.asking import find_person, lines_of, printable
from codeplatform.data_duties.export import Exported
from codeplatform.data_duties.zip_stream import zip_of
from schools.audit import record
from schools.audit_events import What


class Command(BaseCommand):
    help = (
        "Writes everything that is kept about a person into a zip: pages to read, JSON, and their files with all kept "
        "versions. Nothing of other people is in it. Only the owner of the file may read it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the login name, such as ada@school")
        parser.add_argument("out", help="the zip to write; it must not be there yet")

    def handle(self, *args: Any, name: str, out: str, **options: Any) -> None:
        person, path = find_person(name), Path(out)
        if "\0" in out or path.exists():
            raise CommandError(f"There is a file {printable(out)} already; choose another name.")
        record(What.EXPORTED, about=person, details={"kind": "person"})
        export = Exported(person, timezone.now())
        try:
            _write(export, path)
        except OSError as error:
            raise CommandError(f"{printable(out)} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"Exported {person.username} to {out}, {export.counts.pop('files')} files in all:")
        self.stdout.write("\n".join(lines_of(export.counts)))


def _write(export: Exported, path: Path) -> None:
    """All or nothing, and for the eyes of its owner alone, which is how a temporary file begins."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}-")
    try:
        with os.fdopen(handle, "wb") as stream:
            for piece in zip_of(export.entries()):
                stream.write(piece)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
