from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schools.roster_file import MAX_FILE_BYTES, Roster, read_file, read_text
from schools.roster_workbook import BadRoster

LOGIN = "login-"
NEW_PERSON = "new-person-"


class AddStudentsForm(forms.Form):
    """A pasted list or a file; `roster` holds what it says."""

    names = forms.CharField(
        label=gettext_lazy("Names"),
        required=False,
        max_length=1_000_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"null_characters_not_allowed": gettext_lazy("The list holds characters that are no text.")},
    )
    file = forms.FileField(
        label=gettext_lazy("Or a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        error_messages={"empty": gettext_lazy("The file is empty.")},
    )

    roster: Roster

    def clean(self) -> dict[str, Any]:
        text, file = self.cleaned_data.get("names") or "", self.cleaned_data.get("file")
        if self.errors:
            return self.cleaned_data
        if text.strip() and file:
            raise forms.ValidationError(_("Paste the names or choose a file, not both."))
        if file:
            self.roster = read_file(self._bytes(file))
        elif text.strip():
            self.roster = read_text(text)
        else:
            raise forms.ValidationError(_("Paste the names, or choose a file."))
        return self.cleaned_data

    def _bytes(self, file: UploadedFile) -> bytes:
        if (file.size or 0) > MAX_FILE_BYTES:
            raise BadRoster(
                _("The file is larger than %(max_file_bytes)s MB. Keep only the columns with names.")
                % {"max_file_bytes": MAX_FILE_BYTES // 1024**2}
            )
        content: bytes = file.read()
        return content


class RosterChoicesForm:
    """What the person chose in the list: login names, and who is not the student of that name, by line."""

    def __init__(self, data: Any) -> None:
        self.logins = {number: data[key][:200] for key in data if (number := _number(key, LOGIN))}
        self.new_people = {number for key in data if (number := _number(key, NEW_PERSON))}


def _number(key: str, prefix: str) -> int:
    rest = key.removeprefix(prefix)
    return int(rest) if rest != key and rest.isascii() and rest.isdigit() and len(rest) < 7 else 0
