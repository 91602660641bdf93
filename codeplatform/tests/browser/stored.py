"""What a project looks like in the database of the running site."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass

from playwright.sync_api import Page

from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import Workbench

RECORD_PROJECT = """
import base64, json
from projects.models import Project, RevisionFile
project = Project.objects.get(pk="{project}")
print(json.dumps({{
    "revision": project.revision,
    "files": {{f.path: base64.b64encode(bytes(f.content)).decode() for f in project.files.all()}},
    "history": [
        base64.b64encode(bytes(f.content)).decode()
        for f in RevisionFile.objects.filter(revision__project=project, content__isnull=False)
    ],
}}))
"""


@dataclass(frozen=True)
class Stored:
    """A project in the database: its files now, and every content that its history holds."""

    revision: int
    files: dict[str, bytes]
    history: list[bytes]


def stored(site: Site, workbench: Workbench) -> Stored:
    found = json.loads(site.query(RECORD_PROJECT.format(project=project_id(workbench.page))))
    decoded = {path: base64.b64decode(content) for path, content in found["files"].items()}
    return Stored(found["revision"], decoded, [base64.b64decode(content) for content in found["history"]])


def project_id(page: Page) -> str:
    return page.url.rstrip("/").rpartition("/")[2]
