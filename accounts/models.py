from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.ids import uuid7
from accounts.names import MAX_LOGIN_NAME, normalise, skeleton, validate_short_name
from accounts.permissions import of_people_looked_after_by, of_people_seen_by
from accounts.roles import Role

if TYPE_CHECKING:
    from schools.models import School


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, viewer: Viewer) -> UserQuerySet:
        """The people whom the viewer may see: see accounts.permissions."""
        return self.filter(of_people_seen_by(viewer))

    def editable_by(self, viewer: Viewer) -> UserQuerySet:
        """The people whose account the viewer looks after: see accounts.permissions."""
        return self.filter(of_people_looked_after_by(viewer))

    def school_name(self, slug: str) -> str:
        """The name of the school with this slug, empty where nobody could sign in."""
        return self.filter(school__slug=slug).values_list("school__name", flat=True).first() or ""


# Not Django's BaseUserManager: the type checker cannot make a manager of it, and it adds nothing that is used.
_UserManager = models.Manager.from_queryset(UserQuerySet)


class UserManager(_UserManager["User"]):
    def create_user(
        self,
        username: str,
        password: str | None = None,
        *,
        role: str = Role.STUDENT,
        school: School | None = None,
        **fields: Any,
    ) -> User:
        """A new account, checked as a form would check it; a short name gains `@` and the slug of the school.

        Raises ValidationError when the name is taken, looks like one that is, or does not fit the school.
        """
        if school is not None and "@" not in username:
            username = f"{username}@{school.slug}"
        user = User(username=normalise(username), role=role, school=school, **fields)
        user.set_password(password)
        user.display_name = user.display_name or user.short_name
        user.full_clean()
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> User:
        """An operator with every right: what `manage.py createsuperuser` makes."""
        return self.create_user(username, password, role=Role.OPERATOR, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return User.objects.get(username=normalise(username or ""))


class User(AbstractBaseUser, PermissionsMixin):
    """A person: one role, one school (none for operators), a login name that is unique everywhere."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(
        gettext_lazy("login name"),
        max_length=MAX_LOGIN_NAME,
        unique=True,
        help_text=gettext_lazy("name@school; operators have a name alone."),
    )
    name_key = models.CharField(max_length=MAX_LOGIN_NAME, editable=False)
    display_name = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.STUDENT)
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, blank=True, related_name="people")
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(gettext_lazy("active"), default=True)
    must_change_password = models.BooleanField(
        default=False, help_text=gettext_lazy("They choose a password of their own when they sign in next.")
    )
    session_round = models.PositiveIntegerField(default=0, editable=False)
    last_seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    left_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=gettext_lazy("When they left the school. The account is closed, and deleted in time."),
    )
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = gettext_lazy("person")
        verbose_name_plural = gettext_lazy("people")
        ordering = ["display_name", "username"]
        constraints = [
            models.CheckConstraint(
                condition=Q(role=Role.OPERATOR, school__isnull=True)
                | Q(role__in=[Role.STUDENT, Role.TEACHER, Role.SCHOOL_ADMIN], school__isnull=False),
                name="user_role_fits_school",
                violation_error_message=gettext_lazy(
                    "Everybody but operators belongs to a school, and operators to none."
                ),
            ),
            models.CheckConstraint(
                condition=Q(is_superuser=False) | Q(role=Role.OPERATOR),
                name="user_superuser_is_operator",
                violation_error_message=gettext_lazy("Only operators may be superusers."),
            ),
            models.UniqueConstraint(
                fields=["school", "name_key"],
                name="user_no_twins_in_school",
                violation_error_message=gettext_lazy("This school has a login name that looks the same."),
            ),
            models.UniqueConstraint(
                fields=["name_key"],
                condition=Q(school__isnull=True),
                name="user_no_twins_among_operators",
                violation_error_message=gettext_lazy("There is an operator whose name looks the same."),
            ),
            # What schools.Enrolment's composite foreign key points at
            models.UniqueConstraint(fields=["id", "school"], name="user_id_school"),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    def clean(self) -> None:
        super().clean()
        self.username = normalise(self.username)
        self.name_key = skeleton(self.short_name)
        validate_short_name(self.short_name)
        slug = self.school.slug if self.school else ""
        if self.username != (f"{self.short_name}@{slug}" if slug else self.short_name):
            raise ValidationError(
                {
                    "username": _("The login name must end in @%(slug)s.") % {"slug": slug}
                    if slug
                    else _("Leave out the @.")
                }
            )

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.username = normalise(self.username)
        self.name_key = skeleton(self.short_name)
        if update_fields is not None and "username" in update_fields:
            update_fields = {*update_fields, "name_key"}
        super().save(*args, update_fields=update_fields, **kwargs)

    @classmethod
    def normalize_username(cls, username: str) -> str:
        return normalise(username)

    @property
    def short_name(self) -> str:
        """The login name without its school: what is typed on the school's own page."""
        return self.username.partition("@")[0]

    @property
    def is_staff(self) -> bool:
        """Whether the administration lets them in. What they find there is theirs: schools/admin_base.py."""
        return self.role in {Role.OPERATOR, Role.SCHOOL_ADMIN}

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return self.short_name

    def set_password(self, raw_password: str | None) -> None:
        super().set_password(_one_spelling(raw_password))

    def check_password(self, raw_password: str) -> bool:
        return super().check_password(_one_spelling(raw_password) or "")

    def get_session_auth_hash(self) -> str:
        return self._session_auth_hash()

    def get_session_auth_fallback_hash(self) -> Iterable[str]:
        return (self._session_auth_hash(secret) for secret in settings.SECRET_KEY_FALLBACKS)

    def is_visible_to(self, viewer: Viewer) -> bool:
        return User.objects.visible_to(viewer).filter(pk=self.pk).exists()

    def is_editable_by(self, viewer: Viewer) -> bool:
        return User.objects.editable_by(viewer).filter(pk=self.pk).exists()

    def end_sessions(self) -> None:
        """Sign this person out everywhere: no session that began before is good for anything."""
        self.session_round = F("session_round") + 1
        self.save(update_fields=["session_round"])
        self.refresh_from_db(fields=["session_round"])

    def _session_auth_hash(self, secret: str | bytes | None = None) -> str:
        # A session ends with the role it began in, as it does with the password.
        value = f"{self.password}|{self.role}|{self.school_id}|{self.session_round}"
        return salted_hmac("accounts.models.User.session", value, secret=secret, algorithm="sha256").hexdigest()


def _one_spelling(password: str | None) -> str | None:
    # Keyboards differ in how they compose a letter with its accent (NIST SP 800-63B-4, section 3.1.1.2).
    return None if password is None else unicodedata.normalize("NFKC", password)


class SignInCounter(models.Model):
    """Wrong passwords in a row for one account: from a device that knows it, or from all others (accounts.brake).

    Names that belong to nobody are counted too, by a keyed hash, so that nobody learns which exist.
    """

    key = models.CharField(
        max_length=64, unique=True, help_text=gettext_lazy("Account and device, or a hash of a made-up name.")
    )
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sign_in_counters")
    failure_count = models.PositiveIntegerField(default=0)
    failed_at = models.DateTimeField()
    free_at = models.DateTimeField(help_text=gettext_lazy("When the next try is looked at."))
    held_until = models.DateTimeField(null=True, help_text=gettext_lazy("Until when a busy network holds it back."))

    class Meta:
        indexes = [models.Index(fields=["id"], condition=Q(user__isnull=True), name="sign_in_made_up_names")]

    def __str__(self) -> str:
        return f"{self.failure_count} in a row"


class AddressBudget(models.Model):
    """How much came from one network address lately (wrong passwords, forms), as the moment when it is forgotten."""

    key = models.CharField(max_length=64, unique=True)
    drained_at_ms = models.BigIntegerField(db_index=True)  # Unix time

    def __str__(self) -> str:
        return f"forgotten at {self.drained_at_ms} ms"


Viewer: TypeAlias = User | AnonymousUser
