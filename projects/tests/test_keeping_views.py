"""Rename, duplicate, bin and restore as pages and forms; who may is in codeplatform/tests/whole_site/table.py."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.models import User
from codeplatform.testing import Cast, signed_in
from projects.keeping import move_to_bin
from projects.models import Project
from projects.tests.archives import plain_zip

ODD_NAMES = ["", " ", "a\x00b", "a\u202eb", "a\u2028b", "\u200d", "\u0301", "x" * 101, "\u0958" * 100, "x" * 100_000]
# A form must not let anybody set these.
EXTRA = {
    "id": "0190a000-0000-7000-8000-000000000000",
    "owner": "1",
    "owner_id": "1",
    "school": "1",
    "revision": "99",
    "rev": "99",
    "created_at": "2000-01-01",
    "saved_at": "2000-01-01",
    "binned_at": "2000-01-01",
    "is_staff": "1",
    "role": "operator",
    "files": "[]",
}


@pytest.fixture
def owner(project: Project) -> Client:
    return signed_in(project.owner)


def address(project: Project, verb: str) -> str:
    return f"/projects/{project.pk}/{verb}/"


def row(project: Project) -> dict[str, Any]:
    values: dict[str, Any] = Project.objects.filter(pk=project.pk).values().get()
    return values


@pytest.mark.parametrize("name", ODD_NAMES)
class TestOddNames:
    def test_no_project_is_made(self, student: User, name: str) -> None:
        response = signed_in(student).post("/projects/", {"name": name})

        assert (response.status_code, student.projects.count()) == (400, 0)
        assert 'role="alert"' in response.content.decode()

    def test_no_project_is_renamed(self, owner: Client, project: Project, name: str) -> None:
        response = owner.post(address(project, "rename"), {"name": name})

        assert (response.status_code, row(project)["name"]) == (400, "Hello")
        assert 'role="alert"' in response.content.decode()


class TestRename:
    def test_the_page_has_the_new_name(self, owner: Client, project: Project) -> None:
        response = owner.post(address(project, "rename"), {"name": "Grüße"}, follow=True)

        assert "<title>Grüße · codeplatform</title>" in response.content.decode()
        assert response.context["page_config"]["project"]["name"] == "Grüße"

    def test_nothing_else_changes(self, owner: Client, project: Project) -> None:
        before = row(project)
        owner.post(address(project, "rename"), EXTRA | {"name": "New", "template": "x"})

        assert row(project) == before | {"name": "New"}

    def test_the_form_begins_with_the_old_name(self, owner: Client, project: Project) -> None:
        assert 'value="Hello"' in owner.get(address(project, "rename")).content.decode()


class TestDuplicate:
    def test_opens_the_copy(self, owner: Client, project: Project) -> None:
        before = row(project)
        response = owner.post(address(project, "duplicate"), EXTRA | {"name": "Chosen"})

        copy = Project.objects.exclude(pk=project.pk).get()
        assert response.headers["Location"] == f"/projects/{copy.pk}/"
        assert (copy.name, copy.owner, copy.revision, copy.binned_at) == ("Hello copy", project.owner, 1, None)
        assert row(project) == before

    def test_says_when_there_are_too_many(
        self, owner: Client, project: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("projects.keeping.MAX_PROJECTS", 1)
        response = owner.post(address(project, "duplicate"), follow=True)

        assert "which is the most there can be" in response.content.decode()
        assert Project.objects.count() == 1


class TestBin:
    def test_asks_first_and_changes_nothing_by_asking(self, owner: Client, project: Project) -> None:
        before = row(project)
        page = owner.get(address(project, "bin")).content.decode()

        assert "Move “Hello” to the bin?" in page
        assert row(project) == before

    def test_moves_it_and_says_so(self, owner: Client, project: Project) -> None:
        before = row(project)
        response = owner.post(address(project, "bin"), EXTRA, follow=True)

        assert "“Hello” is in the bin." in response.content.decode()
        assert row(project) | {"binned_at": None} == before
        assert timezone.now() - row(project)["binned_at"] < timedelta(minutes=1)

    def test_the_bin_lists_it_with_its_days(self, owner: Client, project: Project) -> None:
        move_to_bin(project)
        page = owner.get("/projects/bin/").content.decode()

        assert "30 days left" in page
        assert f'formaction="{address(project, "bin/restore")}"' in page

    def test_the_bin_of_one_is_not_that_of_another(self, cast: Cast) -> None:
        move_to_bin(cast.home.projects["ada"])
        pages = [signed_in(cast.home[name]).get("/projects/bin/") for name in ("ben", "teacher", "head")]

        assert [page for page in pages if "Work of ada" in page.content.decode()] == []

    @pytest.mark.parametrize("verb", ["", "files/", "zip/", "rename/"])
    @pytest.mark.parametrize("name", ["ada", "teacher", "head"])
    def test_it_is_gone_from_everywhere_else(self, cast: Cast, name: str, verb: str) -> None:
        project = cast.home.projects["ada"]
        move_to_bin(project)
        client = signed_in(cast.home[name])

        assert client.get(f"/projects/{project.pk}/{verb}").status_code == 404

    def test_it_is_gone_from_the_page_of_the_class(self, cast: Cast) -> None:
        move_to_bin(cast.home.projects["ada"])
        page = signed_in(cast.home["teacher"]).get(f"/classes/{cast.home.classrooms['10A'].pk}/").content.decode()

        assert "Work of ada" not in page

    @pytest.mark.parametrize("name", ["teacher", "head"])
    @pytest.mark.parametrize("verb", ["bin/restore", "bin/delete", "duplicate", "rename", "bin"])
    def test_nobody_else_can_do_anything_with_it(self, cast: Cast, name: str, verb: str) -> None:
        project = cast.home.projects["ada"]
        move_to_bin(project)
        response = signed_in(cast.home[name]).post(address(project, verb), {"name": "x"})

        assert (response.status_code, row(project)["name"]) == (404, "Work of ada of home")

    def test_a_save_is_told_where_it_is(self, owner: Client, project: Project) -> None:
        move_to_bin(project)
        body = {"base": 1, "key": "key-00001", "files": [{"path": "main.py", "text": "new"}]}
        response = owner.post(address(project, "save"), body, content_type="application/json")

        assert (response.status_code, response.json()) == (
            404,
            {"error": "This project is in your bin. Restore it there to save your text."},
        )
        assert row(project)["revision"] == 1

    def test_another_ones_save_is_told_nothing(self, cast: Cast) -> None:
        project = cast.home.projects["ada"]
        move_to_bin(project)
        response = signed_in(cast.home["ben"]).post(address(project, "save"), {}, content_type="application/json")

        assert response.status_code == 404
        assert b"bin" not in response.content


class TestRestore:
    def test_it_is_back(self, owner: Client, project: Project) -> None:
        before = row(project)
        move_to_bin(project)
        response = owner.post(address(project, "bin/restore"), EXTRA | {"name": "x"}, follow=True)

        assert "“Hello” is back among your projects." in response.content.decode()
        assert row(project) == before


class TestDelete:
    def test_asks_first_then_deletes(self, owner: Client, project: Project) -> None:
        move_to_bin(project)
        page = owner.get(address(project, "bin/delete")).content.decode()
        assert "Delete “Hello” for good?" in page
        assert Project.objects.filter(pk=project.pk).exists()

        response = owner.post(address(project, "bin/delete"), follow=True)
        assert "“Hello” is deleted for good." in response.content.decode()
        assert not Project.objects.filter(pk=project.pk).exists()

    def test_only_what_is_in_the_bin(self, owner: Client, project: Project) -> None:
        assert owner.post(address(project, "bin/delete")).status_code == 403
        assert Project.objects.filter(pk=project.pk).exists()


@pytest.mark.parametrize("address", ["/projects/", "/projects/upload/"])
def test_new_projects_take_no_other_columns(student: User, address: str) -> None:
    upload = SimpleUploadedFile("New.zip", plain_zip({"main.py": b""}))
    signed_in(student).post(address, EXTRA | {"name": "New", "archive": upload})

    project = student.projects.get()
    assert (project.name, project.revision, project.binned_at) == ("New", 1, None)
    assert str(project.pk) != EXTRA["id"]
    assert project.created_at.year > 2000


@pytest.mark.parametrize("verb", ["rename", "duplicate", "bin", "bin/restore", "bin/delete"])
def test_each_form_needs_its_token(project: Project, verb: str) -> None:
    if verb in {"bin/restore", "bin/delete"}:
        move_to_bin(project)
    before = row(project)
    client = Client(enforce_csrf_checks=True)
    client.force_login(project.owner)

    assert client.post(address(project, verb), {"name": "x"}).status_code == 403
    assert row(project) == before
    assert Project.objects.count() == 1
