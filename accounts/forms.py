from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest

from accounts.axes_handler import attempt_of
from accounts.brake import Attempt
from accounts.models import User
from accounts.names import MAX_LOGIN_NAME

MAX_PASSWORD_CHARACTERS = 256  # more is no password, only work for the hasher
REFUSAL = "The login name and the password do not match. Check both, and the keys for capitals."


class SignInForm(forms.Form):
    """Login name and password; on a school's own page the short name is enough.

    Every failure is the same sentence: it does not tell whether the name exists or the account is closed. After
    `is_valid`, `user` is who signs in; `refused` is set when the password was not even looked at.
    """

    username = forms.CharField(
        label="Login name",
        max_length=MAX_LOGIN_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"max_length": REFUSAL, "null_characters_not_allowed": REFUSAL},
    )
    password = forms.CharField(
        label="Password",
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
        """Whether a value is one that nobody types: too long, or with NUL in it."""
        codes = {error.code for errors in self.errors.as_data().values() for error in errors}
        return bool(codes & {"max_length", "null_characters_not_allowed"})

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
