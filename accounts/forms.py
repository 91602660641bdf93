from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.axes_handler import attempt_of
from accounts.brake import Attempt, record_success
from accounts.models import User
from accounts.names import MAX_LOGIN_NAME
from accounts.passwords import MAX_PASSWORD_CHARACTERS

REFUSAL = gettext_lazy("The login name and the password do not match. Check both, and the keys for capitals.")


class SignInForm(forms.Form):
    """Login name and password; on a school's own page the short name is enough.

    Every failure is the same sentence: it does not tell whether the name exists or the account is closed. After
    `is_valid`, `user` is who signs in; `refused` is set when the password was not even looked at.
    """

    username = forms.CharField(
        label=gettext_lazy("Login name"),
        max_length=MAX_LOGIN_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"max_length": REFUSAL, "null_characters_not_allowed": REFUSAL},
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        max_length=MAX_PASSWORD_CHARACTERS,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"max_length": REFUSAL, "null_characters_not_allowed": REFUSAL},
    )

    def __init__(self, *args: Any, request: HttpRequest, school_slug: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.school_slug = school_slug
        self.user: User | None = None
        self.refused: Attempt | None = None
        has_name = bool(self["username"].value())
        self.fields["password" if has_name else "username"].widget.attrs["autofocus"] = True

    @property
    def is_absurd(self) -> bool:
        return is_absurd(self)

    def clean(self) -> dict[str, Any]:
        username, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if username and password:
            if self.school_slug and "@" not in username:
                username = f"{username}@{self.school_slug}"
            user = authenticate(self.request, username=username, password=password)
            attempt = attempt_of(self.request)
            if attempt is not None and attempt.is_refused:
                self.refused = attempt
            elif not isinstance(user, User):
                raise forms.ValidationError(REFUSAL)
            else:
                self.user = user
        return self.cleaned_data


class PasswordForm(forms.Form):
    """The old password and a new one. After `is_valid`, `refused` is set when the old one was not even looked at."""

    old_password = forms.CharField(
        label=gettext_lazy("Your password now"),
        strip=False,
        max_length=MAX_PASSWORD_CHARACTERS,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new_password = forms.CharField(
        label=gettext_lazy("New password"),
        strip=False,
        max_length=MAX_PASSWORD_CHARACTERS,
        help_text=" ".join(password_validators_help_texts()),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user = user
        self.refused: Attempt | None = None

    @property
    def is_absurd(self) -> bool:
        return is_absurd(self)

    def clean_new_password(self) -> str:
        password: str = self.cleaned_data["new_password"]
        validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        old, new = self.cleaned_data.get("old_password"), self.cleaned_data.get("new_password")
        if old and new:
            self._check_old(old)
            if old == new:
                self.add_error("new_password", _("This is the password you have now. Choose another."))
        return self.cleaned_data

    def _check_old(self, old: str) -> None:
        # Through the brake: whoever finds a device that is signed in must not guess here either.
        user = authenticate(self.request, username=self.user.username, password=old)
        attempt = attempt_of(self.request)
        if attempt is not None and attempt.is_refused:
            self.refused = attempt
        elif user != self.user:
            self.add_error("old_password", _("This is not your password now. Check the keys for capitals."))
        elif attempt is not None:
            record_success(attempt)


def is_absurd(form: forms.Form) -> bool:
    """Whether a value is one that nobody types: too long, or with NUL in it."""
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return bool(codes & {"max_length", "null_characters_not_allowed"})
