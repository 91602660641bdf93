"""Saving: one conditional update, one transaction, one answer per key (docs/decisions/0002-revisions.md)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from projects.limits import HISTORY_ROW_BYTES, MAX_FILES, MAX_HISTORY_BYTES, MAX_PROJECT_BYTES
from projects.models import File, Project, Revision, RevisionFile
from projects.paths import path_key
from projects.thinning import thin

CREATION_KEY = "server:created"  # no client can send it: the colon is not allowed there
STARTER = 'name = input("What is your name? ")\nprint(f"Hello {name}!")\n'


@dataclass(frozen=True)
class Change:
    """What a save does to one file: its new bytes, or None to delete it. `path` has been through clean_path."""

    path: str
    content: bytes | None
    is_text: bool = True


@dataclass(frozen=True)
class Saved:
    """The save is on record as this revision."""

    revision: int
    saved_at: datetime


@dataclass(frozen=True)
class Conflict:
    """Somebody saved in between; nothing was changed. `state` is the project as it stands, `author` who saved it."""

    state: State
    author: str


@dataclass(frozen=True)
class State:
    """All files of a project as one revision left them."""

    revision: int
    saved_at: datetime
    files: tuple[StateFile, ...]


@dataclass(frozen=True)
class StateFile:
    path: str
    content: bytes
    is_text: bool


class ProjectTooLarge(Exception):
    """The save would take the project over a limit; the text says which."""


class TwinPath(ValidationError):
    """The save would leave two paths that some file system cannot hold side by side; `path` is the new one."""

    def __init__(self, message: str, path: str) -> None:
        super().__init__(message)
        self.path = path


def change_from_bytes(path: str, content: bytes) -> Change:
    """A file whose kind nobody named: text where its bytes are UTF-8 without NUL, as the browser decides too."""
    try:
        is_text = "\0" not in content.decode()
    except UnicodeDecodeError:
        is_text = False
    return Change(path, content, is_text)


def create_project(
    owner: User, name: str, *, template: str = "", starter: str | Sequence[Change] = STARTER, **columns: Any
) -> Project:
    """A new project of the owner's, as revision 1; `starter` is its files, or the text of its `main.py`.

    `columns` are further ones of the project. Raises ProjectTooLarge or TwinPath, and then there is no project.
    """
    files = [Change("main.py", starter.encode())] if isinstance(starter, str) else starter
    with transaction.atomic():
        project = Project(owner=owner, name=name, template=template, **columns)
        project.save(force_insert=True)
        save_revision(project, owner, 0, CREATION_KEY, files)
        project.refresh_from_db()
    return project


def save_revision(
    project: Project,
    author: User,
    base: int,
    key: str,
    changes: Sequence[Change],
    restored_from: int | None = None,
) -> Saved | Conflict:
    """Put the changes on top of revision `base`, once.

    A key that is on record is answered as it was the first time, whatever else the request says. No changes make no
    revision. Paths are unique among the changes. Raises ProjectTooLarge or TwinPath, and then nothing is changed.
    `restored_from` is the revision whose files these are. A project whose history has grown too large, as it was
    when `project` was read, is thinned.
    """
    try:
        with transaction.atomic():
            outcome = _save_once(project, author, base, key, changes, restored_from)
    except IntegrityError:
        # The key is on record, with an earlier base: nearly every key is new, so the database is left to notice.
        if recorded := _recorded(project, key):
            return recorded
        raise
    if project.history_bytes + _history_bytes(changes) > MAX_HISTORY_BYTES:
        thin(project.pk)
    return outcome


def read_state(project_id: UUID) -> State:
    """The whole project, read by one statement so that files and revision belong together.

    Raises Project.DoesNotExist.
    """
    columns = ("revision", "saved_at", "files__path", "files__content", "files__is_text")
    rows = list(Project.objects.filter(pk=project_id).order_by("files__path").values_list(*columns))
    if not rows:
        raise Project.DoesNotExist
    files = tuple(StateFile(path, bytes(content), is_text) for _, _, path, content, is_text in rows if path is not None)
    return State(rows[0][0], rows[0][1], files)


def _save_once(
    project: Project, author: User, base: int, key: str, changes: Sequence[Change], restored_from: int | None
) -> Saved | Conflict:
    if not changes:
        if recorded := _recorded(project, key):
            return recorded
        current = Project.objects.only("revision", "saved_at").get(pk=project.pk)
        if current.revision == base:
            return Saved(current.revision, current.saved_at)
        return _conflict(project)
    now = timezone.now()
    # The condition is the lock: of two savers with the same base one updates the row and the other finds none.
    grown = F("history_bytes") + _history_bytes(changes)
    if not Project.objects.filter(pk=project.pk, revision=base).update(
        revision=base + 1, saved_at=now, history_bytes=grown
    ):
        # A twin of this request may have been the one that got in between, or long before.
        return _recorded(project, key) or _conflict(project)
    revision = Revision(
        project=project,
        number=base + 1,
        author=author,
        created_at=now,
        idempotency_key=key,
        restored_from=restored_from,
    )
    # Not create(), which takes twice as long to say the same.
    Revision.objects.bulk_create([revision])
    _write_files(project, changes)
    RevisionFile.objects.bulk_create(
        RevisionFile(revision=revision, path=change.path, **_columns(change)) for change in changes
    )
    return Saved(revision.number, now)


def _recorded(project: Project, key: str) -> Saved | None:
    revision = Revision.objects.filter(project=project, idempotency_key=key).only("number", "created_at").first()
    return Saved(revision.number, revision.created_at) if revision else None


def _conflict(project: Project) -> Conflict:
    state = read_state(project.pk)
    last = Revision.objects.filter(project=project, number=state.revision).select_related("author").first()
    return Conflict(state, str(last.author) if last and last.author else "")


def _write_files(project: Project, changes: Sequence[Change]) -> None:
    before = {key: (path, size) for key, path, size in project.files.order_by().values_list("path_key", "path", "size")}
    deleted = {path_key(change.path) for change in changes if change.content is None}
    written = [change for change in changes if change.content is not None]
    _check(before, deleted, written)
    if deleted & before.keys():
        project.files.filter(path_key__in=deleted).delete()
    File.objects.bulk_create(
        [
            File(project=project, path=change.path, path_key=path_key(change.path), **_columns(change))
            for change in written
        ],
        update_conflicts=True,
        unique_fields=["project", "path_key"],
        update_fields=["path", "content", "size", "sha256", "is_text"],
    )


def _check(before: dict[str, tuple[str, int]], deleted: set[str], written: Sequence[Change]) -> None:
    after = {key: entry for key, entry in before.items() if key not in deleted}
    for change in written:
        key = path_key(change.path)
        if key in after and after[key][0] != change.path:
            raise TwinPath(
                _("There is a file %(path)s already; choose another name.") % {"path": after[key][0]}, change.path
            )
        after[key] = (change.path, len(change.content or b""))
    if len(after) > MAX_FILES:
        raise ProjectTooLarge(
            _("A project holds at most %(max_files)s files; delete some first.") % {"max_files": MAX_FILES}
        )
    if sum(size for _, size in after.values()) > MAX_PROJECT_BYTES:
        megabytes = MAX_PROJECT_BYTES // 1024**2
        raise ProjectTooLarge(
            _("A project holds at most %(megabytes)s MB; delete or shorten some files first.")
            % {"megabytes": megabytes}
        )
    for change in written:
        parts = path_key(change.path).split("/")
        for depth in range(1, len(parts)):
            if "/".join(parts[:depth]) in after:
                raise TwinPath(_("A file has the name of this folder; choose another name."), change.path)
    folders = {key[:at] for key in after for at in range(len(key)) if key[at] == "/"}
    for change in written:
        if path_key(change.path) in folders:
            raise TwinPath(_("There is a folder with this name already; choose another name."), change.path)


def _history_bytes(changes: Sequence[Change]) -> int:
    return sum(len(change.content or b"") + HISTORY_ROW_BYTES for change in changes)


def _columns(change: Change) -> dict[str, Any]:
    content = change.content
    return {
        "content": content,
        "size": len(content) if content is not None else 0,
        "sha256": hashlib.sha256(content).hexdigest() if content is not None else "",
        "is_text": change.is_text,
    }
