"""A project as a zip: one folder, named after the project, that unpacks on every system."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from accounts import archives
from projects.paths import REFUSED_CHARACTERS, clean_path
from projects.saving import State

_FOLDER_BYTES = 80  # with the longest path in a project, what Windows takes


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
    files = sorted(state.files, key=lambda file: file.path)
    return archives.pack(((f"{folder}/{file.path}", file.content) for file in files), state.saved_at)
