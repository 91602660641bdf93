from typing import Any

import pytest
from django.test import Client

from accounts.forms import REFUSAL
from accounts.models import User
from codeplatform.testing import PASSWORD, Cast, signed_in


def sign_in(client: Client, username: str, password: str = PASSWORD, url: str = "/login/", **data: str) -> Any:
    return client.post(url, {"username": username, "password": password, **data})


class TestSignIn:
    @pytest.mark.parametrize("typed", ["ada@home", "ADA@HOME", " ada@home "])
    def test_the_full_name_is_enough_everywhere(self, client: Client, student: User, typed: str) -> None:
        assert sign_in(client, typed).headers["Location"] == "/"
        assert client.get("/projects/").status_code == 200

    @pytest.mark.parametrize("typed", ["ada", "ada@home", "Ada "])
    def test_the_short_name_is_enough_on_the_schools_page(self, client: Client, student: User, typed: str) -> None:
        assert sign_in(client, typed, url="/login/home/").status_code == 302

    def test_the_short_name_is_not_enough_elsewhere(self, client: Client, student: User) -> None:
        assert sign_in(client, "ada").status_code == 200

    @pytest.mark.parametrize(
        ("username", "password"),
        [
            ("ada@home", "wrong"),
            ("nobody@home", PASSWORD),
            ("closed@home", PASSWORD),
            ("ada\x00@home", PASSWORD),
            ("x" * 5000, PASSWORD),
            ("ada@home", "x" * 1_000_000),
        ],
        ids=["wrong password", "unknown", "closed account", "NUL", "long name", "long password"],
    )
    def test_every_failure_looks_the_same(self, client: Client, student: User, username: str, password: str) -> None:
        User.objects.create_user("closed", PASSWORD, school=student.school, is_active=False)
        response = sign_in(client, username, password)

        is_absurd = len(username) > 150 or len(password) > 256 or "\x00" in username
        assert response.status_code == (400 if is_absurd else 200)
        assert response.content.decode().count(str(REFUSAL)) == 1

    def test_the_schools_page_names_the_school(self, client: Client, student: User) -> None:
        assert "School home" in client.get("/login/home/").content.decode()

    def test_an_unknown_school_gets_the_plain_page(self, client: Client, db: None) -> None:
        assert "<h1>Sign in</h1>" in client.get("/login/nowhere/").content.decode()

    def test_the_page_helps_password_managers_and_keyboards(self, client: Client, db: None) -> None:
        page = client.get("/login/").content.decode()

        for attribute in ('autocomplete="username"', 'autocomplete="current-password"', "autofocus"):
            assert attribute in page

    def test_whoever_is_signed_in_goes_on(self, student: User) -> None:
        assert signed_in(student).get("/login/?next=/projects/").headers["Location"] == "/projects/"


class TestNext:
    @pytest.mark.parametrize("wanted", ["/projects/", "/projects/?a=b", "http://testserver/projects/"])
    def test_a_page_of_ours_is_honoured(self, client: Client, student: User, wanted: str) -> None:
        assert sign_in(client, "ada@home", next=wanted).headers["Location"] == wanted

    @pytest.mark.parametrize(
        "wanted",
        [
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "javascript:alert(1)",
            "http:///evil",
            "projects:project-list",
            "elsewhere",
            "\x00",
            "",
        ],
    )
    def test_anything_else_leads_home(self, client: Client, student: User, wanted: str) -> None:
        assert sign_in(client, "ada@home", next=wanted).headers["Location"] == "/"

    def test_it_is_carried_through_the_form(self, client: Client, db: None) -> None:
        assert 'name="next" value="/projects/"' in client.get("/login/?next=/projects/").content.decode()


class TestSignOut:
    def test_leads_to_the_schools_page_and_ends_the_session(self, student: User) -> None:
        client = signed_in(student)

        assert client.post("/logout/").headers["Location"] == "/login/home/"
        assert client.get("/projects/").status_code == 302

    def test_get_changes_nothing(self, student: User) -> None:
        client = signed_in(student)

        assert client.get("/logout/").status_code == 405
        assert client.get("/projects/").status_code == 200


class TestStartPage:
    @pytest.mark.parametrize(("name", "page"), [("ada", "/projects/"), ("teacher", "/classes/"), ("head", "/classes/")])
    def test_each_role_begins_at_its_work(self, cast: Cast, name: str, page: str) -> None:
        assert signed_in(cast.home[name]).get("/").headers["Location"] == page

    def test_operators_begin_in_the_admin(self, cast: Cast) -> None:
        assert signed_in(cast.operator).get("/").headers["Location"] == "/admin/"

    def test_visitors_stay(self, client: Client, db: None) -> None:
        assert client.get("/").status_code == 200
