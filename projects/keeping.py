"""What owners do with whole projects: copy them, bin them, bring them back; and what empties the bins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from frontend.examples import Example
from projects.limits import MAX_NAME_CHARACTERS, MAX_PROJECTS
from projects.models import Project, ProjectQuerySet
from projects.saving import Change, change_from_bytes, create_project, read_state
from schools.models import School

_COPY = re.compile(r" copy(?: \d{1,3})?$")


class TooManyProjects(ValidationError):
    """The person has as many projects as there can be."""

    def __init__(self) -> None:
        super().__init__(
            _("You have %(count)s projects with those in the bin, which is the most there can be.")
            % {"count": MAX_PROJECTS}
            + " "
            + _("Delete some in the bin for good first.")
        )


@dataclass(frozen=True)
class Purged:
    """What a purge deleted, or would delete."""

    project_count: int
    file_count: int


def check_room(owner: User) -> None:
    """Raises TooManyProjects when the owner may not make another one."""
    if owner.projects.filter(is_exercise=False).count() >= MAX_PROJECTS:
        raise TooManyProjects


def free_name(owner: User, wanted: str) -> str:
    """`wanted`, with a number behind it where the owner has a project of that name outside the bin.

    People may give two projects the same name; names that the site makes up are told apart.
    """
    names = owner.projects.filter(binned_at__isnull=True, is_exercise=False).values_list("name", flat=True)
    taken = {name.casefold() for name in names}
    numbered = (_with_ending(wanted, f" {number}") for number in range(2, MAX_PROJECTS + 2))
    return next(name for name in (wanted, *numbered) if name.casefold() not in taken)


def duplicate(project: Project, owner: User) -> Project:
    """A copy of the files as they are now, named "… copy", with a history of its own. Raises TooManyProjects."""
    check_room(owner)
    name = free_name(owner, _with_ending(_COPY.sub("", project.name), " copy"))
    files = [Change(file.path, file.content, file.is_text) for file in read_state(project.pk).files]
    return create_project(owner, name, template=project.template, starter=files)


def copy_example(example: Example, owner: User) -> Project:
    """A project with the files of a public example, named after it. Raises TooManyProjects."""
    check_room(owner)
    files = [change_from_bytes(path, content) for path, content in example.files.items()]
    return create_project(owner, free_name(owner, example.title), template="example", starter=files)


def move_to_bin(project: Project) -> None:
    """Nobody sees it then but its owner, in the bin. A second time changes nothing."""
    project.binned_at = project.binned_at or timezone.now()
    project.save(update_fields=["binned_at"])


def restore(project: Project) -> None:
    """Out of the bin, with a number behind its name where that is taken by now. A second time changes nothing."""
    if project.binned_at is not None:
        project.name = free_name(project.owner, project.name)
        project.binned_at = None
        project.save(update_fields=["name", "binned_at"])


def days_left(project: Project, now: datetime) -> int:
    """Whole days, begun ones included, until the purge may delete the project; 0 when it is due."""
    if project.binned_at is None:
        raise ValueError("The project is not in the bin.")
    return max(0, -((now - project.binned_at - timedelta(days=project.bin_days())) // timedelta(days=1)))


def due_in_bin(school: School | None, now: datetime) -> ProjectQuerySet:
    """What has been in a bin of the school's people for longer than its term; None: of people without a school."""
    last = now - timedelta(days=(school or School()).bin_days)
    return Project.objects.in_bin().filter(owner__school=school, binned_at__lt=last)


def purge_bin(school: School | None, now: datetime, *, dry_run: bool = False) -> Purged:
    """Delete for good what is due in the bins of the school's people, with its files and history."""
    due = due_in_bin(school, now)
    project_count = file_count = 0
    for project_id in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            # Its owner may have restored it in the meantime.
            project = due.select_for_update().filter(pk=project_id).first()
            if project is not None:
                project_count += 1
                file_count += project.files.count()
                if not dry_run:
                    project.delete()
    return Purged(project_count, file_count)


def _with_ending(name: str, ending: str) -> str:
    return name[: MAX_NAME_CHARACTERS - len(ending)].rstrip() + ending
