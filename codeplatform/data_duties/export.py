"""The export of one person: everything that is theirs, as pages that open anywhere, as JSON, and as their own files.

    ada/index.html            who they are, what happened, a list of their projects
    ada/data.json             the same for programs
    ada/projects/001 Hello/   index.html, project.json, files/ as they are now, versions/ with what each save left

What is in it, the data map decides; whose rows those are, codeplatform.data_duties.rows; which of them may not be read
(yet), codeplatform.data_duties.withheld.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.template.loader import render_to_string

from accounts.models import User
from codeplatform.data_duties.data_map import data_map
from codeplatform.data_duties.export_values import Row, Values, headings, in_words
from codeplatform.data_duties.rows import ROWS
from codeplatform.data_duties.withheld import readable
from codeplatform.data_duties.zip_stream import Entry
from projects.models import File, Project, Revision, RevisionFile
from projects.zip_export import folder_name

MAX_SHOWN_BYTES = 256 * 1024  # a page shows texts up to this size; larger ones are a link
_FOLDER_CHARACTERS = 24
_IN_PROJECTS = {"projects.Project", "projects.File", "projects.Revision", "projects.RevisionFile"}


@dataclass
class Exported:
    """An export while it is made: its files one by one, and how much there was."""

    person: User
    now: datetime
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def root(self) -> str:
        return short_folder(self.person.short_name)

    def entries(self) -> Iterator[Entry]:
        """The files of the export. The same data and moment give the same files."""
        values = Values(self.person)
        people = User.objects.filter(pk=self.person.pk)
        tables = {
            name: list(values.rows(name, readable(name, rows_of(people), self.person)))
            for name, rows_of in ROWS.items()
            if name not in _IN_PROJECTS and data_map()[name].is_exported
        }
        self.counts.update({name: len(rows) for name, rows in tables.items()})
        listed = []
        projects = ROWS["projects.Project"](people).order_by("created_at", "pk")
        for number, project in enumerate(projects.iterator(), start=1):
            folder = f"projects/{number:03} {short_folder(project.name)}"
            listed.append((project, quote(f"{folder}/index.html")))
            for entry in _Project(project, values, self.counts).entries():
                yield self._entry(f"{folder}/{entry.path}", entry.content, entry.at)
        yield self._entry("data.json", _json({"exported_at": self.now.isoformat(), **tables}), self.now)
        yield self._entry("style.css", render_to_string("codeplatform/export/style.css").encode(), self.now)
        context = {"person": self.person, "now": self.now, "tables": _shown(tables), "projects": listed}
        yield self._entry("index.html", render_to_string("codeplatform/export/index.html", context).encode(), self.now)

    def _entry(self, path: str, content: bytes, at: datetime) -> Entry:
        self.counts["files"] += 1
        return Entry(f"{self.root}/{path}", content, at)


@dataclass
class _Project:
    """One project of the export; its contents are read one at a time."""

    project: Project
    values: Values
    counts: Counter[str]

    def entries(self) -> Iterator[Entry]:
        files: list[Row] = []
        shown: list[dict[str, Any]] = []
        for file in File.objects.filter(project=self.project).order_by("path").iterator(chunk_size=1):
            path, content = f"files/{file.path}", bytes(file.content)
            yield Entry(path, content, self.project.saved_at)
            files.append({**self.values.row("projects.File", file), "content": path})
            text = content.decode("utf-8", "replace") if file.is_text and file.size <= MAX_SHOWN_BYTES else None
            shown.append({"path": file.path, "link": quote(path), "size": file.size, "text": text})
        versions: list[Row] = []
        for revision in Revision.objects.filter(project=self.project).order_by("number").iterator():
            changes: list[Row] = []
            for change in RevisionFile.objects.filter(revision=revision).order_by("path").iterator(chunk_size=1):
                path = f"versions/{revision.number:05}/{change.path}"
                if change.content is not None:
                    yield Entry(path, bytes(change.content), revision.created_at)
                where = None if change.content is None else path
                changes.append({**self.values.row("projects.RevisionFile", change), "content": where})
            versions.append({**self.values.row("projects.Revision", revision), "files": changes})
        self._count(files, versions)
        row = self.values.row("projects.Project", self.project)
        yield Entry("project.json", _json({**row, "files": files, "versions": versions}), self.project.saved_at)
        context = {"project": self.project, "files": shown, "versions": [_linked(version) for version in versions]}
        page = render_to_string("codeplatform/export/project.html", context)
        yield Entry("index.html", page.encode(), self.project.saved_at)

    def _count(self, files: list[Row], versions: list[Row]) -> None:
        self.counts["projects.Project"] += 1
        self.counts["projects.File"] += len(files)
        self.counts["projects.Revision"] += len(versions)
        self.counts["projects.RevisionFile"] += sum(len(version["files"]) for version in versions)


def short_folder(name: str) -> str:
    """The name as a folder that every system takes, short enough to leave room for long paths in it."""
    return folder_name(folder_name(name)[:_FOLDER_CHARACTERS])


def _shown(tables: dict[str, list[Row]]) -> list[dict[str, Any]]:
    shown = []
    for name, rows in tables.items():
        duties = data_map()[name]
        fields = [duties.fields[field] for field in (rows[0] if rows else ())]
        lines = [[in_words(value) for value in row.values()] for row in rows]
        columns = headings(name, fields)
        only = list(zip(fields, columns, lines[0], strict=True)) if len(lines) == 1 else []
        shown.append({"duties": duties, "columns": columns, "rows": lines, "only": only})
    return shown


def _linked(version: Row) -> Row:
    files = [{**file, "link": quote(file["content"] or "")} for file in version["files"]]
    return {**version, "created_at": in_words(version["created_at"]), "files": files}


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()
