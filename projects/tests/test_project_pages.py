from __future__ import annotations

from typing import Any

from codeplatform.testing import Cast, signed_in
from projects.limits import MAX_INLINE_BYTES
from projects.saving import Change, save_revision


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

    def test_takes_five_queries(self, cast: Cast, django_assert_num_queries: Any) -> None:
        client, address = signed_in(cast.home["ada"]), f"/projects/{cast.home.projects['ada'].pk}/"
        client.get(address)  # the first request of a session writes when it began

        # session, user, project, size of its files, files
        with django_assert_num_queries(5):
            client.get(address)

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
