"""Zips from anywhere: a project's files come in, nothing else does."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.archives import BadArchive
from accounts.models import User
from codeplatform.testing import signed_in
from projects.models import File, Project, Revision
from projects.tests.archives import ATTACKS, Entry, attack, plain_zip, raw_zip
from projects.zip_import import Unpacked, unpack

BASE_DIR = Path(__file__).resolve().parents[2]
# Takes in each zip, and prints whether it was refused, in how many seconds, and by how many kB the process grew.
# Not ru_maxrss: a process inherits that of its parent.
MEASURE = """
import json, re, sys, time
import django
django.setup()
from accounts.archives import BadArchive
from projects.zip_import import unpack
def most_kb():
    with open("/proc/self/status") as status:
        return int(re.search(r"VmHWM:\\s*(\\d+)", status.read())[1])
for path in sys.argv[1:]:
    before = most_kb()
    began = time.process_time()
    with open(path, "rb") as file:
        try:
            unpack(file)
            is_refused = False
        except BadArchive:
            is_refused = True
    took_s = time.process_time() - began
    print(json.dumps([is_refused, took_s, most_kb() - before]))
"""


def taken(packed: bytes) -> Unpacked:
    return unpack(io.BytesIO(packed))


def contents(packed: bytes) -> dict[str, bytes | None]:
    return {change.path: change.content for change in taken(packed).files}


class TestWhatIsTaken:
    def test_text_and_bytes(self) -> None:
        packed = plain_zip({"main.py": "print('grüß')\n".encode(), "data/x.bin": b"\xff\x00", "zero.txt": b"a\0"})

        assert [(change.path, change.is_text) for change in taken(packed).files] == [
            ("main.py", True),
            ("data/x.bin", False),
            ("zero.txt", False),
        ]

    def test_a_single_folder_around_everything_is_taken_off(self) -> None:
        unpacked = taken(plain_zip({"Hello/": b"", "Hello/main.py": b"1", "Hello/data/x.csv": b"2"}))

        assert (unpacked.folder, [change.path for change in unpacked.files]) == ("Hello", ["main.py", "data/x.csv"])

    def test_of_two_folders_none_is(self) -> None:
        unpacked = taken(plain_zip({"a/main.py": b"1", "b/main.py": b"2"}))

        assert (unpacked.folder, [change.path for change in unpacked.files]) == ("", ["a/main.py", "b/main.py"])

    def test_hidden_and_system_files_are_left_out_and_counted(self) -> None:
        junk = [
            ".DS_Store",
            ".git/config",
            "__MACOSX/Hello/._main.py",
            "Hello/.idea/x.xml",
            "Hello/Thumbs.db",
            "Hello/.env",
            "desktop.ini",
        ]
        unpacked = taken(plain_zip({"Hello/main.py": b"1"} | dict.fromkeys(junk, b"junk")))

        assert (unpacked.folder, [change.path for change in unpacked.files]) == ("Hello", ["main.py"])
        assert unpacked.left_out_count == len(junk)

    def test_names_without_the_flag_for_utf8_are_read_as_macos_writes_them(self) -> None:
        name = unicodedata.normalize("NFD", "größe.py").encode()

        assert list(contents(raw_zip([Entry(name, flags=0)]))) == ["größe.py"]
        assert list(contents(raw_zip([Entry("gr\x94\xe1e.py".encode("latin-1"), flags=0)]))) == ["größe.py"]

    def test_a_project_at_its_limits(self) -> None:
        full = {f"{n}.bin": os.urandom(100_000) for n in range(196)} | {"large.txt": b"x" * 1_000_000}

        assert contents(plain_zip(full)) == full

    @pytest.mark.parametrize("method", [0, 8])
    def test_both_usual_methods(self, method: int) -> None:
        assert contents(raw_zip([Entry("a.py", b"a" * 999, method=method)])) == {"a.py": b"a" * 999}


@pytest.mark.parametrize("name", ATTACKS)
def test_refused_with_a_sentence_within_a_second(name: str) -> None:
    packed = attack(name)
    began = time.process_time()
    with pytest.raises(BadArchive) as refusal:
        taken(packed)

    assert time.process_time() - began < 1
    assert len(refusal.value.messages) == 1
    assert ATTACKS[name][1] in refusal.value.messages[0]
    assert all(character.isprintable() for character in refusal.value.messages[0])


def test_the_bomb_is_one() -> None:
    assert len(attack("bomb of 4 GB")) < 100_000


def measured(folder: Path, zips: Iterable[bytes]) -> list[tuple[bool, float, int]]:
    """What MEASURE prints, from one new process for all of them."""
    paths = []
    for packed in zips:
        paths.append(folder / f"{len(paths)}.zip")
        paths[-1].write_bytes(packed)
    process = subprocess.run([sys.executable, "-c", MEASURE, *paths], cwd=BASE_DIR, capture_output=True, text=True)
    assert process.returncode == 0, process.stderr
    return [tuple(json.loads(line)) for line in process.stdout.splitlines()]


def test_refusing_takes_little_memory(tmp_path: Path) -> None:
    rows = measured(tmp_path, map(attack, ATTACKS))

    assert [is_refused for is_refused, _, _ in rows] == [True] * len(ATTACKS)
    assert max(took_s for _, took_s, _ in rows) < 1
    assert sum(growth_kb for _, _, growth_kb in rows) < 50 * 1024


def test_memory_that_is_taken_is_seen(tmp_path: Path) -> None:
    ((is_refused, _, growth_kb),) = measured(
        tmp_path, [plain_zip({f"{n}.bin": os.urandom(5 * 1024**2) for n in range(4)})]
    )

    assert not is_refused
    assert growth_kb > 15 * 1024


def test_damaged_zips_are_refused_or_read_but_never_fail() -> None:
    dice = random.Random(5)  # noqa: S311
    whole = plain_zip({"main.py": b"print(1)\n" * 50, "data/größe.csv": b"1,2\n" * 50, "b.bin": bytes(range(256))})
    refused = 0
    for _ in range(3000):
        damaged = bytearray(whole)
        for _ in range(dice.randrange(1, 6)):
            damaged[dice.randrange(len(damaged))] = dice.choice([0, 1, 255, dice.randrange(256)])
        try:
            taken(bytes(damaged[: dice.choice([len(damaged), dice.randrange(len(damaged))])]))
        except BadArchive:
            refused += 1
    assert refused > 1000


class TestUpload:
    @pytest.mark.parametrize("name", ATTACKS)
    def test_an_attack_is_answered_400_and_writes_nothing(self, student: User, name: str) -> None:
        upload = SimpleUploadedFile("x.zip", attack(name), "application/zip")
        client = signed_in(student)
        before = [model.objects.count() for model in (Project, File, Revision)]
        began = time.process_time()
        response = client.post("/projects/upload/", {"archive": upload})

        assert time.process_time() - began < 1.5
        assert (response.status_code, bool(response.context["zip_form"].errors["archive"])) == (400, True)
        assert [model.objects.count() for model in (Project, File, Revision)] == before

    @pytest.mark.parametrize(
        ("file_name", "files", "name"),
        [
            ("Hello.zip", {"main.py": b""}, "Hello"),
            ("x.zip", {"My game/main.py": b""}, "My game"),
            ("a" * 200 + ".zip", {"main.py": b""}, "a" * 100),
            ("x.zip", {"\u200d/main.py": b""}, "Project"),
            (".zip", {"main.py": b""}, ".zip"),
        ],
    )
    def test_it_becomes_a_project(self, student: User, file_name: str, files: dict[str, bytes], name: str) -> None:
        upload = SimpleUploadedFile(file_name, plain_zip(files))
        response = signed_in(student).post("/projects/upload/", {"archive": upload}, follow=True)

        project = student.projects.get()
        assert (project.name, project.template, project.revision) == (name, "zip", 1)
        assert [file.path for file in project.files.all()] == ["main.py"]
        assert f"“{name}” was made from the zip." in response.content.decode()

    def test_the_same_zip_again_gets_another_name(self, student: User) -> None:
        for _ in range(2):
            upload = SimpleUploadedFile("Hello.zip", plain_zip({"main.py": b""}))
            signed_in(student).post("/projects/upload/", {"archive": upload})

        assert {project.name for project in student.projects.all()} == {"Hello", "Hello 2"}

    def test_what_was_left_out_is_told(self, student: User) -> None:
        upload = SimpleUploadedFile("x.zip", plain_zip({"main.py": b"", ".DS_Store": b"", "__MACOSX/x": b""}))
        response = signed_in(student).post("/projects/upload/", {"archive": upload}, follow=True)

        assert "Hidden and system files stayed out of it: 2." in response.content.decode()

    def test_without_a_file(self, student: User) -> None:
        response = signed_in(student).post("/projects/upload/", {"archive": "text"})

        assert response.status_code == 400
        assert "Choose a zip file first." in response.content.decode()

    def test_there_is_an_end(self, student: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("projects.keeping.MAX_PROJECTS", 0)
        upload = SimpleUploadedFile("x.zip", plain_zip({"main.py": b""}))
        response = signed_in(student).post("/projects/upload/", {"archive": upload})

        assert (response.status_code, student.projects.count()) == (400, 0)
