"""How a school comes to the site: the school itself, and the first admin, who makes all other accounts."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.passphrases import new_pass_phrase
from accounts.roles import Role
from schools.audit import record
from schools.audit_events import What
from schools.models import School


@transaction.atomic
def create_school(name: str, slug: str, time_zone: str) -> School:
    """A new school. Raises ValidationError, with a sentence for each field that does not do."""
    school = School(name=name, slug=slug, time_zone=time_zone)
    school.full_clean()
    school.save()
    record(What.SCHOOL_CREATED, school=school)
    return school


@transaction.atomic
def create_school_admin(school: School, name: str, display_name: str = "") -> tuple[User, str]:
    """A new admin of the school, and the pass-phrase to be changed at the first sign-in; it is not kept.

    Raises ValidationError when the name does not do.
    """
    if name.count("@") and not name.casefold().strip().endswith(f"@{school.slug}"):
        raise ValidationError(
            {"username": _("The login name ends in @%(slug)s; leave that out, or give it so.") % {"slug": school.slug}}
        )
    phrase = new_pass_phrase()
    person = User.objects.create_user(
        name, phrase, role=Role.SCHOOL_ADMIN, school=school, display_name=display_name, must_change_password=True
    )
    record(What.ACCOUNT_CREATED, about=person, details={"role": person.role})
    return person, phrase
