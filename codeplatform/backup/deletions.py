"""People, classes and schools that were deleted after a backup: restoring it brings them back, and they must go again.

The audit trail knows them by number. It is lost with the database, so each backup leaves the list of the last weeks
beside itself, numbers alone. Whoever is deleted between the last backup and the loss of the database is on no list;
`purge` finds those again that were over their term.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from accounts.models import User
from codeplatform.backup.refusal import Refused
from codeplatform.data_duties.deletion import CannotDelete, delete_classroom, delete_person, delete_school
from schools.audit_events import AuditEvent, What
from schools.models import Classroom, School

LIST = "deletions.json"
_KINDS = (What.SCHOOL_DELETED, What.CLASSROOM_DELETED, What.ACCOUNT_DELETED)


@dataclass(frozen=True)
class Deletion:
    """One line: of a person by number, of a class by number, of a school by its short name."""

    at: str
    what: str
    whom: str


def deletions_since(moment: datetime) -> list[Deletion]:
    """What the audit trail of the site's database says, the oldest first."""
    events = AuditEvent.objects.filter(what__in=_KINDS, at__gte=moment).order_by("at", "id")
    return [Deletion(event.at.isoformat(), event.what, _whom(event)) for event in events]


def write_list(folder: Path, now: datetime, days: int) -> bytes:
    """The list for beside the backups: as far back as any of them can be."""
    return json.dumps([asdict(deletion) for deletion in deletions_since(now - timedelta(days=days))], indent=1).encode()


def read_list(path: Path) -> list[Deletion]:
    """The list that a later backup left; nothing where there is none."""
    if not path.is_file():
        return []
    try:
        return [Deletion(str(row["at"]), str(row["what"]), str(row["whom"])) for row in json.loads(path.read_bytes())]
    except (ValueError, KeyError, TypeError, OSError) as error:
        raise Refused(f"{path} cannot be read: {error}. Move it away to restore without it.") from error


def repeat(deletions: Iterable[Deletion]) -> Counter[str]:
    """Delete once more whoever of these is back; counts by kind."""
    done: Counter[str] = Counter()
    for deletion in deletions:
        try:
            done[deletion.what] += _repeat(deletion)
        except CannotDelete:
            done["left in place: the only operator"] += 1
    return +done


def _whom(event: AuditEvent) -> str:
    if event.what == What.SCHOOL_DELETED:
        return str(event.details.get("slug", ""))
    return str(event.details.get("classroom", "") if event.what == What.CLASSROOM_DELETED else event.about)


def _repeat(deletion: Deletion) -> bool:
    if deletion.what == What.SCHOOL_DELETED:
        school = School.objects.filter(slug=deletion.whom).first()
        if school:
            delete_school(school)
        return school is not None
    number = _number(deletion.whom)
    if number is None:
        return False
    if deletion.what == What.CLASSROOM_DELETED:
        classroom = Classroom.objects.filter(pk=number).first()
        if classroom:
            delete_classroom(classroom)
        return classroom is not None
    person = User.objects.filter(pk=number).first()
    if person:
        delete_person(person)
    return person is not None


def _number(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
