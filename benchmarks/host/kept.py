"""What the database holds of what was acknowledged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from benchmarks.host.host import DATABASE, Host

_REVISIONS = """
SELECT json_agg(json_build_array(revision.project_id, revision.number, encode(sha256(file.content), 'hex')))
FROM projects_revision revision JOIN projects_revisionfile file ON file.revision_id = revision.id
WHERE file.path = 'main.py'
"""
_PROJECTS = """
SELECT json_agg(json_build_array(project.id, project.revision, encode(sha256(file.content), 'hex')))
FROM projects_project project JOIN projects_file file ON file.project_id = project.id
WHERE file.path = 'main.py'
"""


@dataclass(frozen=True)
class Kept:
    """`lost`: acknowledged saves that are not there as they were; `torn`: projects that hold what nobody sent."""

    acknowledged: int
    lost: int
    torn: int
    doubled: int  # texts that became more than one revision


@dataclass(frozen=True)
class Work:
    """What a student's browser remembers: `acknowledged` is (revision, sha256 of main.py), `sent` all that it tried."""

    project: str
    acknowledged: Sequence[tuple[int, str]]
    sent: Set[str]


def compare(host: Host, works: Iterable[Work]) -> Kept:
    """Hold the database against what the browsers remember."""
    revisions: dict[str, dict[int, str]] = {}
    for project, number, digest in json.loads(host.cluster.sql(_REVISIONS, DATABASE)):
        revisions.setdefault(project, {})[number] = digest
    projects = {
        project: (number, digest) for project, number, digest in json.loads(host.cluster.sql(_PROJECTS, DATABASE))
    }
    acknowledged = lost = torn = doubled = 0
    for work in works:
        mine = revisions[work.project]
        acknowledged += len(work.acknowledged)
        lost += sum(mine.get(number) != digest for number, digest in work.acknowledged)
        number, digest = projects[work.project]
        torn += mine.get(number) != digest or bool(work.acknowledged and digest not in work.sent)
        doubled += len(mine) - len({*mine.values()})
    return Kept(acknowledged, lost, torn, doubled)
