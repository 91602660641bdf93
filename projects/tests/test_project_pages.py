from __future__ import annotations

from typing import Any

import pytest

from codeplatform.testing import Cast, signed_in
from projects.limits import MAX_INLINE_BYTES
from projects.saving import Change, create_project, save_revision


class TestProjectList:
    def test_shows_the_own_projects_only(self, cast: Cast) -> None:
        page = signed_in(cast.home["ada"]).get("/projects/").content.decode()

        assert ("Work of ada of home" in page, "Work of ben" in page) == (True, False)

    def test_a_teacher_finds_no_students_work_among_the_own(self, cast: Cast) -> None:
        assert "Work of" not in signed_in(cast.home["teacher"]).get("/projects/").content.decode()

    def test_a_name_makes_a_project(self, cast: Cast) -> None:
        response = signed_in(cast.home["dan"]).post("/projects/", {"name": "Grüße 👋", "owner": cast.home["ada"].pk})

        project = cast.home["dan"].projects.get()
        assert response.headers["Location"] == f"/projects/{project.pk}/"
        assert (project.name, project.revision) == ("Grüße 👋", 1)

    @pytest.mark.parametrize("name", ["", " ", "a\x00b", "a\u202eb", "x" * 101])
    def test_an_odd_name_is_refused(self, cast: Cast, name: str) -> None:
        response = signed_in(cast.home["dan"]).post("/projects/", {"name": name})

        assert (response.status_code, cast.home["dan"].projects.count()) == (200, 0)

    def test_there_is_an_end(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("projects.forms.MAX_PROJECTS", 1)
        signed_in(cast.home["ada"]).post("/projects/", {"name": "Second"})

        assert cast.home["ada"].projects.count() == 1

    @pytest.mark.parametrize("count", [1, 30])
    def test_takes_three_queries(self, cast: Cast, count: int, django_assert_num_queries: Any) -> None:
        for n in range(count):
            create_project(cast.home["dan"], f"Project {n}")
        client = signed_in(cast.home["dan"])
        client.get("/projects/")

        with django_assert_num_queries(3):  # session, user, projects
            client.get("/projects/")


class TestProjectDetail:
    def test_the_page_has_what_its_script_starts_from(self, cast: Cast) -> None:
        project = cast.home.projects["ada"]
        response = signed_in(cast.home["ada"]).get(f"/projects/{project.pk}/")

        config = response.context["page_config"]
        assert response.context["editable"] is True
        assert config["project"] | {"saved_at": ""} == {
            "id": str(project.pk),
            "name": "Work of ada of home",
            "revision": 1,
            "saved_at": "",
            "editable": True,
            "owner": "ada",
        }
        assert config["files"][0]["path"] == "main.py"
        assert config["urls"]["sign_in"] == "/login/home/"
        assert config["limits"]["files"] == 200

    def test_a_teacher_may_look(self, cast: Cast) -> None:
        response = signed_in(cast.home["teacher"]).get(f"/projects/{cast.home.projects['ada'].pk}/")

        assert response.context["editable"] is False
        assert response.context["page_config"]["project"]["editable"] is False

    def test_a_large_project_is_fetched_after_the_page(self, cast: Cast) -> None:
        project = cast.home.projects["ada"]
        save_revision(project, project.owner, 1, "key-00001", [Change("big.txt", b"x" * MAX_INLINE_BYTES)])

        response = signed_in(cast.home["ada"]).get(f"/projects/{project.pk}/")
        assert response.context["page_config"]["files"] is None
        assert response.context["page_config"]["project"]["revision"] == 2


class TestProjectFiles:
    def test_gives_the_whole_state(self, cast: Cast) -> None:
        project = cast.home.projects["ada"]
        response = signed_in(cast.home["teacher"]).get(f"/projects/{project.pk}/files/")

        assert response.headers["Cache-Control"] == "no-store"
        assert response.json()["revision"] == 1
        assert response.json()["files"] == [{"path": "main.py", "text": "print('marker ada of home')\n", "size": 28}]

    def test_an_outsider_gets_404(self, cast: Cast) -> None:
        url = f"/projects/{cast.home.projects['ada'].pk}/files/"

        assert signed_in(cast.away["teacher"]).get(url).status_code == 404
