from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.models import Viewer
from accounts.roles import Role

MAX_NAME = 100
MAX_SCHOOL_NAME = 200
MAX_MESSAGE = 4000


class InterestQuerySet(models.QuerySet["Interest"]):
    def visible_to(self, viewer: Viewer) -> InterestQuerySet:
        """Every one for operators, none for anybody else."""
        is_operator = viewer.is_authenticated and viewer.is_active and viewer.role == Role.OPERATOR
        return self.all() if is_operator else self.none()


class Interest(models.Model):
    """Somebody of a school that is not here would like to try the site. They have no account.

    `key` stands for everything that was written: who sends the same form twice has registered once.
    """

    class As(models.TextChoices):
        TEACHER = "teacher", _("Teacher")
        HEAD_OF_DEPARTMENT = "head of department", _("Head of department")
        SCHOOL_LEADER = "school leader", _("Head teacher or school management")
        IT = "it", _("IT or data protection")
        OTHER = "other", _("Something else")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=MAX_NAME)
    school_name = models.CharField(_("school"), max_length=MAX_SCHOOL_NAME)
    works_as = models.CharField(_("works as"), max_length=20, choices=As.choices)
    email = models.EmailField(_("e-mail"))
    message = models.TextField(_("message"), max_length=MAX_MESSAGE, blank=True)
    created_at = models.DateTimeField(_("registered"), default=timezone.now, db_index=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmation sent"), null=True, editable=False)

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration of interest")
        verbose_name_plural = _("registrations of interest")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        # Without names: Django's log of the administration keeps it longer than the row.
        return f"{self.created_at:%Y-%m-%d %H:%M:%S}"
