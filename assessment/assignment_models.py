"""What is set: which exercises, to which classes, until when, and on which terms."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.models import Viewer
from accounts.roles import Role
from assessment.permissions import marks_work, of_assignments_seen_by, of_work_seen_by
from exercises.models import Exercise, ExerciseVersion
from schools.models import Classroom, School

MAX_TITLE_CHARACTERS = 100
MAX_EXERCISES = 40


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def visible_to(self, viewer: Viewer) -> AssignmentQuerySet:
        """Staff: what is set to a class they look after. Students: what is set to theirs and has opened."""
        rows = self.filter(of_assignments_seen_by(viewer))
        if viewer.is_authenticated and viewer.role == Role.STUDENT:
            return rows.filter(archived_at__isnull=True, opens_at__lte=timezone.now())
        return rows

    def editable_by(self, viewer: Viewer) -> AssignmentQuerySet:
        """Staff who look after every class that it is set to."""
        if not marks_work(viewer):
            return self.none()
        through = Assignment.classrooms.through.objects
        others = through.exclude(classroom__in=Classroom.objects.editable_by(viewer))
        return self.visible_to(viewer).exclude(pk__in=others.values("assignment_id"))

    def in_use(self) -> AssignmentQuerySet:
        """Those that are not archived."""
        return self.filter(archived_at__isnull=True)


class Assignment(models.Model):
    """One or several exercises, set to one or several classes of a school.

    All times are the server's. Without `due_at` nothing is late; without `closes_at` it never closes. What a student
    may still do when, an Extension included, is in deadlines.py.
    """

    class LatePolicy(models.TextChoices):
        MARK = "mark", _("Accept and mark as late")
        CAP = "cap", _("Accept, for part of the points")
        REFUSE = "refuse", _("Refuse")

    class Results(models.TextChoices):
        AT_ONCE = "at once", _("At once")
        ON_RELEASE = "on release", _("When I release them")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="assignments")
    classrooms = models.ManyToManyField(Classroom, related_name="assignments", verbose_name=_("classes"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=MAX_TITLE_CHARACTERS)
    instructions = models.TextField(blank=True, max_length=4000, help_text=_("In Markdown. Shown above the exercises."))
    opens_at = models.DateTimeField(_("opens"), default=timezone.now)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    grace_minutes = models.PositiveSmallIntegerField(
        _("grace"),
        default=5,
        validators=[MaxValueValidator(1440)],
        help_text=_("Minutes after the due time that do not count."),
    )
    late_policy = models.CharField(max_length=10, choices=LatePolicy.choices, default=LatePolicy.MARK)
    late_cap_percent = models.PositiveSmallIntegerField(
        _("late work is worth at most"),
        default=50,
        validators=[MaxValueValidator(100)],
        help_text=_("Percent of the points, where late work is accepted for part of them."),
    )
    max_attempts = models.PositiveSmallIntegerField(
        _("attempts"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("How often an exercise may be handed in; the last time counts. Empty: as often as they like."),
    )
    shows_results = models.CharField(_("results show"), max_length=10, choices=Results.choices, default=Results.AT_ONCE)
    weight = models.PositiveSmallIntegerField(
        default=1, validators=[MaxValueValidator(100)], help_text=_("In the gradebook, beside the other assignments.")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    released_at = models.DateTimeField(null=True, blank=True, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at", "title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(due_at__gte=F("opens_at")),
                name="assignment_due_after_opening",
                violation_error_message=_("It cannot be due before it opens."),
            ),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(closes_at__gte=F("opens_at")),
                name="assignment_closes_after_opening",
                violation_error_message=_("It cannot close before it opens."),
            ),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True) | Q(due_at__isnull=True) | Q(closes_at__gte=F("due_at")),
                name="assignment_closes_after_due",
                violation_error_message=_("It cannot close before it is due."),
            ),
            models.CheckConstraint(condition=Q(late_cap_percent__lte=100), name="assignment_cap_is_a_share"),
        ]

    def __str__(self) -> str:
        return self.title

    def is_visible_to(self, viewer: Viewer) -> bool:
        return Assignment.objects.visible_to(viewer).filter(pk=self.pk).exists()

    def is_editable_by(self, viewer: Viewer) -> bool:
        return Assignment.objects.editable_by(viewer).filter(pk=self.pk).exists()

    @property
    def shows_results_now(self) -> bool:
        """Whether students may see marks, comments and verified results now."""
        return self.shows_results == self.Results.AT_ONCE or self.released_at is not None


class AssignedExerciseQuerySet(models.QuerySet["AssignedExercise"]):
    def visible_to(self, viewer: Viewer) -> AssignedExerciseQuerySet:
        """The exercises of the assignments the viewer may see."""
        return self.filter(assignment__in=Assignment.objects.visible_to(viewer))


class AssignedExercise(models.Model):
    """An exercise in an assignment, in the version that holds for it until the teacher takes a newer one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="exercises")
    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="assigned")
    version = models.ForeignKey(ExerciseVersion, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    points = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(1000)])

    objects = AssignedExerciseQuerySet.as_manager()

    class Meta:
        verbose_name = _("exercise of an assignment")
        verbose_name_plural = _("exercises of assignments")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "exercise"], name="exercise_once_in_assignment"),
            models.CheckConstraint(condition=Q(points__gte=1), name="exercise_is_worth_something"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.exercise}"


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def visible_to(self, viewer: Viewer) -> ExtensionQuerySet:
        """Those of the assignments and the students that the viewer sees."""
        return self.filter(of_work_seen_by(viewer), assignment__in=Assignment.objects.visible_to(viewer))


class Extension(models.Model):
    """More time for one student: the assignment is due, and closes at the earliest, at this time for them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="extensions")
    student = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="extensions")
    due_at = models.DateTimeField(_("due"))
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    granted_at = models.DateTimeField(default=timezone.now)

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        ordering = ["due_at"]
        constraints = [models.UniqueConstraint(fields=["assignment", "student"], name="extension_one_a_student")]

    def __str__(self) -> str:
        return f"{self.student} until {self.due_at:%Y-%m-%d %H:%M}"
