"""`deploy/archive-wal`: what PostgreSQL hears is kept is kept. `tools/drills/pitr.py` shows the rest."""

from __future__ import annotations

import gzip
import subprocess
from pathlib import Path

import pytest

from codeplatform.settings import BASE_DIR


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    (tmp_path / "archive").mkdir()
    return tmp_path / "archive"


def keep(source: Path, archive: Path) -> int:
    return subprocess.run(["sh", BASE_DIR / "deploy" / "archive-wal", source, source.name, archive]).returncode


def segment(folder: Path, content: bytes) -> Path:
    path = folder / "000000010000000000000001"
    path.write_bytes(content)
    return path


def test_a_file_is_kept_whole_and_only_once(tmp_path: Path, archive: Path) -> None:
    source = segment(tmp_path, b"log" * 1000)
    (archive / f".{source.name}.gz.partial").write_bytes(b"left by a power cut")
    assert keep(source, archive) == 0
    assert keep(source, archive) == 0
    (kept,) = archive.iterdir()
    assert gzip.decompress(kept.read_bytes()) == source.read_bytes()
    assert kept.stat().st_mode & 0o077 == 0


def test_another_file_of_the_same_name_is_refused(tmp_path: Path, archive: Path) -> None:
    assert keep(segment(tmp_path, b"of one cluster"), archive) == 0
    assert keep(segment(tmp_path, b"of another one"), archive) != 0
    (kept,) = archive.iterdir()
    assert gzip.decompress(kept.read_bytes()) == b"of one cluster"


def test_what_cannot_be_kept_is_not_said_to_be(tmp_path: Path, archive: Path) -> None:
    assert keep(segment(tmp_path, b"log"), archive / "away") != 0
    assert keep(tmp_path / "missing", archive) != 0
    assert not list(archive.glob("*.gz"))
