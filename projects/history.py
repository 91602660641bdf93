"""Reading a project's history: what a revision changed, and the project as it was (docs/decisions/0013-history.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from accounts.models import User
from projects.models import Project, RevisionFile
from projects.paths import path_key
from projects.saving import Change, Conflict, Saved, read_state, save_revision


@dataclass(frozen=True)
class Version:
    """A file as a revision left it; `row` finds its content in the history."""

    row: UUID
    path: str
    revision: int
    size: int
    sha256: str
    is_text: bool

    @property
    def is_deleted(self) -> bool:
        return not self.sha256


@dataclass(frozen=True)
class FileDifference:
    """A file that is not the same in two states; None where the state does not have it."""

    path: str
    before: Version | None
    after: Version | None

    @property
    def kind(self) -> str:
        if self.before is None:
            return "added"
        return "deleted" if self.after is None else "changed"

    @property
    def is_text(self) -> bool:
        return all(side.is_text for side in (self.before, self.after) if side)


class NotInHistory(ValidationError):
    """The revision does not hold the file that is to be restored."""


def files_at(project_id: UUID, number: int) -> dict[str, Version]:
    """The files of the project as revision `number` left it, by path; one query, whatever the history's length."""
    return _replay(latest_versions(project_id, number))


def latest_versions(project_id: UUID, number: int, paths: Iterable[str] | None = None) -> list[Version]:
    """What the revisions up to `number` last said about each path, deletions too; `paths` narrows it down."""
    rows = RevisionFile.objects.filter(revision__project=project_id, revision__number__lte=number)
    if paths is not None:
        rows = rows.filter(path__in=list(paths))
    newest_first = Window(RowNumber(), partition_by=F("path"), order_by=F("revision__number").desc())
    return versions(rows.annotate(place=newest_first).filter(place=1))


def versions(rows: QuerySet[RevisionFile]) -> list[Version]:
    """The rows without their contents."""
    columns = ("pk", "path", "revision__number", "size", "sha256", "is_text")
    return [Version(*row) for row in rows.order_by("path").values_list(*columns)]


def contents(found: Iterable[Version]) -> dict[UUID, bytes]:
    """The contents of these versions, by row; one query."""
    rows = RevisionFile.objects.filter(pk__in=[version.row for version in found if not version.is_deleted])
    return {pk: bytes(content or b"") for pk, content in rows.values_list("pk", "content")}


def compare(before: Mapping[str, Version], after: Mapping[str, Version]) -> list[FileDifference]:
    """The files that differ, in the order of their paths."""
    found = [FileDifference(path, before.get(path), after.get(path)) for path in sorted({*before, *after})]
    return [f for f in found if not (f.before and f.after and f.before.sha256 == f.after.sha256)]


def restore(project: Project, author: User, number: int, path: str | None = None) -> Saved | Conflict:
    """Bring the project, or one file of it, back to what revision `number` left, as a new revision.

    Nothing is removed from the history, and where nothing differs no revision is made. Raises NotInHistory,
    ProjectTooLarge or TwinPath, and then nothing is changed. Conflict: somebody saved in the same moment.
    """
    wanted = files_at(project.pk, number)
    if path is not None and path not in wanted:
        raise NotInHistory(_("This version has no file %(path)s.") % {"path": path})
    now = read_state(project.pk)
    present = {file.path: file.content for file in now.files if path in (None, file.path)}
    missing = [Change(gone, None) for gone in present if gone not in wanted]
    texts = contents(version for version in wanted.values() if path in (None, version.path))
    changes = [
        Change(version.path, texts[version.row], is_text=version.is_text)
        for version in wanted.values()
        if version.row in texts and present.get(version.path) != texts[version.row]
    ]
    key = f"server:restored:{uuid4().hex}"
    return save_revision(project, author, now.revision, key, [*missing, *changes], restored_from=number)


def _replay(latest: Iterable[Version]) -> dict[str, Version]:
    """A deletion takes away the file's twin in another case too, and one save may do both: delete and write anew."""
    files: dict[str, Version] = {}
    for version in sorted(latest, key=lambda version: (version.revision, not version.is_deleted)):
        files.pop(path_key(version.path), None)
        if not version.is_deleted:
            files[path_key(version.path)] = version
    return {version.path: version for version in files.values()}
