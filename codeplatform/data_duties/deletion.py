"""Deleting people, classes and schools with everything that is theirs; what goes, the data map says.

The audit trail stays but for a school's own: it knows people by number alone, and the number then leads to nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User, UserQuerySet, Viewer
from accounts.roles import Role
from assessment.models import Assignment
from codeplatform.data_duties import admin_log, sessions
from codeplatform.data_duties.data_map import Deletion, data_map
from codeplatform.data_duties.naming import mentions_of
from codeplatform.data_duties.rows import ROWS
from exercises.models import Exercise
from projects.models import Project
from schools.audit import record
from schools.audit_events import AuditEvent, What, erasing
from schools.models import Classroom, Enrolment, School

Counts = Counter[str]  # rows deleted, by name of the model


class CannotDelete(Exception):
    """Nothing was deleted; the text says why."""


def delete_person(person: User, *, actor: Viewer | None = None, dry_run: bool = False) -> Counts:
    """Delete the account with all work in it, for good. Raises CannotDelete for the last operator.

    A dry run counts the same and changes nothing.
    """
    others = User.objects.filter(role=Role.OPERATOR, is_superuser=True, is_active=True).exclude(pk=person.pk)
    if person.is_superuser and not others.exists():
        raise CannotDelete(f"{person.username} is the only operator; make another one first.")
    number, school = person.pk, person.school_id
    with _all_or_nothing(dry_run) as counts:
        _delete_people(User.objects.filter(pk=number), counts)
        record(What.ACCOUNT_DELETED, actor=actor, about=number, school=school, details=dict(counts))
    return counts


def delete_classroom(
    classroom: Classroom, *, with_students: bool = False, actor: Viewer | None = None, dry_run: bool = False
) -> Counts:
    """Delete the class; its people stay, but `with_students` for those who are in no other class."""
    number, school = classroom.pk, classroom.school_id
    with _all_or_nothing(dry_run) as counts:
        if with_students:
            for student in list(only_here(classroom)):
                counts += delete_person(student, actor=actor)
        _delete(Classroom.objects.filter(pk=number), counts)
        admin_log.forget_what_is_gone()
        record(What.CLASSROOM_DELETED, actor=actor, school=school, details={"classroom": str(number), **counts})
    return counts


def only_here(classroom: Classroom) -> UserQuerySet:
    """The students now in the class who are in no other one that is not archived."""
    here = Enrolment.objects.filter(classroom=classroom, role=Enrolment.Role.STUDENT, until__isnull=True)
    elsewhere = Enrolment.objects.active().exclude(classroom=classroom)
    return User.objects.filter(pk__in=here.values("user")).exclude(pk__in=elsewhere.values("user"))


def delete_school(school: School, *, actor: Viewer | None = None, dry_run: bool = False) -> Counts:
    """Delete the school with all its people, classes and its part of the audit trail. Its slug is never used again."""
    slug = school.slug
    with _all_or_nothing(dry_run) as counts:
        _delete_people(User.objects.filter(school=school), counts)
        _delete(Classroom.objects.filter(school=school), counts)
        _delete_exercises(school, counts)
        with erasing():
            _delete(AuditEvent.objects.filter(school=school), counts)
        _delete(School.objects.filter(pk=school.pk), counts)
        admin_log.forget_what_is_gone()
        record(What.SCHOOL_DELETED, actor=actor, details={"slug": slug, **counts})
    return counts


def _delete_exercises(school: School, counts: Counts) -> None:
    """What was set, and the exercises, with what operators, who are in no school, have tried of them."""
    _delete(Assignment.objects.filter(school=school), counts)
    _delete(Project.objects.filter(work__exercise__school=school), counts)
    _delete(Exercise.objects.filter(school=school), counts)


def _delete_people(people: UserQuerySet, counts: Counts) -> None:
    mentions = mentions_of(people)
    # A save that comes in now waits, and then finds no project.
    list(Project.objects.filter(owner__in=people).select_for_update().values_list("pk", flat=True))
    with erasing():
        for name, rows_of in reversed(ROWS.items()):
            duties = data_map()[name].fields.values()
            if Deletion.WITH_PERSON in {field.deletion for field in duties}:
                _delete(rows_of(people), counts)
            elif blanked := [field.name for field in duties if field.deletion == Deletion.BLANKED]:
                rows_of(people).update(**dict.fromkeys(blanked))
    admin_log.forget_what_is_gone()
    admin_log.forget_mentions(mentions)
    sessions.forget_mentions(mentions)


def _delete(rows: QuerySet[Any], counts: Counts) -> None:
    counts.update(rows.delete()[1])


@contextmanager
def _all_or_nothing(dry_run: bool) -> Iterator[Counts]:
    with transaction.atomic():
        yield Counter()
        if dry_run:
            transaction.set_rollback(True)
