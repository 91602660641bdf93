"""Exercises out of the library as a zip, and in again."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from accounts.archives import BadArchive
from codeplatform.testing import Cast, a_folder, signed_in
from exercises.importing import LIBRARY, BadFolders, read_folders
from exercises.models import Exercise
from exercises.versions import archive, as_folder, create_exercise
from exercises.zips import pack, read_zip

IMPORT, ALL = "/exercises/import/", "/exercises/zip/"


@pytest.fixture
def teacher(cast: Cast) -> Client:
    return signed_in(cast.home["teacher"])


def zipped(files: dict[str, str | bytes]) -> bytes:
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, content in files.items():
            packed.writestr(path, content)
    return body.getvalue()


def files_of(slug: str, **more: str) -> dict[str, str | bytes]:
    toml = f'title = "{slug}"\ntopic = "loops"\ndifficulty = 1\n'
    files = {"exercise.toml": toml, "statement.md": "Do it.", "starter/main.py": "", "reference/main.py": ""} | more
    return {f"{slug}/{path}": content for path, content in files.items()}


def upload(client: Client, packed: bytes, name: str = "exercises.zip", **fields: str) -> HttpResponse:
    return client.post(IMPORT, {"archive": SimpleUploadedFile(name, packed), **fields}, follow=True)


def names_in(response: HttpResponse) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(response.content)) as packed:
        return packed.namelist()


def said(response: HttpResponse) -> str:
    return response.content.decode().replace("&#x27;", "'").replace("&quot;", '"')


class TestOutAndIn:
    def test_the_library_comes_back_as_it_was(self) -> None:
        library = read_folders(LIBRARY)
        packed = pack(library)

        assert sorted(read_zip(io.BytesIO(packed), "x.zip"), key=lambda folder: folder.slug) == sorted(
            library, key=lambda folder: folder.slug
        )
        assert pack(library) == packed

    def test_one_exercise(self, cast: Cast, teacher: Client) -> None:
        exercise = cast.home.exercises["own"]
        response = teacher.get(f"/exercises/{exercise.pk}/zip/")

        assert response.headers["Content-Disposition"] == f'attachment; filename="{exercise.slug}.zip"'
        assert read_zip(io.BytesIO(response.content), "") == [as_folder(exercise.newest)]

    def test_all_of_ones_own_and_nobody_elses(self, cast: Cast, teacher: Client) -> None:
        create_exercise(a_folder(slug="theirs"), author=cast.home["head"], school=cast.home.school)
        archive(create_exercise(a_folder(slug="old"), author=cast.home["teacher"], school=cast.home.school))
        slugs = {name.split("/")[1] for name in names_in(teacher.get(ALL))}

        assert slugs == {exercise.slug for exercise in cast.home.exercises.values()}

    def test_what_was_downloaded_changes_nothing(self, cast: Cast, teacher: Client) -> None:
        before = set(Exercise.objects.values_list("pk", "current"))
        response = upload(teacher, teacher.get(ALL).content)

        assert "Exercises imported: 2 as they were." in said(response)
        assert set(Exercise.objects.values_list("pk", "current")) == before

    def test_new_and_changed_ones(self, cast: Cast, teacher: Client) -> None:
        slug = cast.home.exercises["own"].slug
        response = upload(teacher, zipped(files_of(slug) | files_of("fresh")), is_shared="on")
        fresh = Exercise.objects.get(slug="fresh")

        assert "Exercises imported: 1 new, 1 changed." in said(response)
        assert (fresh.author, fresh.school, fresh.is_shared) == (cast.home["teacher"], cast.home.school, True)
        assert cast.home.exercises["own"].versions.count() == 2
        assert not Exercise.objects.get(slug=slug, school=cast.home.school).is_shared

    def test_a_colleagues_exercise_of_the_same_name_stays(self, cast: Cast, teacher: Client) -> None:
        theirs = create_exercise(a_folder(slug="theirs"), author=cast.home["head"], school=cast.home.school)
        upload(teacher, zipped(files_of("theirs")))

        assert theirs.versions.count() == 1
        assert Exercise.objects.get(slug="theirs-2").author == cast.home["teacher"]

    def test_files_in_no_folder_are_called_as_the_zip(self, teacher: Client) -> None:
        inside = {path.removeprefix("x/"): content for path, content in files_of("x").items()}
        upload(teacher, zipped(inside), name="Times table.zip")

        assert Exercise.objects.filter(slug="times-table").exists()


class TestRefusals:
    @pytest.mark.parametrize(
        ("files", "sentence"),
        [
            (files_of("a", **{"exercise.toml": 'title = "x"\ntopic = \n'}), "a: exercise.toml: correct what TOML"),
            (files_of("a", **{"exercise.toml": 'title = "x"\ntopic = \n'}), "line 2"),
            (
                files_of("b") | files_of("a", **{"statement.md": " "}),
                "a: statement.md: write what the student",
            ),
            (files_of("a", **{"extra.txt": "x"}), "a: extra.txt: an exercise has no such file"),
            (files_of("Not A Slug"), "Not A Slug: name the folder with small letters"),
            ({f"{top}/{path}": text for top in "xy" for path, text in files_of("a").items()}, "a: two exercises"),
            ({"a/main.py": "1"}, "There is no exercise in the zip."),
            ({}, "There are no files in the zip."),
            (files_of("a") | {"../a.txt": "x"}, "../a.txt: name the folder itself"),
            (files_of("a", **{"starter/data.bin": "x" * 1_100_000}), "is larger than 1 MB"),
            (files_of("a") | {"A/exercise.toml": "x"}, "one name on many devices"),
        ],
    )
    def test_say_what_to_do_and_nothing_is_imported(
        self, teacher: Client, files: dict[str, str | bytes], sentence: str
    ) -> None:
        count = Exercise.objects.count()
        response = upload(teacher, zipped(files))

        assert response.status_code == 400
        assert sentence in said(response)
        assert Exercise.objects.count() == count

    def test_all_problems_are_named(self, teacher: Client) -> None:
        bad = {path: text for n in range(25) for path, text in files_of(f"bad-{n}", **{"statement.md": ""}).items()}
        page = said(upload(teacher, zipped(bad)))

        assert page.count('class="import-problem"') == 21
        assert "There are 5 more problems like these." in page

    def test_a_line_of_a_unittest_file_is_named(self) -> None:
        toml = 'title = "a"\ntopic = "loops"\ndifficulty = 1\n[[tests]]\nkind = "unittest"\nname = "t"\npath = "t.py"\n'
        packed = zipped(files_of("a", **{"exercise.toml": toml, "tests/t.py": "import unittest\nclass T(\n"}))
        with pytest.raises(BadFolders) as refusal:
            read_zip(io.BytesIO(packed), "")

        assert refusal.value.problems == [
            "a: tests/t.py: Python cannot read line 2 of this file; run it yourself and correct it."
        ]

    # The zip holds the time: as a name of a test, it would differ between processes.
    @pytest.mark.parametrize("packed", [b"", b"PK", b"no zip", pytest.param(zipped({"a.txt": "x"})[:40], id="cut off")])
    def test_what_is_no_zip(self, teacher: Client, packed: bytes) -> None:
        assert upload(teacher, packed).status_code == 400

    def test_no_file(self, teacher: Client) -> None:
        assert "Choose a zip file first." in said(teacher.post(IMPORT))

    def test_too_many(self) -> None:
        many = {f"{n}/exercise.toml": "" for n in range(201)}
        with pytest.raises(BadArchive, match="import at most 200 at a time"):
            read_zip(io.BytesIO(zipped(many)), "")

    def test_what_takes_long_to_read_is_not_read(self) -> None:
        toml = "x = [" + "1," * 120_000 + "]"
        began = time.perf_counter()
        with pytest.raises(BadArchive, match="too much to read"):
            read_zip(io.BytesIO(zipped({f"{n}/exercise.toml": toml for n in range(40)})), "")

        assert time.perf_counter() - began < 5
