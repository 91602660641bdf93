"""A project as a zip: one folder, named after the project, that unpacks on every system."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC

from django.core.exceptions import ValidationError

from projects.paths import REFUSED_CHARACTERS, clean_path
from projects.saving import State

_FOLDER_BYTES = 80  # with the longest path in a project, what Windows takes
_FILE_MODE = 0o100644 << 16  # a plain file that everybody may read
_UNIX = 3


def folder_name(project_name: str) -> str:
    """The project's name as a folder (and zip) that every system takes."""
    name = "".join("_" if character in REFUSED_CHARACTERS + "/" else character for character in project_name)
    try:
        return clean_path(name.encode()[:_FOLDER_BYTES].decode(errors="ignore").strip(". "))
    except ValidationError:
        return "project"


def pack(project_name: str, state: State) -> bytes:
    """The zip of all files. The same name and revision give the same bytes."""
    folder = folder_name(project_name)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(state.files, key=lambda file: file.path):
            info = zipfile.ZipInfo(f"{folder}/{file.path}", state.saved_at.astimezone(UTC).timetuple()[:6])
            info.create_system, info.external_attr = _UNIX, _FILE_MODE
            archive.writestr(info, file.content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
