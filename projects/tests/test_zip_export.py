"""A project as a zip: it unpacks into one folder, on every system, and comes back as it was."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import User
from codeplatform.testing import Cast, signed_in
from projects.models import Project
from projects.paths import clean_path
from projects.saving import Change, State, StateFile, create_project, read_state
from projects.zip_export import folder_name, pack
from projects.zip_import import unpack

ODD_NAMES = [
    "Hello",
    "../../etc/passwd",
    "C:\\Windows",
    'a/b\\c:d*e?f"g<h>i|j',
    "CON",
    "aux.txt",
    ".git",
    "...",
    "größe 日本 👩‍🔬",
    "مرحبا",
    "x" * 100,
    "👩‍🔬" * 33,
    " trailing. ",
    'quote"; filename="evil.exe',
    "\u200d",
]


def state(**files: bytes) -> State:
    stored = tuple(StateFile(path.replace("__", "/"), content, True) for path, content in files.items())
    return State(3, datetime(2026, 11, 22, 10, 42, 7, tzinfo=UTC), stored)


def download(client: Client, project: Project) -> tuple[str, zipfile.ZipFile]:
    """The name under which a browser keeps the zip, and the zip."""
    response = client.get(f"/projects/{project.pk}/zip/")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/zip")
    headers = EmailMessage()
    headers["Content-Disposition"] = response.headers["Content-Disposition"]
    assert headers.get_content_disposition() == "attachment"
    return headers.get_filename() or "", zipfile.ZipFile(io.BytesIO(response.content))


@pytest.mark.parametrize("name", ODD_NAMES)
def test_the_folder_is_one_that_every_system_takes(name: str) -> None:
    folder = folder_name(name)

    assert "/" not in folder
    assert clean_path(folder) == folder
    assert len(folder.encode()) <= 80


def test_it_is_named_after_the_project() -> None:
    assert [folder_name(name) for name in ("Hello", "größe 日本", "a/b: c?", "CON")] == [
        "Hello",
        "größe 日本",
        "a_b_ c_",
        "project",
    ]


def test_the_same_state_gives_the_same_bytes_in_the_order_of_the_paths() -> None:
    first, second = state(b=b"2", a__x=b"1"), state(a__x=b"1", b=b"2")

    assert pack("Hello", first) == pack("Hello", second)
    archive = zipfile.ZipFile(io.BytesIO(pack("Hello", first)))
    assert archive.namelist() == ["Hello/a/x", "Hello/b"]
    assert archive.infolist()[0].date_time == (2026, 11, 22, 10, 42, 6)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_out_and_in_again(student: User, name: str, tmp_path: Path) -> None:
    files = [
        Change("main.py", "print('größe 👋')\n".encode()),
        Change("data/größe 日本.csv", b"1;2\r\n"),
        Change("picture.png", bytes(range(256)), is_text=False),
        Change("empty.txt", b""),
        Change("a" * 95 + "/" + "b" * 100 + ".txt", b"deep"),
    ]
    project = create_project(student, name, starter=files)
    file_name, archive = download(signed_in(student), project)

    archive.extractall(tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == [folder_name(name)]
    assert file_name == f"{folder_name(name)}.zip"
    again = unpack(archive.fp)  # type: ignore[arg-type]
    assert again.folder == folder_name(name)
    assert sorted(again.files, key=lambda file: file.path) == sorted(files, key=lambda file: file.path)


def test_a_project_without_files(student: User) -> None:
    project = create_project(student, "Nothing", starter=[])

    assert download(signed_in(student), project)[1].namelist() == []


def test_a_teacher_of_the_student_may(cast: Cast) -> None:
    project = cast.home.projects["ada"]
    _, archive = download(signed_in(cast.home["teacher"]), project)

    assert archive.read("Work of ada of home/main.py") == read_state(project.pk).files[0].content


def test_it_is_kept_in_no_cache(student: User, project: Project) -> None:
    response = signed_in(student).get(f"/projects/{project.pk}/zip/")

    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
