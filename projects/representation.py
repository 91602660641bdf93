"""How projects look to the page, as JSON."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse

from accounts.models import User
from projects.limits import MAX_FILE_BYTES, MAX_FILES, MAX_PATH_BYTES, MAX_PROJECT_BYTES
from projects.models import Project
from projects.saving import State, StateFile


def moment(when: datetime) -> str:
    """ISO 8601 in UTC, to the microsecond that the database keeps."""
    return when.astimezone(UTC).isoformat().replace("+00:00", "Z")


def state_json(state: State) -> dict[str, Any]:
    """revision, saved_at, and the files: each with path, size and either text or base64."""
    files = [_file_json(file) for file in state.files]
    return {"revision": state.revision, "saved_at": moment(state.saved_at), "files": files}


def page_config(project: Project, user: User, *, editable: bool, state: State | None) -> dict[str, Any]:
    """What the project page's script starts from. Without a state the page fetches the files itself."""
    current = state or project
    sign_in = (
        reverse("accounts:school-sign-in", args=[user.school.slug]) if user.school else reverse("accounts:sign-in")
    )
    return {
        "project": {
            "id": str(project.pk),
            "name": project.name,
            "revision": current.revision,
            "saved_at": moment(current.saved_at),
            "editable": editable,
            "owner": str(project.owner),
        },
        "user": {"id": str(user.pk)},
        "files": state_json(state)["files"] if state else None,
        "urls": {
            "save": reverse("projects:project-save", args=[project.pk]),
            "files": reverse("projects:project-files", args=[project.pk]),
            "sign_in": sign_in,
            "projects": reverse("projects:project-list"),
        },
        "limits": {
            "file_bytes": MAX_FILE_BYTES,
            "files": MAX_FILES,
            "project_bytes": MAX_PROJECT_BYTES,
            "path_bytes": MAX_PATH_BYTES,
        },
    }


def _file_json(file: StateFile) -> dict[str, Any]:
    kind = {"text": file.content.decode()} if file.is_text else {"base64": base64.b64encode(file.content).decode()}
    return {"path": file.path, **kind, "size": len(file.content)}
