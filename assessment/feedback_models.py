"""What is said about what was handed in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.ids import uuid7
from accounts.models import Viewer
from accounts.roles import Role
from assessment.assignment_models import Assignment
from assessment.permissions import of_work_seen_by
from assessment.work_models import Submission
from projects.limits import MAX_PATH_BYTES

MAX_COMMENT_CHARACTERS = 4000
MAX_SAVED_CHARACTERS = 500  # an index of PostgreSQL takes 2,700 bytes


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, viewer: Viewer) -> CommentQuerySet:
        """Those about the students the viewer may see; students: their own words, and others' once results show."""
        rows = self.filter(of_work_seen_by(viewer, "submission__student"))
        if viewer.is_authenticated and viewer.role == Role.STUDENT:
            at_once = Q(submission__work__assigned__assignment__shows_results=Assignment.Results.AT_ONCE)
            released = Q(submission__work__assigned__assignment__released_at__isnull=False)
            practice = Q(submission__work__assigned__isnull=True)
            return rows.filter(Q(author=viewer.pk) | at_once | released | practice)
        return rows


class Comment(models.Model):
    """A remark of a teacher, or a student's reply: about a line of a file, or, without a file, about all of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    path = models.CharField(max_length=MAX_PATH_BYTES, blank=True)
    line = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField(max_length=MAX_COMMENT_CHARACTERS)
    created_at = models.DateTimeField(default=timezone.now)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(line__isnull=True) | Q(line__gte=1), name="comment_line_from_one"),
            models.CheckConstraint(condition=Q(line__isnull=True) | ~Q(path=""), name="comment_line_in_a_file"),
        ]

    def __str__(self) -> str:
        return self.text[:50]


class SavedCommentQuerySet(models.QuerySet["SavedComment"]):
    def visible_to(self, viewer: Viewer) -> SavedCommentQuerySet:
        """The viewer's own."""
        return self.filter(owner=viewer.pk) if viewer.is_authenticated and viewer.is_active else self.none()


class SavedComment(models.Model):
    """A remark that its teacher makes again and again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_comments")
    text = models.CharField(max_length=MAX_SAVED_CHARACTERS)
    created_at = models.DateTimeField(default=timezone.now)

    objects = SavedCommentQuerySet.as_manager()

    class Meta:
        ordering = ["text"]
        constraints = [models.UniqueConstraint(fields=["owner", "text"], name="saved_comment_once")]

    def __str__(self) -> str:
        return self.text[:50]
