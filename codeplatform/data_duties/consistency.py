"""Whether what the database holds fits together, school by school. It only reads.

The database itself refuses much (constraints, triggers); this finds what only code keeps, and what a restored backup or
a hand-written statement may have broken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import F

from accounts.models import User
from accounts.names import normalise, skeleton
from accounts.roles import Role
from codeplatform.data_duties.project_consistency import project_findings
from projects.models import Project
from schools.models import Classroom, Enrolment, School


@dataclass(frozen=True)
class Finding:
    """Something that does not fit: where, what, and what to do about it."""

    where: str
    what: str
    advice: str


def check_school(school: School) -> Iterator[Finding]:
    """All findings in one school."""
    for check in _CHECKS:
        yield from check(school)


def check_site() -> Iterator[Finding]:
    """What belongs to no school: operators, sessions of nobody."""
    for person in User.objects.filter(school__isnull=True):
        yield from _names(person)
    for project in Project.objects.filter(owner__school__isnull=True).iterator():
        yield from _of_project(project)
    if not User.objects.filter(is_superuser=True, is_active=True).exists():
        yield Finding("operators", "nobody may do everything", "Make one: manage.py createsuperuser.")
    count = sum(1 for _ in _sessions_of_nobody())
    if count:
        yield Finding("sessions", f"{count} of accounts that are gone", "Run manage.py purge, or clearsessions.")


def _people(school: School) -> Iterator[Finding]:
    for person in User.objects.filter(school=school).select_related("school").iterator():
        yield from _names(person)
        if person.is_active and person.left_at:
            yield Finding(
                person.username, "left the school, yet the account is open", "Close the account or clear left at."
            )
    members = Enrolment.objects.active().values("user")
    without = User.objects.filter(school=school, role=Role.STUDENT, is_active=True).exclude(pk__in=members)
    for username in without.values_list("username", flat=True):
        yield Finding(
            username, "a student in no class: no teacher sees the work", "Put them into a class, or close the account."
        )


def _names(person: User) -> Iterator[Finding]:
    ending = f"@{person.school.slug}" if person.school else ""
    if person.username != normalise(person.username) or person.username != f"{person.short_name}{ending}":
        yield Finding(person.username, f"the login name does not end in {ending or 'nothing'}", "Rename the account.")
    if person.name_key != skeleton(person.short_name):
        yield Finding(person.username, "the key that keeps twins out is stale", "Save the account again in the admin.")


def _enrolments(school: School) -> Iterator[Finding]:
    enrolments = Enrolment.objects.filter(classroom__school=school).select_related("user", "classroom")
    for enrolment in enrolments.exclude(school=school):
        yield Finding(
            _place(enrolment), "the entry names another school than the class", "Delete the entry; enrol again."
        )
    for enrolment in enrolments.exclude(user__school=school):
        yield Finding(_place(enrolment), "the person is in another school", "Delete the entry.")
    for enrolment in enrolments.filter(until__isnull=True).exclude(role=F("user__role")):
        yield Finding(
            _place(enrolment),
            f"in the class as {enrolment.role}, but is a {enrolment.user.get_role_display().lower()}",
            "End the entry; enrol them as what they are.",
        )
    for enrolment in enrolments.filter(until__isnull=True, user__is_active=False, classroom__archived_at__isnull=True):
        yield Finding(_place(enrolment), "a closed account is still in the class", "End the entry.")


def _classes(school: School) -> Iterator[Finding]:
    active = Enrolment.objects.active().filter(user__is_active=True)
    students, teachers = (active.filter(role=role).values("classroom") for role in ("student", "teacher"))
    for room in Classroom.objects.filter(school=school, pk__in=students).exclude(pk__in=teachers):
        yield Finding(
            f"class {room} of {room.year}", "has students but no teacher", "Add a teacher, or archive the class."
        )
    if not User.objects.filter(school=school, role=Role.SCHOOL_ADMIN, is_active=True).exists():
        yield Finding(school.slug, "nobody runs the school", "Make an admin: manage.py create_school_admin.")


def _projects(school: School) -> Iterator[Finding]:
    for project in Project.objects.filter(owner__school=school).select_related("owner").order_by("pk").iterator():
        yield from _of_project(project)


def _of_project(project: Project) -> Iterator[Finding]:
    for what, advice in project_findings(project):
        yield Finding(f"project {project.pk} of {project.owner.username}", what, advice)


def _place(enrolment: Enrolment) -> str:
    return f"{enrolment.user.username} in {enrolment.classroom}"


def _sessions_of_nobody() -> Iterator[str]:
    there = {str(pk) for pk in User.objects.values_list("pk", flat=True)}
    for session in Session.objects.iterator():
        whose = session.get_decoded().get(SESSION_KEY)
        if whose is not None and whose not in there:
            yield session.session_key


_CHECKS: tuple[Callable[[School], Iterator[Finding]], ...] = (_people, _enrolments, _classes, _projects)
