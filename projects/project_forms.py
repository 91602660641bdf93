"""Forms about whole projects. What a save may hold is in projects/forms.py."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from projects.keeping import check_room, free_name
from projects.limits import MAX_NAME_CHARACTERS
from projects.models import Project
from projects.saving import create_project
from projects.starters import DEFAULT, starters
from projects.zip_import import Unpacked, unpack

# Control and format characters (bidi overrides among them), half characters, line separators
_REFUSED_CATEGORIES = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"  # emoji and some scripts need them
_SEEN = "LNPS"  # letters, numbers, punctuation, symbols
_UNNAMED = "Project"


class ProjectNameField(forms.CharField):
    """A project's name in Unicode's composed form, without what cannot be seen."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        super().__init__(max_length=MAX_NAME_CHARACTERS, widget=widget, **kwargs)

    def to_python(self, value: Any) -> str | None:
        name = super().to_python(value)
        # Composing takes time that grows faster than the text; what is far too long is refused as it is.
        return unicodedata.normalize("NFC", name) if name and len(name) <= 4 * MAX_NAME_CHARACTERS else name

    def validate(self, value: str) -> None:
        super().validate(value)
        categories = {unicodedata.category(character) for character in value if character not in _JOINERS}
        if categories & _REFUSED_CATEGORIES:
            raise ValidationError(_("The name holds an invisible character; type it again."))
        if not any(category[0] in _SEEN for category in categories):
            raise ValidationError(_("Give the project a name that can be seen."))


class NewProjectForm(forms.Form):
    name = ProjectNameField(label=gettext_lazy("Name of the new project"))
    template = forms.ChoiceField(
        label=gettext_lazy("Start from"),
        required=False,
        initial=DEFAULT,
        choices=[(starter.name, starter.title) for starter in starters().values()],
        error_messages={"invalid_choice": gettext_lazy("Choose one of the templates.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        check_room(self.user)
        return self.cleaned_data

    def save(self) -> Project:
        starter = starters()[self.cleaned_data["template"] or DEFAULT]
        return create_project(self.user, self.cleaned_data["name"], template=starter.name, starter=starter.files)


class RenameForm(forms.Form):
    name = ProjectNameField(label=gettext_lazy("New name"))

    def save(self, project: Project) -> None:
        project.name = self.cleaned_data["name"]
        project.save(update_fields=["name"])


class ZipForm(forms.Form):
    """A zip that becomes a new project, named after the folder in it or after the zip itself."""

    archive = forms.FileField(
        label=gettext_lazy("Zip file"),
        widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}),
        error_messages={
            "required": gettext_lazy("Choose a zip file first."),
            "empty": gettext_lazy("The zip file is empty."),
        },
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_archive(self) -> Unpacked:
        upload: UploadedFile = self.cleaned_data["archive"]
        self.file_name = upload.name or ""
        return unpack(upload)

    def clean(self) -> dict[str, Any]:
        check_room(self.user)
        return self.cleaned_data

    def save(self) -> Project:
        unpacked: Unpacked = self.cleaned_data["archive"]
        wanted = _name_from(unpacked.folder or PurePosixPath(self.file_name).stem)
        return create_project(self.user, free_name(self.user, wanted), template="zip", starter=unpacked.files)


def _name_from(text: str) -> str:
    try:
        return ProjectNameField().clean(text[:MAX_NAME_CHARACTERS]) or _UNNAMED
    except ValidationError:
        return _UNNAMED
