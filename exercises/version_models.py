"""What an exercise was at one moment. A version never changes: results say which one they were made with."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.models import Viewer
from exercises.format_limits import MAX_TITLE_CHARACTERS
from exercises.permissions import of_exercises_seen_by, writes_exercises
from exercises.specs import KINDS, VISIBILITIES
from frontend.static.python.file_names import MAX_PATH_BYTES

HIDDEN = "hidden"


class FrozenError(Exception):
    """Somebody tried to change what never changes; save the exercise again instead, which makes a new version."""


class Frozen(models.Model):
    """A row that is written once. The database itself refuses a change, too (migration 0002, exercises/triggers.py)."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise FrozenError(f"{self._meta.verbose_name} {self.pk} is frozen.")
        super().save(*args, **kwargs)


class ExerciseVersionQuerySet(models.QuerySet["ExerciseVersion"]):
    def visible_to(self, viewer: Viewer) -> ExerciseVersionQuerySet:
        """The versions of the exercises the viewer may see; students: the newest alone."""
        rows = self.filter(of_exercises_seen_by(viewer, "exercise"))
        return rows if writes_exercises(viewer) else rows.filter(exercise__current=F("pk"))


class ExerciseVersion(Frozen):
    """The text of an exercise. Its files and tests hang on it; together they are the whole of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    exercise = models.ForeignKey("exercises.Exercise", models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    statement = models.TextField(help_text=_("In Markdown."))
    entry = models.CharField(max_length=MAX_PATH_BYTES, help_text=_("The file that Run runs."))
    hints = models.JSONField(default=list)
    digest = models.CharField(
        max_length=64, help_text=_("Of the whole folder: an unchanged import makes no new version.")
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = ExerciseVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an exercise")
        verbose_name_plural = _("versions of exercises")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["exercise", "number"], name="version_number_in_exercise")]

    def __str__(self) -> str:
        return f"{self.exercise_id} v{self.number}"


class TestCaseQuerySet(models.QuerySet["TestCase"]):
    def visible_to(self, viewer: Viewer) -> TestCaseQuerySet:
        """The tests of the versions the viewer may see; students: without those that are hidden."""
        rows = self.filter(version__in=ExerciseVersion.objects.visible_to(viewer))
        return rows if writes_exercises(viewer) else rows.for_students()

    def for_students(self) -> TestCaseQuerySet:
        """All but the hidden ones: those that Check runs."""
        return self.exclude(visibility=HIDDEN)


class TestCase(Frozen):
    """One test of a version: docs/exercise-format.md. `spec` holds the keys that are this kind's own."""

    __test__ = False  # nothing for pytest to collect

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(ExerciseVersion, models.CASCADE, related_name="tests")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    name = models.CharField(max_length=MAX_TITLE_CHARACTERS)
    points = models.PositiveSmallIntegerField()
    visibility = models.CharField(max_length=10, choices=[(choice, choice) for choice in VISIBILITIES])
    feedback = models.TextField(blank=True)
    time_limit_s = models.PositiveSmallIntegerField()
    spec = models.JSONField(default=dict)

    objects = TestCaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("test")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="test_number_in_version"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="test_kind"),
            models.CheckConstraint(condition=Q(visibility__in=VISIBILITIES), name="test_visibility"),
        ]

    def __str__(self) -> str:
        return self.name


class ExerciseFileQuerySet(models.QuerySet["ExerciseFile"]):
    def visible_to(self, viewer: Viewer) -> ExerciseFileQuerySet:
        """The files of the versions the viewer may see; students: what they begin with, and what Check needs."""
        rows = self.filter(version__in=ExerciseVersion.objects.visible_to(viewer))
        return rows if writes_exercises(viewer) else rows.for_students()

    def for_students(self) -> ExerciseFileQuerySet:
        """Starter files, and the files of unittests that are not hidden; a file that a hidden test uses too is not."""
        using = TestCase.objects.filter(version=OuterRef("version"), kind="unittest").alias(
            file=KeyTextTransform("path", "spec")
        )
        using = using.filter(file=OuterRef("path"))
        part = ExerciseFile.Part
        shown = Q(part=part.TESTS) & Exists(using.for_students()) & ~Exists(using.filter(visibility=HIDDEN))
        return self.filter(Q(part=part.STARTER) | shown)


class ExerciseFile(Frozen):
    """A file of a version, in one of the three folders of the format."""

    class Part(models.TextChoices):
        STARTER = "starter", _("Starter")
        REFERENCE = "reference", _("Reference")
        TESTS = "tests", _("Tests")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(ExerciseVersion, models.CASCADE, related_name="files")
    part = models.CharField(max_length=10, choices=Part.choices)
    path = models.CharField(max_length=MAX_PATH_BYTES)
    content = models.BinaryField()

    objects = ExerciseFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of an exercise")
        verbose_name_plural = _("files of exercises")
        ordering = ["part", "path"]
        constraints = [models.UniqueConstraint(fields=["version", "part", "path"], name="exercise_file_path")]

    def __str__(self) -> str:
        return f"{self.part}/{self.path}"
