from __future__ import annotations

import base64
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User
from projects.json_body import BadJson, read_object
from projects.limits import (
    MAX_FILE_BYTES,
    MAX_FILES,
    MAX_PROJECT_BYTES,
    MAX_REVISION,
)
from projects.paths import clean_path
from projects.saving import Change

_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
_MEGABYTE = 1024**2


class SaveForm:
    """The JSON body of a save: `base`, `key` and `files`; other keys are ignored.

    After is_valid() either `base`, `key` and `changes` are set, or `error` (a sentence), `status` (400 or 413) and,
    where one file is at fault, `path`. Whether the user may save here is the view's question, asked before.
    """

    base: int
    key: str
    changes: list[Change]
    error: str
    status: int
    path: str | None

    def __init__(self, body: bytes, *, user: User) -> None:
        self.body = body
        self.user = user

    def is_valid(self) -> bool:
        self.path = None
        try:
            self._clean(read_object(self.body))
        except (BadJson, ValidationError) as error:
            self.error = error.messages[0] if isinstance(error, ValidationError) else str(error)
            self.status = 413 if getattr(error, "code", None) == "too_large" else 400
            return False
        return True

    def errors(self) -> dict[str, object]:
        return {"error": self.error} if self.path is None else {"error": self.error, "path": self.path}

    def _clean(self, data: dict[str, Any]) -> None:
        base, key, files = data.get("base"), data.get("key"), data.get("files")
        # bool is a kind of int in Python, but not in JSON.
        if type(base) is not int or not 0 <= base < MAX_REVISION:
            raise ValidationError(_("base must be the number of the revision the changes are based on."))
        if not isinstance(key, str) or not _KEY.fullmatch(key):
            raise ValidationError(_("key must be 8 to 64 letters, digits, hyphens or underscores."))
        if not isinstance(files, list):
            raise ValidationError(_("files must be a list."))
        # A save may delete every file and write as many others.
        if len(files) > 2 * MAX_FILES:
            raise ValidationError(
                _("A project holds at most %(max_files)s files.") % {"max_files": MAX_FILES}, code="too_large"
            )
        self.base, self.key = base, key
        self.changes = [self._clean_change(entry) for entry in files]
        self.path = None
        if len({change.path for change in self.changes}) != len(self.changes):
            raise ValidationError(_("Each file may be in the list once."))
        if sum(len(change.content or b"") for change in self.changes) > MAX_PROJECT_BYTES:
            raise ValidationError(
                _("A project holds at most %(megabyte)s MB; delete or shorten some files first.")
                % {"megabyte": MAX_PROJECT_BYTES // _MEGABYTE},
                code="too_large",
            )

    def _clean_change(self, entry: Any) -> Change:
        if not isinstance(entry, dict) or not isinstance(entry.get("path"), str):
            raise ValidationError(_("Each file needs a path."))
        # For the answer: what cannot be written as UTF-8 is shown escaped.
        self.path = entry["path"][:300].encode(errors="backslashreplace").decode()
        path = clean_path(entry["path"])
        kinds = {"text", "base64", "deleted"} & entry.keys()
        if len(kinds) != 1:
            raise ValidationError(_("Each file needs exactly one of text, base64 and deleted."))
        kind = kinds.pop()
        if kind == "deleted":
            if entry["deleted"] is not True:
                raise ValidationError(_("deleted must be true."))
            return Change(path, None)
        content = _text(entry["text"]) if kind == "text" else _binary(entry["base64"])
        if len(content) > MAX_FILE_BYTES:
            raise ValidationError(
                _("A file holds at most %(megabyte)s MB.") % {"megabyte": MAX_FILE_BYTES // _MEGABYTE}, code="too_large"
            )
        return Change(path, content, is_text=kind == "text")


def _text(value: Any) -> bytes:
    if not isinstance(value, str):
        raise ValidationError(_("text must be a string."))
    try:
        return value.encode()
    except UnicodeEncodeError as error:
        raise ValidationError(_("The text holds half of a character; delete it and save again.")) from error


def _binary(value: Any) -> bytes:
    if not isinstance(value, str):
        raise ValidationError(_("base64 must be a string."))
    try:
        return base64.b64decode(value, validate=True)
    except ValueError as error:
        raise ValidationError(_("base64 must be standard base64 without line breaks.")) from error
