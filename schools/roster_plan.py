"""What a list of people would do, line by line, before any of it is done."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.login_names import suggest
from accounts.models import User
from accounts.names import MAX_SHORT_NAME, normalise, skeleton, validate_short_name
from accounts.roles import Role
from schools.models import Classroom, Enrolment, RosterEntry, School
from schools.roster_file import Row

MAX_NAME = 100
_JOINERS = "\u200c\u200d"  # some scripts need them
Kind = RosterEntry.Kind


@dataclass(frozen=True)
class Problem:
    line: int
    name: str
    sentence: str


@dataclass
class Plan:
    """Either `problems`, or `entries` that can all be carried out; the entries are not saved."""

    entries: list[RosterEntry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def plan(rows: Iterable[Row], school: School, default: Classroom | None, others: Iterable[Classroom]) -> Plan:
    """What each row means: a new account, somebody who comes into the class, or who is in it.

    Rows that name no class belong to `default`, the others to the one of `others` with that name.
    """
    return _Planner(school, default, others).plan(list(rows))


class _Planner:
    def __init__(self, school: School, default: Classroom | None, others: Iterable[Classroom]) -> None:
        self.school, self.default = school, default
        self.classrooms = {_key(room.name): room for room in [*others, *([default] if default else [])]}
        people = list(
            User.objects.filter(school=school).only("username", "name_key", "display_name", "role", "is_active")
        )
        self.by_login = {person.name_key: person for person in people}
        self.by_name: Mapping[str, list[User]] = _students_by_name(people)
        self.taken = {person.name_key for person in people}
        enrolled = Enrolment.objects.active().filter(school=school, role=Enrolment.Role.STUDENT)
        self.present = set(enrolled.values_list("user_id", "classroom_id"))
        self.result = Plan()

    def plan(self, rows: list[Row]) -> Plan:
        # Wanted login names come before those that are made up.
        wanted = Counter(skeleton(normalise(row.login)) for row in rows if row.login)
        self.taken |= wanted.keys()
        self.names_before: set[tuple[str, object]] = set()
        self.used: set[object] = set()
        for row in rows:
            try:
                if row.login and wanted[skeleton(normalise(row.login))] > 1:
                    raise ValidationError(
                        _("The login name %(login)s is twice in the list.") % {"login": row.login[:MAX_SHORT_NAME]}
                    )
                self.result.entries.append(self._entry(row))
            except ValidationError as error:
                self.result.problems.append(Problem(row.line, row.name[:MAX_NAME], error.messages[0]))
        return self.result

    def _entry(self, row: Row) -> RosterEntry:
        name, classroom = clean_name(row.name), self._classroom(row)
        person = self._by_login(row, name) if row.login else self._by_name(name, classroom)
        note = _("This name is in the list twice.") if (_key(name), classroom.pk) in self.names_before else ""
        self.names_before.add((_key(name), classroom.pk))
        if person is None:
            short_name = self._new_login(row, name)
            return self._made(row, Kind.NEW, name, short_name, classroom, note=note)
        self.used.add(person.pk)
        is_present = (person.pk, classroom.pk) in self.present
        kind = Kind.PRESENT if is_present else Kind.ENROL
        return self._made(row, kind, person.display_name, person.short_name, classroom, person, note)

    def _made(
        self,
        row: Row,
        kind: RosterEntry.Kind,
        name: str,
        short_name: str,
        classroom: Classroom,
        person: User | None = None,
        note: str = "",
    ) -> RosterEntry:
        return RosterEntry(
            number=row.line,
            kind=kind,
            display_name=name,
            short_name=short_name,
            user=person,
            classroom=classroom,
            note=note,
        )

    def _classroom(self, row: Row) -> Classroom:
        if not row.classroom:
            if self.default is None:
                raise ValidationError(_("Say in the column Class which class this is."))
            return self.default
        if (classroom := self.classrooms.get(_key(row.classroom))) is None:
            raise ValidationError(
                _("You have no class %(classroom)s in this school year. Correct it, or leave out the column.")
                % {"classroom": row.classroom[:50]}
            )
        return classroom

    def _by_login(self, row: Row, name: str) -> User | None:
        person = self.by_login.get(skeleton(normalise(row.login).removesuffix(f"@{self.school.slug}")))
        if person is None:
            return None
        if person.role != Role.STUDENT or _key(person.display_name) != _key(name):
            raise ValidationError(
                _("The login name %(login)s belongs to somebody else. Leave it empty.")
                % {"login": row.login[:MAX_SHORT_NAME]}
            )
        if not person.is_active:
            raise ValidationError(_("This account is closed. Open it again first."))
        return person

    def _by_name(self, name: str, classroom: Classroom) -> User | None:
        """The one student of that name; one who is in the class already rather than one who is not."""
        known = [person for person in self.by_name.get(_key(name), []) if person.pk not in self.used]
        present = [person for person in known if (person.pk, classroom.pk) in self.present]
        if len(present or known) > 1 and not present:
            raise ValidationError(_("Several students have this name. Say which one by a column Login name."))
        return next(iter(present or known), None)

    def _new_login(self, row: Row, name: str) -> str:
        if not row.login:
            short_name = suggest(name, self.taken)
            self.taken.add(skeleton(short_name))
            return short_name
        short_name = normalise(row.login).removesuffix(f"@{self.school.slug}")
        validate_short_name(short_name)
        return short_name


def clean_name(text: str) -> str:
    """The name shown for a person: composed, with single spaces; raises ValidationError."""
    if len(text) > 4 * MAX_NAME:
        raise ValidationError(_("A name has at most %(max_name)s characters.") % {"max_name": MAX_NAME})
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name:
        raise ValidationError(_("There is no name in this line."))
    if len(name) > MAX_NAME:
        raise ValidationError(_("A name has at most %(max_name)s characters.") % {"max_name": MAX_NAME})
    categories = {unicodedata.category(character) for character in name if character not in _JOINERS}
    if any(category[0] == "C" or category in {"Zl", "Zp"} for category in categories) or "\ufffd" in name:
        raise ValidationError(_("The name holds a character that cannot be shown. Type it again."))
    if not any(category[0] == "L" for category in categories):
        raise ValidationError(_("A name needs a letter."))
    return name


def _students_by_name(people: Iterable[User]) -> Mapping[str, list[User]]:
    students = defaultdict(list)
    for person in people:
        if person.role == Role.STUDENT and person.is_active:
            students[_key(person.display_name)].append(person)
    return students


def _key(text: str) -> str:
    return " ".join(normalise(text).split())
