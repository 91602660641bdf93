from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.models import Viewer
from exercises.format_limits import MAX_SLUG_CHARACTERS, MAX_TITLE_CHARACTERS
from exercises.permissions import of_exercises_changed_by, of_exercises_seen_by
from exercises.specs import DIFFICULTIES, TOPICS
from exercises.version_models import ExerciseFile, ExerciseVersion, TestCase
from schools.models import School

__all__ = ["Exercise", "ExerciseFile", "ExerciseVersion", "TestCase"]

TOPIC_NAMES = {
    "variables": _("Variables"),
    "input-output": _("Input and output"),
    "selection": _("Selection"),
    "loops": _("Loops"),
    "strings": _("Strings"),
    "lists": _("Lists"),
    "dictionaries": _("Dictionaries"),
    "functions": _("Functions"),
    "files": _("Files"),
    "objects": _("Objects"),
    "recursion": _("Recursion"),
    "data": _("Data"),
}
DIFFICULTY_NAMES = dict(zip(DIFFICULTIES, (_("Easy"), _("Medium"), _("Hard")), strict=True))


class ExerciseQuerySet(models.QuerySet["Exercise"]):
    def visible_to(self, viewer: Viewer) -> ExerciseQuerySet:
        """The exercises that the viewer finds in the library: see exercises.permissions."""
        return self.filter(of_exercises_seen_by(viewer))

    def editable_by(self, viewer: Viewer) -> ExerciseQuerySet:
        """Teachers: their own. School admins: their school's. Operators: all, those of the site too."""
        return self.filter(of_exercises_changed_by(viewer))

    def in_use(self) -> ExerciseQuerySet:
        """Those that are not archived."""
        return self.filter(archived_at__isnull=True)


class Exercise(models.Model):
    """Something to solve. What is set is its newest version, `current`; no school means that it came with the site.

    `current` is None only within the transaction that makes the exercise.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="exercises")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="exercises"
    )
    slug = models.SlugField(max_length=MAX_SLUG_CHARACTERS)
    title = models.CharField(max_length=MAX_TITLE_CHARACTERS)
    topic = models.CharField(max_length=20, choices=[(topic, TOPIC_NAMES[topic]) for topic in TOPICS])
    difficulty = models.PositiveSmallIntegerField(choices=list(DIFFICULTY_NAMES.items()))
    tags = models.JSONField(default=list, blank=True)
    is_shared = models.BooleanField(_("shared"), default=False, help_text=_("Everybody in the school finds it."))
    archived_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    current = models.OneToOneField(
        ExerciseVersion, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    objects = ExerciseQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["school", "slug"], name="exercise_slug_in_school"),
            models.UniqueConstraint(fields=["slug"], condition=Q(school__isnull=True), name="exercise_slug_built_in"),
            models.CheckConstraint(condition=Q(difficulty__in=DIFFICULTIES), name="exercise_difficulty"),
        ]

    def __str__(self) -> str:
        return self.title

    def is_visible_to(self, viewer: Viewer) -> bool:
        return Exercise.objects.visible_to(viewer).filter(pk=self.pk).exists()

    def is_editable_by(self, viewer: Viewer) -> bool:
        return Exercise.objects.editable_by(viewer).filter(pk=self.pk).exists()

    @property
    def newest(self) -> ExerciseVersion:
        """The version that is set. Fetch with `select_related("current")`."""
        if self.current is None:
            raise ExerciseVersion.DoesNotExist(f"{self.pk} is only being made")
        return self.current
