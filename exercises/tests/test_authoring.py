"""Writing an exercise on its page, with nothing but a form."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from codeplatform.testing import Cast, a_folder, signed_in
from exercises.importing import LIBRARY, import_folders, read_folders
from exercises.models import Exercise
from exercises.specs import CallSpec, FileSpec, IoSpec, StructureSpec, UnittestSpec
from exercises.tests.forms import fields_of
from exercises.versions import as_folder, create_exercise, save_exercise

NEW = "/exercises/new/"
TYPED = {
    "title": "Add two numbers",
    "statement": "Ask for two numbers and print their sum.",
    "test-0-input": "2\n3",
    "test-0-expected": "5",
    "file-1-text": "print(int(input()) + int(input()))",
}


@pytest.fixture
def teacher(cast: Cast) -> Client:
    return signed_in(cast.home["teacher"])


def edit(exercise: Exercise) -> str:
    return f"/exercises/{exercise.pk}/edit/"


def sent(client: Client, url: str, changes: dict[str, Any] | None = None, **more: Any) -> HttpResponse:
    """The page as it comes, filled in with `changes`, and sent."""
    return client.post(url, fields_of(client.get(url).content.decode()) | (changes or {}), **more)


def body(response: HttpResponse) -> str:
    return response.content.decode()


class TestANewExercise:
    def test_takes_a_title_a_task_a_solution_and_one_test(self, cast: Cast, teacher: Client) -> None:
        response = sent(teacher, NEW, TYPED)
        exercise = Exercise.objects.get(title="Add two numbers")

        assert response.headers["Location"] == edit(exercise)
        assert (exercise.author, exercise.school, exercise.is_shared) == (
            cast.home["teacher"],
            cast.home.school,
            False,
        )
        folder = as_folder(exercise.newest)
        assert folder.slug == "add-two-numbers"
        assert folder.tests == (IoSpec(name="Test 1", input="2\n3", expected="5"),)
        assert folder.starter["main.py"].startswith(b"#")

    def test_can_be_shared_at_once(self, teacher: Client) -> None:
        sent(teacher, NEW, TYPED | {"is_shared": "on"})

        assert Exercise.objects.get(title="Add two numbers").is_shared

    def test_of_an_operator_comes_with_the_site(self, cast: Cast) -> None:
        sent(signed_in(cast.operator), NEW, TYPED)

        assert Exercise.objects.get(title="Add two numbers").school is None

    @pytest.mark.parametrize("title", ["ぬ", "!!!", "x" * 100, "Ä b_c"])
    def test_finds_a_slug_for_any_title(self, teacher: Client, title: str) -> None:
        assert [sent(teacher, NEW, TYPED | {"title": title}).status_code for _ in range(2)] == [302, 302]
        assert len(set(Exercise.objects.filter(title=title).values_list("slug", flat=True))) == 2

    def test_takes_uploaded_data(self, teacher: Client) -> None:
        uploads = [SimpleUploadedFile("a.csv", b"1;2\r\n"), SimpleUploadedFile("a.png", b"\x89PNG\xff")]
        sent(teacher, NEW, TYPED | {"uploads": uploads})
        starter = as_folder(Exercise.objects.get(title="Add two numbers").newest).starter

        assert (starter["a.csv"], starter["a.png"]) == (b"1;2\n", b"\x89PNG\xff")


class TestEditing:
    def test_the_form_sent_as_it_came_changes_no_exercise_of_the_library(self, cast: Cast) -> None:
        import_folders(read_folders(LIBRARY), author=None, school=None)
        client = signed_in(cast.operator)
        built_in = Exercise.objects.filter(school__isnull=True)
        statuses = {sent(client, edit(exercise)).status_code for exercise in built_in}

        assert statuses == {302}
        assert {exercise.newest.number for exercise in built_in} == {1}

    def test_nor_one_with_every_kind_of_test_and_odd_text(self, cast: Cast, teacher: Client) -> None:
        unittest = b"import unittest\nclass TestIt(unittest.TestCase):\n    def test_it(self): pass\n"
        tests = (
            IoSpec(name="</textarea>&amp;", input="\n\n", expected="\n <b> \n", files={"a b.txt": "x\n\n"}, points=0),
            IoSpec(name="b", expected="1.5", compare="numbers", tolerance=0.25, visibility="hidden", feedback="a\nb"),
            CallSpec(name="c", call="f(\n1)", setup="x = 1\n", returns="[1,\n2]", leaves={"x": "1"}, tolerance=0.5),
            CallSpec(name="d", call="f()", prints="", input="a"),
            CallSpec(name="e", call="f()", prints="9", compare="numbers", raises="ValueError", time_limit_s=9),
            FileSpec(name="f", path="out.txt", expected="", compare="exact"),
            StructureSpec(name="g", must_use=("loop", "call:sorted"), must_not_use=("import:os.path",)),
            UnittestSpec(name="h", path="test_it.py", visibility="after-pass"),
        )
        folder = a_folder(
            slug="odd",
            title='a < b & "c"',
            tests=tests,
            test_files={"test_it.py": unittest},
            starter={"main.py": b"\n\nx = '</textarea>'\n", "p.png": b"\x89\xff\x00"},
            tags=("a b", "c"),
            hints=("<i>", "two"),
            statement="\n\n# x\n",
        )
        exercise = create_exercise(folder, author=cast.home["teacher"], school=cast.home.school)
        response = sent(teacher, edit(exercise))
        exercise.refresh_from_db()

        assert response.status_code == 302, body(response)
        assert as_folder(exercise.newest) == folder
        assert exercise.newest.number == 1

    def test_a_change_makes_a_version_and_the_old_one_stays(self, cast: Cast, teacher: Client) -> None:
        exercise = cast.home.exercises["own"]
        response = sent(teacher, edit(exercise), {"statement": "New.", "is_shared": "on"}, follow=True)
        exercise.refresh_from_db()

        assert "is saved as version 2." in body(response)
        assert [version.statement for version in exercise.versions.all()] == ["New.", a_folder().statement]
        assert exercise.is_shared


class TestNothingIsLost:
    def test_on_a_mistake(self, teacher: Client) -> None:
        mistakes = TYPED | {"test-0-kind": "call", "test-0-call": "add(2,", "title": "", "hints": "kept hint"}
        response = sent(teacher, NEW, mistakes)

        assert response.status_code == 400
        assert 'role="alert"' in body(response)
        fields = fields_of(body(response))
        for name in ("test-0-call", "test-0-input", "test-0-expected", "statement", "hints", "file-1-text"):
            assert fields[name] == [mistakes.get(name, "").replace("\n", "\r\n")], name
        assert not Exercise.objects.filter(title="").exists()

    def test_the_mistakes_are_named_and_lead_to_their_fields(self, teacher: Client) -> None:
        page = body(sent(teacher, NEW, TYPED | {"test-0-points": "many", "test-0-expected": "5", "statement": " "}))

        assert '<a href="#test-0-points">Test 1, points: write a whole number from 0 to 100.</a>' in page
        assert '<a href="#statement">' in page

    def test_an_empty_test_is_pointed_out(self, teacher: Client) -> None:
        page = body(sent(teacher, NEW, TYPED | {"test-0-input": "", "test-0-expected": ""}))

        assert "Test 1: say what the program prints, or delete this test." in page

    def test_a_picture_stays_through_a_mistake(self, teacher: Client) -> None:
        upload = SimpleUploadedFile("a.png", b"\x89PNG\xff")
        page = body(sent(teacher, NEW, TYPED | {"title": "", "uploads": upload}))
        teacher.post(NEW, fields_of(page) | {"title": "Now with a title"})

        starter = as_folder(Exercise.objects.get(title="Now with a title").newest).starter
        assert starter["a.png"] == b"\x89PNG\xff"

    def test_when_somebody_else_has_saved(self, cast: Cast, teacher: Client) -> None:
        exercise = cast.home.exercises["own"]
        mine = fields_of(body(teacher.get(edit(exercise)))) | {"statement": "Mine."}
        save_exercise(exercise, a_folder(slug="own", statement="Theirs."), author=cast.home["head"])
        response = teacher.post(edit(exercise), mine)

        assert response.status_code == 409
        assert "head saved version 2 of this exercise in the meantime." in body(response)
        again = fields_of(body(response))
        assert again["statement"] == ["Mine."]
        assert teacher.post(edit(exercise), again).status_code == 409
        assert teacher.post(edit(exercise), again | {"over": "2"}).status_code == 302
        assert [version.statement for version in exercise.versions.all()] == ["Mine.", "Theirs.", a_folder().statement]


class TestButtons:
    def pressed(self, client: Client, exercise: Exercise, *buttons: str) -> list[str]:
        """The names of the tests after these buttons."""
        fields = fields_of(body(client.get(edit(exercise))))
        for button in buttons:
            response = client.post(edit(exercise), fields | {"do": button})
            assert response.status_code == 200
            fields = fields_of(body(response))
        return [fields[f"test-{index}-name"][0] for index in fields["tests"]]

    @pytest.mark.parametrize(
        ("buttons", "names"),
        [
            (["add-test"], ["Two", "Three", "Four", ""]),
            (["copy-test-0"], ["Two", "Two", "Three", "Four"]),
            (["up-test-2"], ["Two", "Four", "Three"]),
            (["up-test-0"], ["Two", "Three", "Four"]),
            (["down-test-0", "down-test-1"], ["Three", "Four", "Two"]),
            (["delete-test-1"], ["Two", "Four"]),
        ],
    )
    def test_of_rows(self, cast: Cast, teacher: Client, buttons: list[str], names: list[str]) -> None:
        assert self.pressed(teacher, cast.home.exercises["own"], *buttons) == names
        assert cast.home.exercises["own"].versions.count() == 1

    def test_the_last_row_can_go(self, cast: Cast, teacher: Client) -> None:
        exercise = cast.home.exercises["own"]
        page = teacher.get(edit(exercise))
        fields = fields_of(body(page))
        for _ in range(3):
            fields = fields_of(body(teacher.post(edit(exercise), fields | {"do": "delete-test-0"})))
        assert teacher.post(edit(exercise), fields).status_code == 302
        assert exercise.versions.first().tests.count() == 0  # type: ignore[union-attr]

    def test_files_come_and_go(self, cast: Cast, teacher: Client) -> None:
        exercise = cast.home.exercises["own"]
        fields = fields_of(body(sent(teacher, edit(exercise), {"do": "add-file-starter"})))
        page = teacher.post(edit(exercise), fields | {"file-2-path": "data.csv", "file-2-text": "1;2"})
        assert page.status_code == 302
        assert set(as_folder(exercise.versions.get(number=2)).starter) == {"main.py", "data.csv"}
        page = sent(teacher, edit(exercise), {"do": "delete-file-1"})
        assert len(fields_of(body(page))["files"]) == 2

    def test_uploads_become_rows(self, cast: Cast, teacher: Client) -> None:
        upload = SimpleUploadedFile("a.csv", b"1;2")
        changes = {"do": "add-uploads", "uploads": upload}
        page = body(sent(teacher, edit(cast.home.exercises["own"]), changes))
        assert fields_of(page)["file-2-path"] == ["a.csv"]

        upload.seek(0)
        asks = {"headers": {"Accept": "application/json"}}
        answer = sent(teacher, edit(cast.home.exercises["own"]), changes, **asks).json()
        assert (answer["part"], answer["focus"], "a.csv" in answer["html"]) == ("files", "uploads", True)

    def test_a_script_gets_the_part_that_changed(self, cast: Cast, teacher: Client) -> None:
        url = edit(cast.home.exercises["own"])
        answer = sent(teacher, url, {"do": "copy-test-0"}, headers={"Accept": "application/json"}).json()

        assert (answer["part"], answer["focus"]) == ("tests", "test-1-name")
        assert answer["html"].count("<fieldset") == 4

    def test_the_preview(self, cast: Cast, teacher: Client) -> None:
        url, changes = edit(cast.home.exercises["own"]), {"statement": "**new** <script>", "do": "preview"}

        assert "<strong>new</strong> &lt;script&gt;" in body(sent(teacher, url, changes))
        answer = sent(teacher, url, changes, headers={"Accept": "application/json"}).json()
        assert answer == {"html": "<p><strong>new</strong> &lt;script&gt;</p>\n"}

    def test_what_the_browser_runs(self, cast: Cast, teacher: Client) -> None:
        url, asks = edit(cast.home.exercises["own"]), {"headers": {"Accept": "application/json"}}
        answer = sent(teacher, url, {"do": "check", "test-0-expected": "new"}, **asks).json()

        assert answer["entry"] == "main.py"
        assert [test["expected"] for test in answer["tests"]][0] == "new"
        assert answer["solution"] == [{"path": "main.py", "text": "print(2 * int(input()))  # marker reference\n"}]
        assert answer["starter"] == [{"path": "main.py", "text": "# marker starter\n"}]
        assert sent(teacher, url, {"do": "check", "title": "", "statement": ""}, **asks).status_code == 200
        wrong = sent(teacher, url, {"do": "check", "test-0-points": "many"}, **asks)
        assert (wrong.status_code, wrong.json()["problems"][0]["field"]) == (400, "test-0-points")

    @pytest.mark.parametrize("button", ["x", "up-test-99", "delete-file-", "add-file-etc", "copy-file-0", "up-test--1"])
    def test_unknown_ones(self, cast: Cast, teacher: Client, button: str) -> None:
        assert sent(teacher, edit(cast.home.exercises["own"]), {"do": button}).status_code == 400


def test_it_needs_its_token(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.home["teacher"])

    assert client.post(NEW, TYPED).status_code == 403
    assert not Exercise.objects.filter(title="Add two numbers").exists()


def test_a_page_of_sixty_tests_can_be_sent(teacher: Client) -> None:
    fields = fields_of(body(teacher.get(NEW))) | TYPED
    row = {name: value for name, value in fields.items() if name.startswith("test-0-")}
    for index in range(1, 60):
        fields |= {name.replace("test-0-", f"test-{index}-"): value for name, value in row.items()}
    fields["tests"] = [str(index) for index in range(60)]

    assert teacher.post(NEW, fields).status_code == 302
    assert Exercise.objects.get(title="Add two numbers").newest.tests.count() == 60
