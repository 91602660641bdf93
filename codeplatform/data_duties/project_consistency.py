"""Whether a project's files, history and counters fit together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from projects.history import files_at
from projects.limits import HISTORY_ROW_BYTES
from projects.models import File, Project, Revision, RevisionFile
from projects.paths import path_key

RESTORE = "Restore the project from a backup, or bring back an older version in its history."
SAVE = "Save the file again in the editor."
THIN = "Run manage.py purge, which counts anew when it thins; until then only the limit is off."


def project_findings(project: Project) -> Iterator[tuple[str, str]]:
    """What does not fit in one project, each with what to do. Contents are read one at a time."""
    yield from _files(project)
    yield from _revisions(project)
    yield from _history(project)


def _files(project: Project) -> Iterator[tuple[str, str]]:
    for file in File.objects.filter(project=project).iterator(chunk_size=1):
        content = bytes(file.content)
        if file.size != len(content) or file.sha256 != hashlib.sha256(content).hexdigest():
            yield f"{file.path}: size or fingerprint is not that of its content", SAVE
        if file.path_key != path_key(file.path):
            yield f"{file.path}: the key that keeps twins out is stale", "Rename the file and back."


def _revisions(project: Project) -> Iterator[tuple[str, str]]:
    rows = Revision.objects.filter(project=project).order_by("number").values_list("number", "is_folded", "created_at")
    numbers = [number for number, _, _ in rows]
    if (numbers[-1] if numbers else 0) != project.revision:
        yield f"it counts {project.revision} saves, but the last on record is {numbers[-1] if numbers else 0}", RESTORE
    if rows and rows[len(rows) - 1][1]:
        yield "its last version is folded away", RESTORE
    times = [at for _, _, at in rows]
    if times != sorted(times):
        yield "its versions are not in the order of their times", "Check the server's clock; nothing is lost."
    folded = RevisionFile.objects.filter(revision__project=project, revision__is_folded=True).count()
    if folded:
        yield f"{folded} files are left in versions that are folded away", "Run manage.py purge."
    restored = Revision.objects.filter(project=project, restored_from__isnull=False)
    for number, source in restored.values_list("number", "restored_from"):
        if source is not None and source >= number:
            yield (
                f"version {number} says that it is from version {source}, which came later",
                "Nothing is lost; report it.",
            )


def _history(project: Project) -> Iterator[tuple[str, str]]:
    size = 0
    for change in (
        RevisionFile.objects.filter(revision__project=project).select_related("revision").iterator(chunk_size=1)
    ):
        size += change.size + HISTORY_ROW_BYTES
        content = bytes(change.content or b"")
        fingerprint = hashlib.sha256(content).hexdigest() if change.content is not None else ""
        if change.size != len(content) or change.sha256 != fingerprint:
            yield (
                f"{change.path} in version {change.revision.number}: size or fingerprint is not its content's",
                RESTORE,
            )
    if size != project.history_bytes:
        yield f"its history takes {size} bytes, not the {project.history_bytes} it counts", THIN
    replayed = {path: (file.sha256, file.size) for path, file in files_at(project.pk, project.revision).items()}
    current = File.objects.filter(project=project).values_list("path", "sha256", "size")
    if replayed != {path: (sha256, size) for path, sha256, size in current}:
        yield "its files are not what its last version left", RESTORE
