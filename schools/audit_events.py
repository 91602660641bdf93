"""The audit trail: who did what to whom, when, and from where. It is added to and read, never changed.

The database refuses to alter or delete an event (migration 0004; SQLite: schools/triggers.py), but within `erasing()`,
which retention and the deletion of a school use.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.models import Viewer
from schools.permissions import of_own_school, runs_schools

_is_erasing: ContextVar[bool] = ContextVar("audit_is_erasing", default=False)


class What(models.TextChoices):
    """What can happen. The details an event carries are named beside it."""

    SIGNED_IN = "signed in", _("Signed in")
    SIGN_IN_FAILED = "sign-in failed", _("Sign-in failed")
    SIGN_IN_DELAYED = "sign-in delayed", _("Sign-in delayed")  # delay_s
    SIGN_IN_RELEASED = "sign-in released", _("Sign-in released")
    SIGNED_OUT = "signed out", _("Signed out")
    SESSIONS_ENDED = "sessions ended", _("Signed out everywhere")
    PASSWORD_CHANGED = "password changed", _("Password changed")  # noqa: S105
    PASSWORD_RESET = "password reset", _("Password reset")  # noqa: S105
    ACCOUNT_CREATED = "account created", _("Account created")  # role
    ACCOUNT_CHANGED = "account changed", _("Account changed")  # fields
    ROLE_CHANGED = "role changed", _("Role changed")  # old, new
    ACCOUNT_CLOSED = "account closed", _("Account closed")
    ACCOUNT_OPENED = "account opened", _("Account opened again")
    ACCOUNT_DELETED = "account deleted", _("Account deleted")  # row counts
    ENROLLED = "enrolled", _("Came into a class")  # classroom, role
    UNENROLLED = "unenrolled", _("Left a class")  # classroom, role
    CLASSROOM_CREATED = "class created", _("Class created")  # classroom
    CLASSROOM_CHANGED = "class changed", _("Class changed")  # classroom, fields
    CLASSROOM_ARCHIVED = "class archived", _("Class archived")  # classroom
    CLASSROOM_DELETED = "class deleted", _("Class deleted")  # classroom
    JOIN_CODE_CREATED = "join code created", _("Join code created")  # classroom
    JOIN_CODE_REVOKED = "join code revoked", _("Join code revoked")  # classroom
    IMPORTED = "people imported", _("People imported")  # count, classroom
    EXPORTED = "data exported", _("Data exported")  # kind, count
    WORK_SEEN = "work seen", _("Looked at a student's work")  # project
    ASSIGNMENT_SET = "assignment set", _("Assignment set")  # assignment
    ASSIGNMENT_CHANGED = "assignment changed", _("Assignment changed")  # assignment, fields, exercise
    RESULTS_RELEASED = "results released", _("Results released")  # assignment
    RESULTS_WITHDRAWN = "results withdrawn", _("Release of results withdrawn")  # assignment
    EXTENSION_GIVEN = "extension given", _("Extension given")  # assignment
    EXTENSION_TAKEN_BACK = "extension taken back", _("Extension taken back")  # assignment
    MARK_SET = "mark set", _("Mark set by hand")  # submission, points, out_of, or taken_back
    MARKS_PUBLISHED = "marks published", _("Published what a marking found")  # classroom, count
    SCHOOL_CREATED = "school created", _("School created")
    SCHOOL_CHANGED = "school changed", _("School changed")  # fields
    SCHOOL_DELETED = "school deleted", _("School deleted")  # slug, row counts
    PURGED = "data purged", _("Old data purged")  # row counts


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    def visible_to(self, viewer: Viewer) -> AuditEventQuerySet:
        """School admins: their school's. Operators: everything. Nobody else."""
        return self.filter(of_own_school(viewer), runs_schools(viewer))


class AuditEvent(models.Model):
    """One thing that happened. People are kept by id alone: their names leave the trail with the account."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, related_name="audit_events")
    what = models.CharField(max_length=30, choices=What.choices)
    actor = models.UUIDField(_("by"), null=True, help_text=_("Who did it; nobody for commands and strangers."))
    about = models.UUIDField(null=True, db_index=True, help_text=_("To whom."))
    address = models.GenericIPAddressField(null=True, help_text=_("From where; gone after 30 days."))
    details = models.JSONField(default=dict)

    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit trail event")
        verbose_name_plural = _("audit trail events")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["school", "-at"], name="audit_school_at")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_what_display()}"

    def is_visible_to(self, viewer: Viewer) -> bool:
        return AuditEvent.objects.visible_to(viewer).filter(pk=self.pk).exists()


def is_erasing() -> bool:
    """Whether the code that runs now may delete from the trail: what SQLite's trigger asks."""
    return _is_erasing.get()


@contextmanager
def erasing() -> Iterator[None]:
    """Within it the trail may be shortened. Only retention and the deletion of a school have reason to.

    On PostgreSQL it must be within a transaction: the permission ends with that at the latest.
    """
    token = _is_erasing.set(True)
    _tell_postgres("on")
    try:
        yield
    finally:
        _is_erasing.reset(token)
        if not connection.needs_rollback:
            _tell_postgres("")


def _tell_postgres(value: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('codeplatform.erasing_audit', %s, true)", [value])
