"""A public example becomes a project of the person's own."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from codeplatform.testing import signed_in
from frontend.examples import examples
from projects import keeping
from projects.saving import read_state


@pytest.mark.parametrize("slug", ["csv-report", "photo-effects"])
def test_it_begins_with_the_files_of_the_example(student: User, slug: str) -> None:
    response = signed_in(student).post(f"/projects/from-example/{slug}/")

    project = student.projects.get()
    assert response.headers["Location"] == f"/projects/{project.pk}/"
    assert project.name == examples()[slug].title
    assert {file.path: file.content for file in read_state(project.pk).files} == dict(examples()[slug].files)


def test_a_second_copy_has_another_name(student: User) -> None:
    for _ in range(2):
        signed_in(student).post("/projects/from-example/greeting/")

    assert set(student.projects.values_list("name", flat=True)) == {"Ask a question", "Ask a question 2"}


def test_visitors_sign_in_first(client: Client) -> None:
    assert client.post("/projects/from-example/greeting/").headers["Location"].startswith("/login/")


def test_one_that_is_not_there(student: User) -> None:
    assert signed_in(student).post("/projects/from-example/no-such-example/").status_code == 404


def test_who_has_all_the_projects_there_can_be_is_told(student: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MAX_PROJECTS", 1)
    browser = signed_in(student)
    browser.post("/projects/from-example/greeting/")

    page = browser.post("/projects/from-example/quiz/", follow=True)

    assert "the most there can be" in page.content.decode()
    assert student.projects.count() == 1
