from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schools.interest_models import MAX_MESSAGE, MAX_NAME, MAX_SCHOOL_NAME, Interest

_JOINERS = "\u200c\u200d"  # some scripts, and emoji, need them


class InterestForm(forms.Form):
    """What somebody writes about themselves; `interest()` is it as a row. Other keys have no effect.

    People do not see `website`, and programs that fill in every field do. When it is filled in, it is emptied and
    shown, so that a person whose browser did it loses nothing.
    """

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=MAX_NAME,
        error_messages={"required": gettext_lazy("Write your name.")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    school_name = forms.CharField(
        label=gettext_lazy("School"),
        max_length=MAX_SCHOOL_NAME,
        help_text=gettext_lazy("Its name and town."),
        error_messages={"required": gettext_lazy("Write the name of your school.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    works_as = forms.ChoiceField(
        label=gettext_lazy("You are there as"),
        choices=[("", gettext_lazy("Choose one")), *Interest.As.choices],
        error_messages={"required": gettext_lazy("Choose what fits best.")},
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        help_text=gettext_lazy("Where we answer."),
        error_messages={
            "required": gettext_lazy("Write an address at which we can answer."),
            "invalid": gettext_lazy("Give an address such as name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    message = forms.CharField(
        label=gettext_lazy("Message"),
        max_length=MAX_MESSAGE,
        required=False,
        help_text=gettext_lazy("If you like: how many classes, which years, what you would like to know."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    consent = forms.BooleanField(
        label=gettext_lazy("You may keep what I wrote here, and write to me about it."),
        error_messages={"required": gettext_lazy("Without this tick we may not keep what you wrote.")},
    )
    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for name in list(self.errors)[:1]:
            self.fields[name].widget.attrs["autofocus"] = True

    @property
    def was_filled_in_by_a_program(self) -> bool:
        return "website" in self.errors

    def clean_name(self) -> str:
        return _one_line(self.cleaned_data["name"])

    def clean_school_name(self) -> str:
        return _one_line(self.cleaned_data["school_name"])

    def clean_email(self) -> str:
        address: str = self.cleaned_data["email"]
        # Quoted names ("a b"@example.org) and letters outside of ASCII are legal, and mail servers refuse them.
        if not address.rpartition("@")[0].isascii() or '"' in address or not address.isprintable():
            raise ValidationError(_("Give an address such as name@example.org."))
        return address

    def clean_message(self) -> str:
        text = self.cleaned_data["message"].replace("\r\n", "\n").replace("\r", "\n")
        return "\n".join(_readable(line).rstrip() for line in text.split("\n")).strip()

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            self.data = {name: value for name, value in self.data.items() if name != "website"}
            raise ValidationError(
                _("Something filled in a field that is to stay empty. It is empty again: send the form once more.")
            )
        return ""

    def interest(self) -> Interest:
        """What was written, as a row that is not saved."""
        written = {name: self.cleaned_data[name] for name in ("name", "school_name", "works_as", "email", "message")}
        key = hashlib.sha256(json.dumps(written | {"email": written["email"].casefold()}).encode()).hexdigest()
        return Interest(key=key, **written)


def _one_line(text: str) -> str:
    line = " ".join(_readable(text).split())
    if not any(unicodedata.category(character)[0] == "L" for character in line):
        raise ValidationError(_("This needs a letter."))
    return line


def _readable(text: str) -> str:
    """The text without what nobody sees in it (byte order marks, soft hyphens, marks that turn the direction round).

    Raises ValidationError for what no keyboard types.
    """
    kept = []
    for character in unicodedata.normalize("NFC", text).replace("\t", " "):
        category = unicodedata.category(character)
        if category in {"Cc", "Cs", "Co", "Zl", "Zp"} or character == "\ufffd":
            raise ValidationError(_("This holds a character that cannot be shown. Type it again."))
        if category != "Cf" or character in _JOINERS:
            kept.append(character)
    return "".join(kept)
