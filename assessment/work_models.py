"""What students do with an exercise: the work in progress, and what they hand in of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.models import Viewer
from assessment.assignment_models import AssignedExercise
from assessment.permissions import of_work_marked_by, of_work_seen_by
from exercises.models import Exercise, ExerciseVersion
from exercises.version_models import Frozen
from projects.limits import MAX_PATH_BYTES
from projects.models import Project


class WorkQuerySet(models.QuerySet["Work"]):
    def visible_to(self, viewer: Viewer) -> WorkQuerySet:
        """The viewer's own, and that of the students they may see."""
        return self.filter(of_work_seen_by(viewer))

    def owned_by(self, viewer: Viewer) -> WorkQuerySet:
        """The viewer's own."""
        return self.visible_to(viewer).filter(student=viewer.pk) if viewer.is_authenticated else self.none()


class Work(models.Model):
    """A person's work on one exercise: for one assignment, or, where `assigned` is empty, for themselves.

    The files are those of `project`, with autosave and history; the project is in no list of projects.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="works")
    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="works")
    assigned = models.ForeignKey(AssignedExercise, models.PROTECT, null=True, blank=True, related_name="works")
    project = models.OneToOneField(Project, models.CASCADE, related_name="work")
    started_at = models.DateTimeField(default=timezone.now)
    hint_count = models.PositiveSmallIntegerField(default=0, help_text=_("How many hints were asked for."))
    check_count = models.PositiveIntegerField(default=0)
    checks_since_better = models.PositiveIntegerField(
        default=0, help_text=_("Checks since the last one that went better than all before: shows who is stuck.")
    )
    best_percent = models.PositiveSmallIntegerField(default=0, help_text=_("Of the points of the tests that show."))
    checked_at = models.DateTimeField(null=True, blank=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("work")
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["student", "assigned"], condition=Q(assigned__isnull=False), name="work_one_an_assignment"
            ),
            models.UniqueConstraint(
                fields=["student", "exercise"], condition=Q(assigned__isnull=True), name="work_one_an_exercise"
            ),
            models.CheckConstraint(condition=Q(best_percent__lte=100), name="work_best_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.student}: {self.exercise}"


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, viewer: Viewer) -> SubmissionQuerySet:
        """The viewer's own, and those of the students they may see."""
        return self.filter(of_work_seen_by(viewer))

    def markable_by(self, viewer: Viewer) -> SubmissionQuerySet:
        """Those that the viewer may mark: staff, of the students they look after."""
        return self.filter(of_work_marked_by(viewer))

    def newest(self) -> SubmissionQuerySet:
        """Of each piece of work the last one handed in: the one that counts."""
        later = Submission.objects.filter(work=models.OuterRef("work"), attempt__gt=models.OuterRef("attempt"))
        return self.filter(~models.Exists(later))


class Submission(models.Model):
    """What was handed in, at which server time. Nothing in it ever changes but `mark`, its newest mark.

    `client_at` is what the student's device said, which may have been offline; it is shown and decides nothing.
    `key` is made by the browser: the same hand-in, sent again, is the same submission.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    work = models.ForeignKey(Work, models.CASCADE, related_name="submissions")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="submissions")
    version = models.ForeignKey(ExerciseVersion, models.PROTECT, related_name="+")
    attempt = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(help_text=_("Of the project that the files are in."))
    code_hash = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    received_at = models.DateTimeField(default=timezone.now)
    client_at = models.DateTimeField(null=True, blank=True)
    runtime_version = models.CharField(max_length=40, blank=True, help_text=_("Of the Python that made the claim."))
    mark = models.OneToOneField(
        "assessment.Mark", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at"]
        constraints = [
            models.UniqueConstraint(fields=["work", "attempt"], name="submission_attempt_of_work"),
            models.UniqueConstraint(fields=["work", "key"], name="submission_key_of_work"),
        ]

    def __str__(self) -> str:
        return f"{self.student}, attempt {self.attempt}"

    def is_visible_to(self, viewer: Viewer) -> bool:
        return Submission.objects.visible_to(viewer).filter(pk=self.pk).exists()


class SubmissionFileQuerySet(models.QuerySet["SubmissionFile"]):
    def visible_to(self, viewer: Viewer) -> SubmissionFileQuerySet:
        """The files of the submissions the viewer may see."""
        return self.filter(of_work_seen_by(viewer, "submission__student"))


class SubmissionFile(Frozen):
    """A file as it was handed in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="files")
    path = models.CharField(max_length=MAX_PATH_BYTES)
    content = models.BinaryField()
    is_text = models.BooleanField(default=True)

    objects = SubmissionFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file handed in")
        verbose_name_plural = _("files handed in")
        ordering = ["path"]
        constraints = [models.UniqueConstraint(fields=["submission", "path"], name="submission_file_path")]

    def __str__(self) -> str:
        return self.path
