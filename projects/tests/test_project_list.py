"""The list page: what it shows, what its form makes."""

from __future__ import annotations

from typing import Any

import pytest

from accounts.models import User
from codeplatform.testing import Cast, signed_in
from projects.keeping import move_to_bin
from projects.models import Project
from projects.saving import create_project


class TestList:
    def test_shows_the_own_projects_only(self, cast: Cast) -> None:
        page = signed_in(cast.home["ada"]).get("/projects/").content.decode()

        assert ("Work of ada of home" in page, "Work of ben" in page) == (True, False)

    def test_a_teacher_finds_no_students_work_among_the_own(self, cast: Cast) -> None:
        assert "Work of" not in signed_in(cast.home["teacher"]).get("/projects/").content.decode()

    @pytest.mark.parametrize("address", ["/projects/", "/projects/?q=project&sort=name", "/projects/bin/"])
    @pytest.mark.parametrize("count", [1, 200])
    def test_takes_three_queries(self, student: User, count: int, address: str, django_assert_num_queries: Any) -> None:
        for n in range(count):
            project = create_project(student, f"Project {n}")
            if "bin" in address:
                move_to_bin(project)
        client = signed_in(student)
        client.get(address)

        with django_assert_num_queries(3):  # session, user, projects
            response = client.get(address)
        assert f"Project {count - 1}" in response.content.decode()

    def test_counts_files_and_sizes(self, student: User) -> None:
        create_project(student, "Sized", starter="x" * 12_345)
        page = signed_in(student).get("/projects/").content.decode()

        assert "12.3 kB" in page

    def test_search_keeps_what_was_typed(self, student: User, project: Project) -> None:
        page = signed_in(student).get("/projects/?q=<b>").content.decode()

        assert 'value="&lt;b&gt;"' in page
        assert "None of your projects is called anything like “&lt;b&gt;”" in page
        assert "Hello" not in page

    def test_says_by_what_it_is_sorted(self, student: User, project: Project) -> None:
        page = signed_in(student).get("/projects/?sort=name").content.decode()

        assert page.count("aria-sort") == 1
        assert 'aria-sort="ascending"><a href="?sort=-name">Project</a>' in page

    def test_an_empty_one_says_what_to_do(self, student: User) -> None:
        page = signed_in(student).get("/projects/").content.decode()

        assert "You have no projects yet." in page
        assert "Search" not in page

    def test_what_is_in_the_bin_is_not_in_it(self, student: User, project: Project) -> None:
        move_to_bin(project)

        assert "Hello" not in signed_in(student).get("/projects/").content.decode()


class TestNewProject:
    def test_a_name_makes_one(self, cast: Cast) -> None:
        response = signed_in(cast.home["dan"]).post("/projects/", {"name": " Gru\u0308ße 👋 "})

        project = cast.home["dan"].projects.get()
        assert response.headers["Location"] == f"/projects/{project.pk}/"
        assert (project.name, project.revision, project.template) == ("Grüße 👋", 1, "console")

    @pytest.mark.parametrize("count", [100, 0])
    def test_there_is_an_end(self, student: User, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
        monkeypatch.setattr("projects.keeping.MAX_PROJECTS", count)
        response = signed_in(student).post("/projects/", {"name": "Second"})

        assert (response.status_code, student.projects.count()) == ((302, 1) if count else (400, 0))
