from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from frontend.static.python import file_names, project_folder
from frontend.static.python.project_folder import ProjectFolder
from projects import limits
from projects.paths import clean_path, path_key

# Paths that only differ in how a file system or the server takes them
PATHS = [
    "main.py", "a/b/c.txt", "Ünïcode ✓.txt", "e\u0301.txt", "日本語/ファイル.py", "👩\u200d🏫.txt", "a b.txt",
    "log 12:30.txt", "what?.txt", "a*b", 'say "hi"', "<b>.txt", "x|y", "back\\slash",
    "bell\x07", "line\nbreak", "tab\t", "\x7f", "esc\x1b[31m", "\u202etxt.exe", "\u2066x\u2069", "\u200b", "\ufeffx",
    "\u2028", "\u2029", "\xad", "\ud800", "trailing ", " leading", "dot.", "...", "folder /x", "a./b",
    "con", "CON.txt", "aux.tar.gz", "com1", "COM¹.txt", "lpt0", "nul .txt", "conin$", "console.txt", "com10",
    ".git", ".GIT/config", "git~1", ".gitignore", "sub/.git/x", "x" * 200, "x" * 201, "é" * 100, "é" * 101,
    "__proto__", "constructor",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ProjectFolder]:
    monkeypatch.chdir(tmp_path)
    yield ProjectFolder(str(tmp_path / "project"))


class TestNames:
    @pytest.mark.parametrize("path", PATHS, ids=ascii)
    def test_the_server_decides_the_same(self, path: str) -> None:
        try:
            clean_path(path)
        except ValidationError:
            assert file_names.reason_to_refuse(path) is not None
        else:
            assert file_names.reason_to_refuse(path) is None
            assert file_names.key_of(path) == path_key(path)

    def test_every_character_is_decided_the_same(self) -> None:
        for code in range(0x3000):
            path = f"a{chr(code)}b"
            if chr(code) == "/":
                continue
            try:
                clean_path(path)
                allowed = True
            except ValidationError:
                allowed = False
            assert (file_names.reason_to_refuse(path) is None) == allowed, ascii(path)

    def test_limits_are_the_server_s(self) -> None:
        assert file_names.MAX_PATH_BYTES == limits.MAX_PATH_BYTES
        assert project_folder.MAX_FILE_BYTES == limits.MAX_FILE_BYTES
        assert project_folder.MAX_PROJECT_BYTES == limits.MAX_PROJECT_BYTES
        assert project_folder.MAX_FILES == limits.MAX_FILES


class TestFill:
    def test_holds_exactly_the_given_files(self, folder: ProjectFolder) -> None:
        root = Path(folder.root)
        folder.fill({"old.txt": b"1", "deep/er/x.bin": b"\0\xff"})
        (root / "left" / "behind").mkdir(parents=True)
        (root / "link").symlink_to("/")
        folder.fill({"main.py": b"2"})
        assert [path.name for path in root.iterdir()] == ["main.py"]
        assert Path.cwd() == root

    def test_nothing_beyond_a_link_is_removed(self, folder: ProjectFolder, tmp_path: Path) -> None:
        (tmp_path / "outside").mkdir()
        (tmp_path / "outside" / "kept.txt").write_text("k")
        folder.fill({})
        Path(folder.root, "link").symlink_to(tmp_path / "outside")
        folder.fill({})
        assert (tmp_path / "outside" / "kept.txt").exists()


class TestChanges:
    def test_nothing_changed(self, folder: ProjectFolder) -> None:
        folder.fill({"main.py": b"1", "a/b.bin": b"\xff"})
        Path("main.py").write_bytes(b"1")
        assert folder.changes() == ({}, [], {})

    def test_written_altered_and_deleted(self, folder: ProjectFolder) -> None:
        folder.fill({"main.py": b"1", "gone.txt": b"2"})
        Path("main.py").write_bytes(b"3")
        Path("gone.txt").unlink()
        Path("new").mkdir()
        Path("new/data.bin").write_bytes(b"\0")
        assert folder.changes() == ({"main.py": b"3", "new/data.bin": b"\0"}, ["gone.txt"], {})

    def test_caches_links_and_folders_are_no_files(self, folder: ProjectFolder) -> None:
        folder.fill({})
        Path("__pycache__").mkdir()
        Path("__pycache__/x.pyc").write_bytes(b"x")
        Path("empty").mkdir()
        Path("nowhere").symlink_to("missing")
        assert folder.changes() == ({}, [], {})

    def test_names_the_project_cannot_hold(self, folder: ProjectFolder) -> None:
        folder.fill({"main.py": b""})
        for name in ("log 12:30.txt", "MAIN.py", "\u202eexe.txt", "fine.txt"):
            Path(name).write_text("x")
        with open(b"\xff.txt", "w") as file:
            file.write("x")
        written, deleted, skipped = folder.changes()
        assert (written, deleted) == ({"fine.txt": b"x"}, [])
        assert skipped == {
            "log 12:30.txt": "a file name must not hold :",
            "MAIN.py": "there is a file main.py already",
            "\u202eexe.txt": "its name holds an invisible character",
            "'\\udcff.txt'": "its name is not text",
        }

    def test_renaming_by_case_alone(self, folder: ProjectFolder) -> None:
        folder.fill({"data.csv": b"1"})
        Path("data.csv").rename("Data.csv")
        assert folder.changes() == ({"Data.csv": b"1"}, ["data.csv"], {})

    def test_large_file(self, folder: ProjectFolder) -> None:
        folder.fill({})
        Path("large.bin").write_bytes(bytes(limits.MAX_FILE_BYTES + 1))
        Path("full.bin").write_bytes(bytes(limits.MAX_FILE_BYTES))
        written, _, skipped = folder.changes()
        assert list(written) == ["full.bin"]
        assert skipped == {"large.bin": "larger than 5 MB"}

    def test_many_files(self, folder: ProjectFolder) -> None:
        folder.fill({"zzz.py": b"mine"})
        for number in range(3_000):
            Path(f"made-{number:04}.txt").touch()
        Path("zzz.py").write_bytes(b"altered")
        written, deleted, skipped = folder.changes()
        assert len(written) == limits.MAX_FILES
        assert written["zzz.py"] == b"altered"
        assert deleted == []
        assert len(skipped) == project_folder.MAX_SKIPPED_NAMED + 1
        assert skipped["The rest (2,781 files)"] == "for the same reasons"

    def test_large_project(self, folder: ProjectFolder) -> None:
        folder.fill({})
        for number in range(6):
            Path(f"{number}.bin").write_bytes(bytes(4 * 1024 * 1024))
        written, _, skipped = folder.changes()
        assert len(written) == 5
        assert skipped == {"5.bin": "the project would hold more than 20 MB"}
