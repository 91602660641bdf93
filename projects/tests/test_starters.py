"""What a new project can start from. That each one runs is shown in codeplatform/tests/browser/test_projects.py."""

from __future__ import annotations

import pytest

from accounts.models import User
from codeplatform.testing import signed_in
from projects.limits import MAX_PROJECT_BYTES
from projects.paths import clean_path
from projects.saving import read_state
from projects.starters import DEFAULT, starters


def test_there_is_one_for_each_kind_of_lesson() -> None:
    assert list(starters()) == ["console", "data", "plot", "drawing", "database", "empty"]
    assert DEFAULT in starters()


@pytest.mark.parametrize("name", starters())
def test_each_has_words_and_files_that_can_be_saved(name: str) -> None:
    starter = starters()[name]

    assert starter.title
    assert starter.about.endswith(".")
    assert "main.py" in [file.path for file in starter.files]
    assert all(clean_path(file.path) == file.path and file.is_text for file in starter.files)
    assert sum(len(file.content or b"") for file in starter.files) < MAX_PROJECT_BYTES


@pytest.mark.parametrize("name", starters())
def test_a_project_begins_with_its_files(student: User, name: str) -> None:
    signed_in(student).post("/projects/", {"name": "New", "template": name})

    project = student.projects.get()
    assert (project.template, project.revision) == (name, 1)
    assert {file.path: file.content for file in read_state(project.pk).files} == {
        file.path: file.content for file in starters()[name].files
    }


def test_the_list_offers_them(student: User) -> None:
    page = signed_in(student).get("/projects/").content.decode()

    assert [starter.title for starter in starters().values() if starter.title not in page] == []
    assert page.count(" checked>") == 1


def test_another_template_is_refused(student: User) -> None:
    response = signed_in(student).post("/projects/", {"name": "New", "template": "../../etc"})

    assert (response.status_code, student.projects.count()) == (400, 0)
    assert "Choose one of the templates." in response.content.decode()
