"""Reading a backup: whether it is good, and the way back into a database."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, connection

from codeplatform.backup import archive
from codeplatform.backup.deletions import LIST, Deletion, deletions_since, read_list, repeat
from codeplatform.backup.encryption import decrypted
from codeplatform.backup.folder import sums_of
from codeplatform.backup.making import engine, sha256_of
from codeplatform.backup.manifest import Manifest, is_older, read_manifest, refuse_unless_it_fits
from codeplatform.backup.refusal import Refused
from codeplatform.backup.tables import differences

# What a database that was only migrated holds
_FILLED_BY_MIGRATIONS = {"django_migrations", "django_content_type", "auth_permission"}


@dataclass
class Restored:
    """What came back. `repeated` counts who was deleted again."""

    manifest: Manifest
    settings: str
    is_migrated: bool = False
    repeated: Counter[str] = field(default_factory=Counter)


def check_sum(path: Path) -> bool:
    """Whether the file is what its .sha256 file says. Raises Refused when it is not; False where there is none."""
    try:
        expected = sums_of(path).read_text().split()
        found = sha256_of(path)
    except FileNotFoundError:
        if not path.is_file():
            raise Refused(f"There is no file {path}.") from None
        return False
    except (OSError, ValueError) as error:
        raise Refused(f"{path} cannot be read: {error}.") from error
    if expected[:1] != [found]:
        raise Refused(f"{path.name} is damaged: it is not the file that {sums_of(path).name} was made of.")
    return True


def check(path: Path, identity: Path | None) -> Manifest:
    """The manifest of a backup in which every byte is as it was written. Raises Refused otherwise."""
    return _checked(path, identity)[0]


def restore(path: Path, identity: Path | None, *, replacing: bool, brings_back_deleted: bool) -> Restored:
    """Put the backup into the site's database, which must be empty but for `replacing`.

    The whole file is checked first. What was in the database is replaced in one transaction. Then every table is
    compared with what the manifest says, missing migrations are run, everybody is signed out, and who is known to have
    been deleted after the backup is deleted again but for `brings_back_deleted`. Raises Refused, and then the database
    is as before, unless the text says otherwise.
    """
    target = engine()
    manifest, settings = _checked(path, identity)
    refuse_unless_it_fits(manifest, target)
    filled = _filled_tables()
    if filled and not replacing:
        raise Refused(
            f"The database is not empty: there are rows in {', '.join(filled[:3])}. Restore into an empty one, or add "
            "--replace-existing-data if all that is in it may go."
        )
    deletions = [] if brings_back_deleted else _deletions_after(manifest.made_at, path.parent, filled)
    with target.replacing() as take, decrypted(path, identity) as stream:
        archive.read(stream, take)
    wrong = differences(manifest.tables, target.tables())
    if wrong:
        raise Refused(f"Restored, but not as it was. Do not use this database: {'; '.join(wrong[:5])}.")
    done = Restored(manifest, settings)
    if is_older():
        call_command("migrate", interactive=False, verbosity=0)
        done.is_migrated = True
    # A cookie of then would be good again, though its owner has signed out since.
    Session.objects.all().delete()
    done.repeated = repeat(deletions)
    return done


def _checked(path: Path, identity: Path | None) -> tuple[Manifest, str]:
    check_sum(path)
    with decrypted(path, identity) as stream:
        small = archive.read(stream, lambda _piece: None)
    if archive.MANIFEST not in small:
        raise Refused("The backup is damaged: it has no manifest.")
    return read_manifest(small[archive.MANIFEST]), small.get(archive.SETTINGS, b"").decode(errors="replace")


def _filled_tables() -> list[str]:
    """The tables with rows that no migration puts there."""
    with connection.cursor() as cursor:
        names = sorted(set(connection.introspection.table_names(cursor)) - _FILLED_BY_MIGRATIONS)
        filled = []
        for name in names:
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(name)} LIMIT 1")  # nosec B608 # noqa: S608 - out of the catalogue
            if cursor.fetchone():
                filled.append(name)
    return filled


def _deletions_after(moment: datetime, folder: Path, filled: list[str]) -> list[Deletion]:
    """What the list beside the backup knows, and the database that is about to be replaced."""
    known = [deletion for deletion in read_list(folder / LIST) if datetime.fromisoformat(deletion.at) >= moment]
    if filled:
        # It may be of another release, or half gone: then the list must do.
        with suppress(DatabaseError):
            known += [deletion for deletion in deletions_since(moment) if deletion not in known]
    return known
