from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.names import MAX_SHORT_NAME, normalise
from accounts.passwords import MAX_PASSWORD_CHARACTERS
from schools import people
from schools.audit import record
from schools.audit_events import What
from schools.joining import LIFETIME_DAYS, MAX_USES, use
from schools.models import JoinCode
from schools.roster_plan import MAX_NAME, clean_name

REFUSAL = gettext_lazy("This code lets nobody in now. Check each character, or ask your teacher for a new code.")


class JoinForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Join code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "autofocus": True}
        ),
        error_messages={"max_length": REFUSAL, "null_characters_not_allowed": REFUSAL},
    )


class NewCodeForm(forms.Form):
    days = forms.TypedChoiceField(
        label=gettext_lazy("Works for"),
        coerce=int,
        choices=lambda: [(days, ngettext("%(n)s day", "%(n)s days", days) % {"n": days}) for days in LIFETIME_DAYS],
        initial=7,
    )
    max_use_count = forms.IntegerField(
        label=gettext_lazy("Lets in at most"),
        min_value=1,
        max_value=MAX_USES,
        initial=40,
        help_text=gettext_lazy("Students."),
    )


class RegisterForm(forms.Form):
    """A new student of the code's class: a name, a login name, a password. Other keys have no effect."""

    display_name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=MAX_NAME,
        help_text=gettext_lazy("As your teacher knows you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    login = forms.CharField(
        label=gettext_lazy("Login name"),
        max_length=MAX_SHORT_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        max_length=MAX_PASSWORD_CHARACTERS,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy("15 characters or more. Four words with hyphens between are easy to remember."),
    )

    def __init__(self, *args: Any, code: JoinCode, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code = code

    def clean_display_name(self) -> str:
        return clean_name(self.cleaned_data["display_name"])

    def clean(self) -> dict[str, Any]:
        name, login = self.cleaned_data.get("display_name"), self.cleaned_data.get("login")
        if name and login and self.cleaned_data.get("password"):
            school = self.code.classroom.school
            short_name = normalise(login).removesuffix(f"@{school.slug}")
            self.user = User(username=f"{short_name}@{school.slug}", display_name=name, school=school)
            try:
                self.user.full_clean(exclude=["password"])
            except ValidationError as error:
                self.add_error("login", error.messages[0])
            try:
                validate_password(self.cleaned_data["password"], self.user)
            except ValidationError as error:
                self.add_error("password", error)
        return self.cleaned_data

    def save(self, request: HttpRequest) -> User | None:
        """The account, in the class; None when somebody took the login name in this moment. Raises CannotJoin."""
        self.user.set_password(self.cleaned_data["password"])
        try:
            with transaction.atomic():
                use(self.code)
                self.user.save(force_insert=True)
                details = {"role": str(self.user.role)}
                record(What.ACCOUNT_CREATED, actor=self.user, about=self.user, request=request, details=details)
                people.enrol(self.user, self.code.classroom, request=request)
        except IntegrityError:
            self.add_error("login", _("Somebody has this login name. Choose another one."))
            return None
        return self.user
