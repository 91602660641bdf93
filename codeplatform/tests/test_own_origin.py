from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from codeplatform.testing import signed_in
from projects.models import Project

OURS = "http://testserver"


class TestChanges:
    @pytest.mark.parametrize(
        "headers",
        [{}, {"origin": OURS}, {"sec-fetch-site": "same-origin"}, {"origin": OURS, "sec-fetch-site": "same-origin"}],
    )
    def test_from_our_pages_pass(self, student: User, headers: dict[str, str]) -> None:
        assert signed_in(student).post("/projects/", {"name": "New"}, headers=headers).status_code == 302

    @pytest.mark.parametrize(
        "headers",
        [
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
            {"sec-fetch-site": "none"},
            {"sec-fetch-site": ""},
            {"origin": "null"},
            {"origin": "https://testserver"},
            {"origin": "http://testserver:8000"},
            {"origin": "http://evil.example"},
            {"origin": OURS, "sec-fetch-site": "cross-site"},
            {"origin": "null", "sec-fetch-site": "same-origin"},
        ],
        ids=str,
    )
    @pytest.mark.parametrize("url", ["/projects/", "/login/", "/logout/", "/static/x", "/runtime/x", "/sandbox/frame/"])
    def test_from_elsewhere_are_refused(self, student: User, headers: dict[str, str], url: str) -> None:
        client = signed_in(student)

        assert client.post(url, {"name": "New"}, headers=headers).status_code == 403
        assert not Project.objects.exists()
        assert client.get("/projects/").status_code == 200

    def test_need_the_token_as_well(self, student: User) -> None:
        client = signed_in(student, enforce_csrf_checks=True)
        response = client.post("/projects/", {"name": "New"}, headers={"sec-fetch-site": "same-origin"})

        assert response.status_code == 403
        assert "open for too long" in response.content.decode()


class TestReading:
    @pytest.mark.parametrize("site", ["cross-site", "same-site"])
    @pytest.mark.parametrize(
        ("mode", "destination"),
        [
            ("cors", "empty"),
            ("no-cors", "image"),
            ("no-cors", "script"),
            ("navigate", "iframe"),
            ("navigate", "embed"),
            ("", ""),
        ],
    )
    def test_by_another_site_is_refused_without_a_look_at_the_session(
        self, student: User, django_assert_num_queries: object, site: str, mode: str, destination: str
    ) -> None:
        client = signed_in(student)
        headers = {"sec-fetch-site": site, "sec-fetch-mode": mode, "sec-fetch-dest": destination}
        with django_assert_num_queries(0):  # type: ignore[operator]
            response = client.get("/projects/", headers=headers)

        assert response.status_code == 403

    def test_a_link_from_another_site_opens_the_page(self, student: User) -> None:
        headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}

        assert signed_in(student).get("/projects/", headers=headers).status_code == 200

    @pytest.mark.parametrize("site", ["same-origin", "none"])
    def test_our_own_requests_pass(self, student: User, site: str) -> None:
        headers = {"sec-fetch-site": site, "sec-fetch-mode": "cors", "sec-fetch-dest": "empty"}

        assert signed_in(student).get("/projects/", headers=headers).status_code == 200

    @pytest.mark.parametrize("url", ["/static/sandbox/worker.js", "/static/python/run_program.py"])
    def test_the_sandbox_may_load_its_files(self, client: Client, url: str) -> None:
        headers = {
            "sec-fetch-site": "cross-site",
            "sec-fetch-mode": "cors",
            "sec-fetch-dest": "empty",
            "origin": "null",
        }

        assert client.get(url, headers=headers).status_code == 200


def test_a_script_is_refused_in_json(student: User) -> None:
    headers = {"sec-fetch-site": "cross-site", "accept": "application/json"}

    assert "error" in signed_in(student).get("/projects/", headers=headers).json()
