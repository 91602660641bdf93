"""Which rows are whose: what an export collects and a deletion takes away.

Each model that the data map calls personal has its line here, after those that its rows hang on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import SignInCounter, UserQuerySet
from assessment.models import (
    Assignment,
    Comment,
    Extension,
    Mark,
    MarkingItem,
    MarkingRun,
    Result,
    SavedComment,
    Submission,
    SubmissionFile,
    Work,
)
from codeplatform.data_duties.admin_log import log_entries_of
from codeplatform.data_duties.sessions import sessions_of
from exercises.models import Exercise, ExerciseVersion
from projects.models import File, Project, Revision, RevisionFile
from schools.audit_events import AuditEvent
from schools.models import Enrolment, JoinTry, RosterBatch, RosterEntry


def _events(people: UserQuerySet) -> QuerySet[AuditEvent]:
    who = people.values("pk")
    return AuditEvent.objects.filter(Q(actor__in=who) | Q(about__in=who))


def _roster_entries(people: UserQuerySet) -> QuerySet[RosterEntry]:
    """Their own lines, and those of the lists they made."""
    return RosterEntry.objects.filter(Q(user__in=people) | Q(batch__made_by__in=people))


ROWS: dict[str, Callable[[UserQuerySet], QuerySet[Any]]] = {
    "accounts.User": lambda people: people,
    "accounts.SignInCounter": lambda people: SignInCounter.objects.filter(user__in=people),
    "schools.Enrolment": lambda people: Enrolment.objects.filter(user__in=people),
    "schools.JoinTry": lambda people: JoinTry.objects.filter(user__in=people),
    "schools.RosterBatch": lambda people: RosterBatch.objects.filter(made_by__in=people),
    "schools.RosterEntry": _roster_entries,
    "schools.AuditEvent": _events,
    "projects.Project": lambda people: Project.objects.filter(owner__in=people),
    "projects.File": lambda people: File.objects.filter(project__owner__in=people),
    "projects.Revision": lambda people: Revision.objects.filter(project__owner__in=people),
    "projects.RevisionFile": lambda people: RevisionFile.objects.filter(revision__project__owner__in=people),
    "exercises.Exercise": lambda people: Exercise.objects.filter(author__in=people),
    "exercises.ExerciseVersion": lambda people: ExerciseVersion.objects.filter(author__in=people),
    "assessment.Assignment": lambda people: Assignment.objects.filter(author__in=people),
    "assessment.Extension": lambda people: Extension.objects.filter(student__in=people),
    "assessment.Work": lambda people: Work.objects.filter(student__in=people),
    "assessment.Submission": lambda people: Submission.objects.filter(student__in=people),
    "assessment.SubmissionFile": lambda people: SubmissionFile.objects.filter(submission__student__in=people),
    "assessment.MarkingRun": lambda people: MarkingRun.objects.filter(teacher__in=people),
    "assessment.MarkingItem": lambda people: MarkingItem.objects.filter(submission__student__in=people),
    "assessment.Result": lambda people: Result.objects.filter(submission__student__in=people),
    "assessment.Mark": lambda people: Mark.objects.filter(submission__student__in=people),
    "assessment.Comment": lambda people: Comment.objects.filter(submission__student__in=people),
    "assessment.SavedComment": lambda people: SavedComment.objects.filter(owner__in=people),
    "sessions.Session": sessions_of,
    "admin.LogEntry": log_entries_of,
}
