from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.ids import uuid7
from accounts.models import User, Viewer
from accounts.permissions import of_people_seen_by
from accounts.roles import Role
from schools.audit_events import AuditEvent
from schools.interest_models import Interest
from schools.join_tries import JoinTry
from schools.permissions import looks_after_classes, of_own_classrooms, of_own_school, runs_schools
from schools.roster_batches import RosterBatch, RosterEntry

__all__ = [
    "AuditEvent",
    "Classroom",
    "Enrolment",
    "Interest",
    "JoinCode",
    "JoinTry",
    "RetiredSlug",
    "RosterBatch",
    "RosterEntry",
    "School",
]

FIRST_YEAR, LAST_YEAR = 2000, 2100
# How long a teacher can take back that a class was archived. Later an admin can.
TEACHERS_UNDO = timedelta(days=1)


def validate_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("%(name)s is no time zone; give a name such as Europe/Berlin.") % {"name": name})


class RetiredSlugQuerySet(models.QuerySet["RetiredSlug"]):
    def visible_to(self, viewer: Viewer) -> RetiredSlugQuerySet:
        """Every one for operators, none for anybody else."""
        is_operator = viewer.is_authenticated and viewer.is_active and viewer.role == Role.OPERATOR
        return self.all() if is_operator else self.none()


class RetiredSlug(models.Model):
    """The slug of a deleted school: never given out again, or old login names would come back to life."""

    slug = models.SlugField(primary_key=True)
    retired_at = models.DateTimeField(default=timezone.now)

    objects = RetiredSlugQuerySet.as_manager()

    def __str__(self) -> str:
        return self.slug


class SchoolQuerySet(models.QuerySet["School"]):
    def visible_to(self, viewer: Viewer) -> SchoolQuerySet:
        """The viewer's own school; every school for operators."""
        return self.filter(of_own_school(viewer, "pk"))

    def editable_by(self, viewer: Viewer) -> SchoolQuerySet:
        """The school admin's own school; every school for operators."""
        return self.filter(of_own_school(viewer, "pk"), runs_schools(viewer))


class School(models.Model):
    """A school: the outer wall of everything in it. Its slug ends its people's login names and never changes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    slug = models.SlugField(unique=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    must_change_passwords = models.BooleanField(
        gettext_lazy("own passwords"),
        default=False,
        help_text=gettext_lazy(
            "Whoever signs in with a pass-phrase that the school made chooses a password of their own first."
        ),
    )
    has_join_codes = models.BooleanField(
        gettext_lazy("join codes"),
        default=True,
        help_text=gettext_lazy("Teachers may give their class a code with which students join it."),
    )
    has_self_registration = models.BooleanField(
        gettext_lazy("accounts by join code"),
        default=False,
        help_text=gettext_lazy("With a join code, a student without an account makes one."),
    )
    leavers_days = models.PositiveSmallIntegerField(
        gettext_lazy("leavers are kept"),
        default=180,
        validators=[MaxValueValidator(3650)],
        help_text=gettext_lazy("Days from leaving the school until the account and all work in it are deleted."),
    )
    bin_days = models.PositiveSmallIntegerField(
        gettext_lazy("the bin is kept"),
        default=30,
        validators=[MinValueValidator(7), MaxValueValidator(365)],
        help_text=gettext_lazy("Days from binning a project until it is deleted."),
    )
    history_days = models.PositiveSmallIntegerField(
        gettext_lazy("history is kept"),
        default=730,
        validators=[MinValueValidator(30), MaxValueValidator(3650)],
        help_text=gettext_lazy("Days for which old revisions of a project can be looked at and restored."),
    )
    audit_days = models.PositiveSmallIntegerField(
        gettext_lazy("the audit trail is kept"),
        default=365,
        validators=[MinValueValidator(30), MaxValueValidator(3650)],
        help_text=gettext_lazy(
            "Days for which the audit trail says who did what. Network addresses in it go after 30 days."
        ),
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SchoolQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        self._check_slug()

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if update_fields is None or "slug" in update_fields:
            self._check_slug()
        super().save(*args, update_fields=update_fields, **kwargs)

    def is_visible_to(self, viewer: Viewer) -> bool:
        return School.objects.visible_to(viewer).filter(pk=self.pk).exists()

    def _check_slug(self) -> None:
        if self.slug != self.slug.lower():
            raise ValidationError({"slug": _("Use small letters, digits and hyphens.")})
        if RetiredSlug.objects.filter(slug=self.slug).exists():
            raise ValidationError({"slug": _("A deleted school had this slug; choose another one.")})
        if not self._state.adding and School.objects.filter(pk=self.pk).exclude(slug=self.slug).exists():
            raise ValidationError({"slug": _("The slug ends every login name of the school and cannot change.")})


def terms_of(person: User) -> School:
    """Whose terms hold for the person: their school's; for those without one, a school's usual ones."""
    return person.school or School()


class ClassroomQuerySet(models.QuerySet["Classroom"]):
    def visible_to(self, viewer: Viewer) -> ClassroomQuerySet:
        """The classes the viewer has to do with: see schools.permissions."""
        return self.filter(of_own_classrooms(viewer, "pk"))

    def editable_by(self, viewer: Viewer) -> ClassroomQuerySet:
        """The classes the viewer looks after: teachers their own, school admins and operators as they see them."""
        return self.filter(of_own_classrooms(viewer, "pk"), looks_after_classes(viewer))

    def restorable_by(self, viewer: Viewer) -> ClassroomQuerySet:
        """Archived classes that the viewer may open again: admins any, teachers what was just archived."""
        archived = self.filter(archived_at__isnull=False)
        if not viewer.is_authenticated or viewer.role != Role.TEACHER:
            return archived.editable_by(viewer)
        taught = Enrolment.objects.filter(user=viewer, role=Enrolment.Role.TEACHER, until__isnull=True)
        is_recent = Q(archived_at__gt=timezone.now() - TEACHERS_UNDO)
        return archived.filter(of_own_school(viewer), is_recent, pk__in=taught.values("classroom_id"))

    def with_student_count(self) -> ClassroomQuerySet:
        """Adds `student_count`, those in the class now whose account is open."""
        in_it_now = Q(
            enrolments__role=Enrolment.Role.STUDENT, enrolments__until__isnull=True, enrolments__user__is_active=True
        )
        return self.annotate(student_count=models.Count("enrolments", filter=in_it_now))


class Classroom(models.Model):
    """A class in one school year."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="classrooms")
    name = models.CharField(max_length=50)
    year = models.PositiveSmallIntegerField(
        help_text=gettext_lazy("The year in which the school year begins."),
        validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)],
    )
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = ClassroomQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("class")
        verbose_name_plural = gettext_lazy("classes")
        ordering = ["-year", "name"]
        constraints = [
            models.UniqueConstraint(fields=["school", "year", "name"], name="classroom_name_in_year"),
            models.UniqueConstraint(fields=["id", "school"], name="classroom_id_school"),
        ]

    def __str__(self) -> str:
        return self.name

    def is_visible_to(self, viewer: Viewer) -> bool:
        return Classroom.objects.visible_to(viewer).filter(pk=self.pk).exists()

    def is_editable_by(self, viewer: Viewer) -> bool:
        return Classroom.objects.editable_by(viewer).filter(pk=self.pk).exists()


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def visible_to(self, viewer: Viewer) -> EnrolmentQuerySet:
        """Students: their own. Teachers: those of the students they see now and their own. Admins: the school's."""
        return self.filter(of_own_classrooms(viewer) & of_people_seen_by(viewer, "user"))

    def active(self) -> EnrolmentQuerySet:
        """Those that have not ended, in classes that are not archived."""
        return self.filter(until__isnull=True, classroom__archived_at__isnull=True)

    def classroom_ids(self, role: str) -> models.QuerySet[Enrolment, Any]:
        """The classes of the active ones in this role, for a subquery."""
        return self.active().filter(role=role).values("classroom_id")

    def taught_student_ids(self) -> models.QuerySet[Enrolment, Any]:
        """From a teacher's enrolments to the students now in these classes, for a subquery."""
        classrooms = self.classroom_ids(Enrolment.Role.TEACHER)
        students = Enrolment.objects.active().filter(role=Enrolment.Role.STUDENT, classroom_id__in=classrooms)
        return students.values("user_id")


class Enrolment(models.Model):
    """A person in a class, as student or as teacher, from a day until it ends.

    The database itself keeps class and person in one school: composite foreign keys on PostgreSQL, triggers on
    SQLite (migration 0002).
    """

    class Role(models.TextChoices):
        STUDENT = "student", gettext_lazy("Student")
        TEACHER = "teacher", gettext_lazy("Teacher")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+", editable=False)
    classroom = models.ForeignKey(Classroom, models.CASCADE, related_name="enrolments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="enrolments")
    role = models.CharField(max_length=10, choices=Role.choices)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(
                fields=["classroom", "user"],
                condition=Q(until__isnull=True),
                name="enrolment_one_active",
                violation_error_message=gettext_lazy("This person is in the class already."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="enrolment_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.classroom}"

    def clean(self) -> None:
        super().clean()
        self.school_id = self.classroom.school_id
        if self.user.school_id != self.school_id:
            raise ValidationError({"user": _("This person is in another school.")})
        if self.user.role != self.role:
            raise ValidationError(
                {"role": _("This person is no %(role)s.") % {"role": self.get_role_display().lower()}}
            )

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.school_id = self.classroom.school_id
        super().save(*args, **kwargs)

    def is_visible_to(self, viewer: Viewer) -> bool:
        return Enrolment.objects.visible_to(viewer).filter(pk=self.pk).exists()


class JoinCodeQuerySet(models.QuerySet["JoinCode"]):
    def visible_to(self, viewer: Viewer) -> JoinCodeQuerySet:
        """The codes of the classes the viewer looks after."""
        return self.filter(classroom__in=Classroom.objects.editable_by(viewer))

    def open(self, now: datetime | None = None) -> JoinCodeQuerySet:
        """Those that let somebody in now: not revoked, expired or used up, in a class that is not archived."""
        return self.filter(
            revoked_at__isnull=True,
            expires_at__gt=now or timezone.now(),
            use_count__lt=F("max_use_count"),
            classroom__archived_at__isnull=True,
            classroom__school__has_join_codes=True,
        )


class JoinCode(models.Model):
    """What students type to get into a class: until it expires, is revoked, or has let enough of them in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    classroom = models.ForeignKey(Classroom, models.CASCADE, related_name="join_codes")
    code = models.CharField(max_length=20, unique=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    max_use_count = models.PositiveSmallIntegerField(default=40)
    use_count = models.PositiveSmallIntegerField(default=0)

    objects = JoinCodeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(condition=Q(use_count__lte=F("max_use_count")), name="join_code_within_its_cap")
        ]

    def __str__(self) -> str:
        return self.code

    def is_visible_to(self, viewer: Viewer) -> bool:
        return JoinCode.objects.visible_to(viewer).filter(pk=self.pk).exists()
