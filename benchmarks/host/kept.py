"""What the database holds of what was acknowledged."""

from __future__ import annotations

import json
from dataclasses import dataclass

from benchmarks.host.host import DATABASE, Host
from benchmarks.host.students import Lesson

_REVISIONS = """
SELECT json_agg(json_build_array(revision.project_id, revision.number, encode(sha256(file.content), 'hex')))
FROM projects_revision revision JOIN projects_revisionfile file ON file.revision_id = revision.id
"""
_PROJECTS = """
SELECT json_agg(json_build_array(project.id, project.revision, encode(sha256(file.content), 'hex')))
FROM projects_project project JOIN projects_file file ON file.project_id = project.id
"""


@dataclass(frozen=True)
class Kept:
    """`lost`: acknowledged saves that are not there as they were; `torn`: projects whose file is no revision's."""

    acknowledged: int
    lost: int
    torn: int
    doubled: int  # texts that became more than one revision


def compare(host: Host, lesson: Lesson) -> Kept:
    revisions = {
        (project, number): digest for project, number, digest in json.loads(host.cluster.sql(_REVISIONS, DATABASE))
    }
    projects = {
        project: (number, digest) for project, number, digest in json.loads(host.cluster.sql(_PROJECTS, DATABASE))
    }
    lost = torn = doubled = 0
    for student in lesson.students:
        mine = {number: digest for (project, number), digest in revisions.items() if project == student.project}
        lost += sum(mine.get(number) != digest for number, digest in student.acknowledged)
        number, digest = projects[student.project]
        torn += mine.get(number) != digest or not {*mine.values()} - {mine[1]} <= student.sent
        doubled += len(mine) - len({*mine.values()})
    return Kept(lesson.acknowledged, lost, torn, doubled)
