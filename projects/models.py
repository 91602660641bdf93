from __future__ import annotations

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.models import Viewer
from accounts.permissions import NOTHING, of_people_seen_by
from projects.limits import MAX_FILE_BYTES, MAX_NAME_CHARACTERS, MAX_PATH_BYTES
from schools.models import terms_of


class ProjectQuerySet(models.QuerySet["Project"]):
    def visible_to(self, viewer: Viewer) -> ProjectQuerySet:
        """The work of the people whom the viewer may see, without what is in the bin."""
        return self.filter(of_people_seen_by(viewer, "owner"), binned_at__isnull=True)

    def editable_by(self, viewer: Viewer) -> ProjectQuerySet:
        """The viewer's own: nobody writes in somebody else's project."""
        return self.owned_by(viewer).filter(binned_at__isnull=True)

    def owned_by(self, viewer: Viewer) -> ProjectQuerySet:
        """The viewer's own, those in the bin too."""
        own = Q(owner=viewer.pk) if viewer.is_authenticated else NOTHING
        return self.filter(of_people_seen_by(viewer, "owner"), own)

    def listed(self) -> ProjectQuerySet:
        """Without those behind work on an exercise, which are looked after with that work (assessment.Work)."""
        return self.filter(is_exercise=False)

    def in_bin(self) -> ProjectQuerySet:
        return self.filter(binned_at__isnull=False)


class Project(models.Model):
    """A student's (or teacher's) folder of files. `revision` counts its saves and, by a trigger, only grows."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="projects")
    name = models.CharField(max_length=MAX_NAME_CHARACTERS)
    template = models.CharField(max_length=50, blank=True, help_text=_("What it was started from."))
    revision = models.PositiveIntegerField(default=0, editable=False)
    history_bytes = models.PositiveBigIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    binned_at = models.DateTimeField(null=True, blank=True)
    is_exercise = models.BooleanField(default=False, editable=False, help_text=_("The files of work on an exercise."))

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at"]
        indexes = [models.Index(fields=["owner", "-saved_at"], name="project_owner_saved")]

    def __str__(self) -> str:
        return self.name

    def is_visible_to(self, viewer: Viewer) -> bool:
        return Project.objects.visible_to(viewer).filter(pk=self.pk).exists()

    def is_editable_by(self, viewer: Viewer) -> bool:
        return Project.objects.editable_by(viewer).filter(pk=self.pk).exists()

    def time_zone(self) -> ZoneInfo:
        """Where its owner's days begin and end: the school's time zone."""
        school = self.owner.school
        return ZoneInfo(school.time_zone if school else "UTC")

    def history_days(self) -> int:
        """For how long old revisions are kept."""
        return terms_of(self.owner).history_days

    def bin_days(self) -> int:
        """For how long it stays in the bin."""
        return terms_of(self.owner).bin_days

    def total_bytes(self) -> int:
        return int(self.files.aggregate(total=models.Sum("size", default=0))["total"])


class FileQuerySet(models.QuerySet["File"]):
    def visible_to(self, viewer: Viewer) -> FileQuerySet:
        """The files of the projects the viewer may see."""
        return self.filter(project__in=Project.objects.visible_to(viewer))


class File(models.Model):
    """A file as it is now. What it was before is in the revisions."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="files")
    path = models.CharField(max_length=MAX_PATH_BYTES)
    # Case folding may lengthen a path up to threefold.
    path_key = models.CharField(max_length=3 * MAX_PATH_BYTES, editable=False)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    is_text = models.BooleanField()

    objects = FileQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(fields=["project", "path_key"], name="file_path_in_project"),
            models.CheckConstraint(condition=Q(size__lte=MAX_FILE_BYTES), name="file_size_limit"),
        ]

    def __str__(self) -> str:
        return self.path

    def is_visible_to(self, viewer: Viewer) -> bool:
        return File.objects.visible_to(viewer).filter(pk=self.pk).exists()


class RevisionQuerySet(models.QuerySet["Revision"]):
    def visible_to(self, viewer: Viewer) -> RevisionQuerySet:
        """The history of the projects the viewer may see."""
        return self.filter(project__in=Project.objects.visible_to(viewer))

    def kept(self) -> RevisionQuerySet:
        """Those that can be looked at and restored: not folded into a later one (projects/thinning.py)."""
        return self.filter(is_folded=False)


class Revision(models.Model):
    """One save: who, when, and under which idempotency key, so that a repeated request is answered the same."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    idempotency_key = models.CharField(max_length=64)
    restored_from = models.PositiveIntegerField(null=True, blank=True)
    # Its files are in a later revision; the row waits for its key to be of no use any more.
    is_folded = models.BooleanField(default=False)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="revision_number_in_project"),
            models.UniqueConstraint(fields=["project", "idempotency_key"], name="revision_key_in_project"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} r{self.number}"

    def is_visible_to(self, viewer: Viewer) -> bool:
        return Revision.objects.visible_to(viewer).filter(pk=self.pk).exists()


class RevisionFile(models.Model):
    """A file as one revision left it; no content means that the revision deleted it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="files")
    path = models.CharField(max_length=MAX_PATH_BYTES)
    content = models.BinaryField(null=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    is_text = models.BooleanField(default=True)

    class Meta:
        ordering = ["path"]
        constraints = [models.UniqueConstraint(fields=["revision", "path"], name="revision_file_path")]

    def __str__(self) -> str:
        return self.path

    @property
    def is_deleted(self) -> bool:
        return self.content is None
