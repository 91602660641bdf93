from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from django.test import Client

from codeplatform.testing import Cast, UserFactory, signed_in
from projects.models import File, Project, Revision
from projects.saving import read_state


def body(**changes: Any) -> dict[str, Any]:
    return {"base": 1, "key": "key-000001", "files": [{"path": "main.py", "text": "print(1)"}], **changes}


def post(client: Client, project: Project, data: Any, content_type: str = "application/json", **headers: str) -> Any:
    raw = data if isinstance(data, bytes | str) else json.dumps(data)
    return client.post(f"/projects/{project.pk}/save/", raw, content_type=content_type, headers=headers)


@pytest.fixture
def owner(project: Project) -> Client:
    return signed_in(project.owner)


class TestSave:
    def test_answers_with_the_new_revision(self, owner: Client, project: Project) -> None:
        response = post(owner, project, body())
        project.refresh_from_db()

        assert response.status_code == 200
        assert response.json() == {
            "revision": 2,
            "saved_at": project.saved_at.isoformat().replace("+00:00", "Z"),
        }
        assert response.headers["Cache-Control"] == "no-store"

    def test_a_conflict_carries_both_sides(self, owner: Client, project: Project) -> None:
        post(owner, project, body(files=[{"path": "p.png", "base64": base64.b64encode(b"\x89PNG\x00").decode()}]))
        response = post(owner, project, body(key="key-000002"))

        assert (response.status_code, response.headers["Cache-Control"]) == (409, "no-store")
        answer = response.json()
        assert (answer["revision"], answer["author"]) == (2, "ada")
        assert answer["files"][1] == {"path": "p.png", "base64": "iVBORwA=", "size": 5}
        assert set(answer["files"][0]) == {"path", "text", "size"}

    def test_text_comes_back_to_the_byte(self, owner: Client, project: Project) -> None:
        text = "tab\tcr\r\nnul\x00 emoji 👩‍🔬 \ufeff\u2028 é e\u0301\n"
        post(owner, project, body(files=[{"path": "main.py", "text": text}]))

        assert owner.get(f"/projects/{project.pk}/files/").json()["files"][0]["text"] == text

    def test_other_keys_set_nothing(self, owner: Client, project: Project) -> None:
        before = Project.objects.filter(pk=project.pk).values().get()
        extra = {"owner": "x", "name": "x", "revision": 99, "saved_at": "2000-01-01", "author": "x", "template": "x"}
        entry = {"path": "main.py", "text": "1", "size": 99, "sha256": "x", "project": "x", "is_text": False}
        response = post(owner, project, body(files=[entry], **extra))

        after = Project.objects.filter(pk=project.pk).values().get()
        assert response.status_code == 200
        assert {name for name in before if before[name] != after[name]} == {"revision", "saved_at", "history_bytes"}
        assert (project.files.get().size, project.files.get().is_text) == (1, True)


class TestRefusals:
    def test_text_of_another_person_is_not_saved_by_whoever_is_signed_in(self, owner: Client, project: Project) -> None:
        another = UserFactory.create(school=project.owner.school)
        response = post(owner, project, body(), **{"X-Draft-User": str(another.pk)})

        assert (response.status_code, response.json()["sign_in"]) == (401, "/login/")
        assert Revision.objects.filter(project=project).count() == 1

    def test_the_persons_own_text_is_saved(self, owner: Client, project: Project) -> None:
        response = post(owner, project, body(), **{"X-Draft-User": str(project.owner.pk)})

        assert response.status_code == 200

    @pytest.mark.parametrize("name", ["teacher", "head"])
    def test_who_sees_it_but_may_not_edit_gets_403(self, cast: Cast, name: str) -> None:
        response = post(signed_in(cast.home[name]), cast.home.projects["ada"], body())

        assert (response.status_code, list(response.json())) == (403, ["error"])

    @pytest.mark.parametrize("name", ["ben", "dan", "colleague"])
    def test_an_outsider_gets_404(self, cast: Cast, name: str) -> None:
        assert post(signed_in(cast.home[name]), cast.home.projects["ada"], body()).status_code == 404

    def test_signed_out_gets_401_with_the_way_back(self, project: Project) -> None:
        response = post(Client(), project, body(), accept="application/json")

        assert response.status_code == 401
        assert response.json()["sign_in"] == "/login/"
        assert response.headers["Cache-Control"] == "no-store"

    def test_get_is_405(self, owner: Client, project: Project) -> None:
        assert owner.get(f"/projects/{project.pk}/save/").status_code == 405

    @pytest.mark.parametrize(
        "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "text/json"]
    )
    def test_anything_but_json_is_415(self, owner: Client, project: Project, content_type: str) -> None:
        assert post(owner, project, body(), content_type).status_code == 415

    def test_without_the_csrf_token_is_403(self, project: Project) -> None:
        response = post(signed_in(project.owner, enforce_csrf_checks=True), project, body())

        assert (response.status_code, list(response.json())) == (403, ["error"])

    def test_a_body_over_the_limit_is_413(self, owner: Client, project: Project, settings: Any) -> None:
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

        assert post(owner, project, body(files=[{"path": "a", "text": "x" * 2000}])).status_code == 413

    def test_a_file_over_the_limit_is_413(self, owner: Client, project: Project) -> None:
        response = post(owner, project, body(files=[{"path": "a", "text": "x" * (5 * 1024**2 + 1)}]))

        assert (response.status_code, response.json()["path"]) == (413, "a")

    @pytest.mark.parametrize("count", [200, 401, 10_000])
    def test_too_many_files_are_413(self, owner: Client, project: Project, count: int) -> None:
        entries = [{"path": f"{n}.txt", "text": ""} for n in range(count)]

        assert post(owner, project, body(files=entries)).status_code == 413

    def test_a_twin_is_400_and_names_the_file(self, owner: Client, project: Project) -> None:
        response = post(owner, project, body(files=[{"path": "MAIN.py", "text": ""}]))

        assert (response.status_code, response.json()["path"]) == (400, "MAIN.py")


DEEP = 200_000
ODD_BODIES: list[bytes | str] = [
    b" ",
    b"\xff\xfe",
    b'"\xc3"',
    "\ufeff{}",
    "null",
    "[]",
    "1",
    '"text"',
    "{",
    "{'base': 1}",
    '{"base": 1, "base": 1, "key": "key-000001", "files": []}',
    '{"base": NaN, "key": "key-000001", "files": []}',
    '{"base": Infinity, "key": "key-000001", "files": []}',
    '{"base": 1e999, "key": "key-000001", "files": []}',
    '{"base": -1e999, "key": "key-000001", "files": []}',
    '{"base": ' + "9" * 5000 + ', "key": "key-000001", "files": []}',
    '{"base": 9223372036854775808, "key": "key-000001", "files": []}',
    '{"base": 2147483647, "key": "key-000001", "files": []}',
    "[" * DEEP + "]" * DEEP,
    '{"a":' * DEEP + "1" + "}" * DEEP,
    '{"base": 1, "key": "key-000001", "files": ' + "[" * DEEP + "]" * DEEP + "}",
]
ODD_VALUES: list[dict[str, Any]] = [
    {"base": None},
    {"base": True},
    {"base": "1"},
    {"base": 1.0},
    {"base": -1},
    {"base": []},
    {"key": None},
    {"key": 12345678},
    {"key": "short"},
    {"key": "x" * 65},
    {"key": "with space"},
    {"key": "nul\x00nul-nul"},
    {"key": "server:created"},
    {"key": "ключ-ключ"},
    {"key": "key-000001\n"},
    {"files": None},
    {"files": {}},
    {"files": "main.py"},
    {"files": [None]},
    {"files": [[]]},
    {"files": ["main.py"]},
    {"files": [{}]},
    {"files": [{"path": None, "text": ""}]},
    {"files": [{"path": 1, "text": ""}]},
    {"files": [{"path": ["main.py"], "text": ""}]},
    {"files": [{"path": "main.py"}]},
    {"files": [{"path": "main.py", "text": None}]},
    {"files": [{"path": "main.py", "text": 1}]},
    {"files": [{"path": "main.py", "text": "", "base64": ""}]},
    {"files": [{"path": "main.py", "deleted": False}]},
    {"files": [{"path": "main.py", "deleted": 1}]},
    {"files": [{"path": "main.py", "deleted": True, "text": ""}]},
    {"files": [{"path": "main.py", "base64": "?"}]},
    {"files": [{"path": "main.py", "base64": "YQ"}]},
    {"files": [{"path": "main.py", "base64": "é"}]},
    {"files": [{"path": "main.py", "base64": 1}]},
    {"files": [{"path": "main.py", "text": "\ud800"}]},
    {"files": [{"path": "\udfff.py", "text": ""}]},
    {"files": [{"path": "../main.py", "text": ""}]},
    {"files": [{"path": "", "text": ""}]},
    {"files": [{"path": "_connector", "text": ""}, {"path": "_connector", "text": ""}]},
    {"files": [{"path": "a\u0301", "text": ""}, {"path": "\u00e1", "text": ""}]},
]


class TestOddBodies:
    @pytest.mark.parametrize("raw", ODD_BODIES, ids=range(len(ODD_BODIES)))
    def test_what_is_no_json_object_is_400(self, owner: Client, project: Project, raw: bytes | str) -> None:
        self.check(post(owner, project, raw), project)

    @pytest.mark.parametrize("values", ODD_VALUES, ids=range(len(ODD_VALUES)))
    def test_wrong_values_are_400(self, owner: Client, project: Project, values: dict[str, Any]) -> None:
        self.check(post(owner, project, body(**values)), project)

    @pytest.mark.parametrize("missing", ["base", "key", "files"])
    def test_missing_keys_are_400(self, owner: Client, project: Project, missing: str) -> None:
        data = body()
        del data[missing]
        self.check(post(owner, project, data), project)

    def check(self, response: Any, project: Project) -> None:
        assert response.status_code == 400
        assert isinstance(response.json()["error"], str)
        assert response.headers["Cache-Control"] == "no-store"
        assert read_state(project.pk).revision == 1
        assert (Revision.objects.count(), File.objects.count()) == (1, 1)


def test_a_save_takes_eight_queries(owner: Client, project: Project, django_assert_num_queries: Any) -> None:
    owner.get("/projects/")  # the first request of a session writes when it began

    # session, user, project; then update, revision, files there, upsert and history between begin and commit
    with django_assert_num_queries(10):
        post(owner, project, body())


@pytest.mark.parametrize("count", [1, 100])
def test_the_number_of_queries_does_not_grow_with_the_files(
    owner: Client, project: Project, django_assert_num_queries: Any, count: int
) -> None:
    owner.get("/projects/")
    entries: list[dict[str, object]] = [{"path": f"{n}.txt", "text": "x"} for n in range(count)]
    with django_assert_num_queries(11):
        post(owner, project, body(files=[*entries, {"path": "main.py", "deleted": True}]))
