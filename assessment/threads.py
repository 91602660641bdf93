"""What is said about a submission, place by place: about all of it, about a file, about a line of a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.models import Viewer
from assessment.models import Comment, Submission


@dataclass(frozen=True)
class Place:
    """A line of a file; a file, without a line; or all of it, without a path."""

    path: str = ""
    line: int | None = None

    def __str__(self) -> str:
        if self.line is None:
            return self.path or _("all of it")
        return _("%(path)s, line %(line)s") % {"path": self.path, "line": self.line}


@dataclass(frozen=True)
class Said:
    """A comment, and whether the viewer may delete it: their own, while nobody has answered."""

    comment: Comment
    can_delete: bool


def threads(submission: Submission, viewer: Viewer) -> dict[Place, list[Said]]:
    """All that the viewer may read of what is said, by place, the oldest first; one query."""
    found: dict[Place, list[Comment]] = {}
    for comment in submission.comments.visible_to(viewer).select_related("author"):
        found.setdefault(Place(comment.path, comment.line), []).append(comment)
    return {place: _said(comments, viewer) for place, comments in found.items()}


def comment_counts(submissions: Iterable[Submission], viewer: Viewer) -> dict[UUID, int]:
    """How many comments the viewer may read, by submission; those without any are left out. One query."""
    visible = Comment.objects.visible_to(viewer).filter(submission__in=[submission.pk for submission in submissions])
    return dict(visible.order_by().values_list("submission").annotate(Count("pk")))


def _said(comments: list[Comment], viewer: Viewer) -> list[Said]:
    last_of_others = max((at for at, c in enumerate(comments) if c.author_id != viewer.pk), default=-1)
    return [Said(c, c.author_id == viewer.pk and at > last_of_others) for at, c in enumerate(comments)]
