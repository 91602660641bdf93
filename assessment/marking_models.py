"""How what was handed in did, and what it is worth. A result is a claim until a teacher's browser has seen it too."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.models import Viewer
from accounts.roles import Role
from assessment.assignment_models import Assignment
from assessment.permissions import of_work_seen_by
from assessment.work_models import Submission
from exercises.models import ExerciseVersion, TestCase
from exercises.version_models import HIDDEN
from schools.models import Classroom


class MarkingRunQuerySet(models.QuerySet["MarkingRun"]):
    def visible_to(self, viewer: Viewer) -> MarkingRunQuerySet:
        """Those of the classes that the viewer looks after: staff alone."""
        return self.filter(classroom__in=Classroom.objects.editable_by(viewer))


class MarkingRun(models.Model):
    """Marking what a class handed in, in a teacher's browser. What it finds counts from `published_at` on.

    A run that is not published is a dry run; nothing of it is seen by students, and it may be thrown away.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    classroom = models.ForeignKey(Classroom, models.CASCADE, related_name="marking_runs")
    assignment = models.ForeignKey(Assignment, models.CASCADE, null=True, blank=True, related_name="marking_runs")
    teacher = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    runtime_version = models.CharField(max_length=40, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = MarkingRunQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(finished_at__isnull=False),
                name="run_published_when_finished",
            )
        ]

    def __str__(self) -> str:
        return f"{self.classroom}, {self.started_at:%Y-%m-%d %H:%M}"


class MarkingItemQuerySet(models.QuerySet["MarkingItem"]):
    def pending(self) -> MarkingItemQuerySet:
        """Those that no answer has come for."""
        return self.filter(done_at__isnull=True)


class MarkingItem(models.Model):
    """One submission of a run: once, whatever computer sends its results."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run = models.ForeignKey(MarkingRun, models.CASCADE, related_name="items")
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="marking_items")
    version = models.ForeignKey(ExerciseVersion, models.PROTECT, related_name="+")
    leased_until = models.DateTimeField(null=True, blank=True, help_text=_("A browser is at it until then."))
    done_at = models.DateTimeField(null=True, blank=True)
    points = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    out_of = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    problem = models.CharField(max_length=300, blank=True, help_text=_("Why it could not be run, in a sentence."))

    objects = MarkingItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission of a marking run")
        verbose_name_plural = _("submissions of marking runs")
        constraints = [models.UniqueConstraint(fields=["run", "submission"], name="item_once_in_run")]
        indexes = [models.Index(fields=["run", "done_at"], name="item_run_done")]

    def __str__(self) -> str:
        return f"{self.run_id}: {self.submission_id}"


class ResultQuerySet(models.QuerySet["Result"]):
    def visible_to(self, viewer: Viewer) -> ResultQuerySet:
        """Staff: all of the students they see. Students: their own claims, and no hidden test."""
        rows = self.filter(of_work_seen_by(viewer, "submission__student"))
        if viewer.is_authenticated and viewer.role == Role.STUDENT:
            return rows.filter(run__isnull=True).exclude(test__visibility=HIDDEN)
        return rows


class Result(models.Model):
    """How one test went: claimed by the student's browser, or, with a run, verified by a teacher's. Only added."""

    class Outcome(models.TextChoices):
        PASSED = "passed", _("Passed")
        FAILED = "failed", _("Failed")
        ERROR = "error", _("Could not be run")
        TIMED_OUT = "timed out", _("Took too long")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="results")
    test = models.ForeignKey(TestCase, models.PROTECT, related_name="+")
    run = models.ForeignKey(MarkingRun, models.CASCADE, null=True, blank=True, related_name="results")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    share = models.DecimalField(max_digits=4, decimal_places=3, help_text=_("Of the test's points, 0 to 1."))
    detail = models.CharField(max_length=500, blank=True, help_text=_("What was wrong, in a sentence."))
    created_at = models.DateTimeField(default=timezone.now)

    objects = ResultQuerySet.as_manager()

    class Meta:
        ordering = ["test__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "test"], condition=Q(run__isnull=True), name="result_claimed_once"
            ),
            models.UniqueConstraint(fields=["submission", "test", "run"], name="result_verified_once_a_run"),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=1), name="result_share"),
        ]

    def __str__(self) -> str:
        return f"{self.test_id}: {self.outcome}"

    @property
    def is_verified(self) -> bool:
        return self.run_id is not None


class MarkQuerySet(models.QuerySet["Mark"]):
    def visible_to(self, viewer: Viewer) -> MarkQuerySet:
        """Those of the students the viewer may see; to students only what shows its results now."""
        rows = self.filter(of_work_seen_by(viewer, "submission__student"))
        if viewer.is_authenticated and viewer.role == Role.STUDENT:
            at_once = Q(submission__work__assigned__assignment__shows_results=Assignment.Results.AT_ONCE)
            released = Q(submission__work__assigned__assignment__released_at__isnull=False)
            own = Q(submission__work__assigned__isnull=True)
            return rows.filter(at_once | released | own)
        return rows


class Mark(models.Model):
    """What a submission is worth. Only added: the newest counts, and `Submission.mark` points to it.

    `points` are those of the work, before what lateness takes away (deadlines.py); an override is as the teacher says.
    """

    class Source(models.TextChoices):
        CLAIMED = "claimed", _("Claimed")
        VERIFIED = "verified", _("Verified")
        OVERRIDE = "override", _("Set by the teacher")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="marks")
    source = models.CharField(max_length=10, choices=Source.choices)
    points = models.DecimalField(max_digits=7, decimal_places=2, validators=[MinValueValidator(0)])
    out_of = models.DecimalField(max_digits=7, decimal_places=2, validators=[MinValueValidator(0)])
    reason = models.CharField(max_length=500, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    run = models.ForeignKey(MarkingRun, models.SET_NULL, null=True, blank=True, related_name="marks")
    created_at = models.DateTimeField(default=timezone.now)

    objects = MarkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(points__gte=0, out_of__gte=0), name="mark_not_negative"),
            models.CheckConstraint(condition=~Q(source="override") | ~Q(reason=""), name="mark_override_has_a_reason"),
            models.UniqueConstraint(
                fields=["submission", "run"], condition=Q(run__isnull=False), name="mark_one_a_run"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.points}/{self.out_of} {self.source}"
