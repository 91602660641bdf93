"""People from a file in the admin: students and teachers, all of them or none, looked at before anything is made."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.results import Result
from tablib import Dataset

from accounts.login_names import suggest
from accounts.models import User
from accounts.names import MAX_LOGIN_NAME, normalise, skeleton, validate_short_name
from accounts.roles import Role
from schools import people
from schools.admin_base import visible
from schools.audit import record
from schools.audit_events import What
from schools.models import Classroom, School
from schools.roster_plan import clean_name
from schools.roster_workbook import BadRoster, read_workbook

MAX_IMPORT_BYTES = 1024**2
# Each pass-phrase costs the hasher some 50 ms, and one request makes all of them; the page of a class takes thousands.
MAX_IMPORT_ROWS = 200
LOOKED_AT_S = 60 * 60
COLUMNS = ["line", "name", "login name", "role", "class"]
ROLES = {"": Role.STUDENT} | {
    label.casefold(): role for role in (Role.STUDENT, Role.TEACHER) for label in (role, role.label)
}


def read_people(data: bytes) -> Dataset:
    """The rows of a CSV or XLSX file as strings, with `line` telling where each stood; raises ValidationError."""
    lines = read_workbook(data, MAX_IMPORT_ROWS + 2) if data.startswith(b"PK\x03\x04") else _read_csv(data)
    if len(lines) < 2:
        raise BadRoster(_("There are no people in this file. The first line names the columns, people follow."))
    if len(lines) > MAX_IMPORT_ROWS + 1:
        raise BadRoster(
            _("The file has more than %(max_import_rows)s people. Split it, or use Add students of a class.")
            % {"max_import_rows": MAX_IMPORT_ROWS}
        )
    titles = [" ".join(str(title).casefold().split()) for title in lines[0][1]]
    wanted = [column for column in COLUMNS[1:] if column in titles]
    if "name" not in wanted or len(set(titles)) < len(titles):
        raise BadRoster(
            _("The first line must name the columns: Name, Login name, Role, Class; each once, Name at least.")
        )
    rows = [(line, dict(zip(titles, cells, strict=False))) for line, cells in lines[1:]]
    return Dataset(*[(line, *(row.get(column, "") for column in COLUMNS[1:])) for line, row in rows], headers=COLUMNS)


def _read_csv(data: bytes) -> list[tuple[int, Sequence[str]]]:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeError:
        raise BadRoster(_("The letters of the file cannot be read. Save it as XLSX or CSV UTF-8.")) from None
    separator = next((mark for mark in "\t;," if mark in text.partition("\n")[0]), ",")
    reader = csv.reader(io.StringIO(text.replace("\x00", "\ufffd"), newline=""), delimiter=separator, strict=True)
    lines: list[tuple[int, Sequence[str]]] = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((reader.line_num, [cell.strip() for cell in cells]))
            if len(lines) > MAX_IMPORT_ROWS + 1:
                break
    except csv.Error:
        raise BadRoster(
            _("Line %(line_num)s cannot be read. Look for a quotation mark too many.") % {"line_num": reader.line_num}
        ) from None
    return lines


class PeopleImport(ModelResource):  # type: ignore[misc]  # the library has no types
    """Makes accounts from rows; never changes one that is there. The school is given, never read from the file."""

    name = Field("display_name", "name")
    login = Field("username", "login name")

    class Meta:
        model = User
        fields = ("name", "login")
        import_id_fields = ("login",)
        skip_diff = True
        use_transactions = True

    def __init__(self, school: School, request: HttpRequest) -> None:
        super().__init__()
        self.school, self.request = school, request
        rooms = visible(Classroom.objects.filter(school=school, archived_at=None), request.user)  # type: ignore[arg-type]
        self.classrooms: dict[str, list[Classroom]] = {}
        for room in rooms:
            self.classrooms.setdefault(normalise(room.name), []).append(room)
        self.taken = set(User.objects.filter(school=school).values_list("name_key", flat=True))
        self.made: list[tuple[User, str]] = []

    def get_instance(self, instance_loader: Any, row: Any) -> None:
        return None

    def import_instance(self, instance: User, row: Any, **kwargs: Any) -> None:
        instance.school = self.school
        instance.display_name = clean_name(row["name"])
        instance.role = _role(row["role"])
        instance.username = f"{self._short_name(row['login name'], instance.display_name)}@{self.school.slug}"
        instance.set_unusable_password()

    def validate_instance(self, instance: User, *args: Any, **kwargs: Any) -> None:
        super().validate_instance(instance, *args, **kwargs)
        instance.full_clean(exclude=["password"])

    def save_instance(self, instance: User, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Without a password while it is only looked at: hashing is what takes long."""
        classrooms = [self._classroom(name) for name in row["class"].split(";") if name.strip()]
        if kwargs["dry_run"]:
            instance.save()
        else:
            self.made.append((instance, people.set_new_passphrase(instance)))
            instance.save()
            record(What.ACCOUNT_CREATED, about=instance, request=self.request, details={"role": instance.role})
        for classroom in classrooms:
            people.enrol(instance, classroom, request=self.request)

    def _short_name(self, wanted: str, display_name: str) -> str:
        name = normalise(wanted[: 2 * MAX_LOGIN_NAME]).removesuffix(f"@{self.school.slug}")
        if not name:
            name = suggest(display_name, self.taken)
        validate_short_name(name)
        if skeleton(name) in self.taken:
            raise ValidationError(_("The login name %(name)s is taken, or looks like one that is.") % {"name": name})
        self.taken.add(skeleton(name))
        return name

    def _classroom(self, name: str) -> Classroom:
        rooms = self.classrooms.get(normalise(name), [])
        if len(rooms) != 1:
            many = (
                _("There is more than one class %(name)s in use.") if rooms else _("There is no class %(name)s in use.")
            )
            raise ValidationError(many % {"name": name.strip()[:50]})
        return rooms[0]


def _role(text: str) -> Role:
    if (role := ROLES.get(text.strip().casefold())) is None:
        raise ValidationError(_("The role is Student or Teacher; nobody else is made from a file."))
    return role


@dataclass
class Outcome:
    """What became of a file: `problems` by line, and then nothing was made; or what is to be made, or was."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    made: list[tuple[User, str]] = field(default_factory=list)


def import_people(dataset: Dataset, school: School, request: HttpRequest, *, dry_run: bool) -> Outcome:
    """Makes an account for each row, or none at all if any cannot be."""
    resource = PeopleImport(school, request)
    kept = [dict(zip(COLUMNS, row, strict=True)) for row in dataset]
    result: Result = resource.import_data(
        dataset, dry_run=dry_run, rollback_on_validation_errors=True, retain_instance_in_row_result=True
    )
    outcome = Outcome(kept)
    outcome.problems = [(kept[row.number - 1]["line"], "; ".join(row.error.messages)) for row in result.invalid_rows]
    outcome.problems += [(kept[n - 1]["line"], str(errors[0].error)) for n, errors in result.row_errors()]
    outcome.problems.sort()
    if not outcome.problems:
        for row, done in zip(kept, result.rows, strict=True):
            row["login name"] = row["login"] = done.instance.short_name
        outcome.made = resource.made
    return outcome


def sealed(outcome: Outcome, school: School, by: User) -> str:
    """What was looked at, so that just this and nothing else is made when the person says so."""
    rows = [[row[column] for column in COLUMNS] for row in outcome.rows]
    return signing.dumps({"school": str(school.pk), "rows": rows}, salt=f"people:{by.pk}", compress=True)


def unsealed(text: str, by: User) -> tuple[School | None, Dataset]:
    """Raises signing.BadSignature when it is somebody else's, changed, or older than an hour."""
    data = signing.loads(text, salt=f"people:{by.pk}", max_age=LOOKED_AT_S)
    return School.objects.editable_by(by).filter(pk=data["school"]).first(), Dataset(*data["rows"], headers=COLUMNS)
