"""The file of a backup, written and read in one go: a tar of pieces, each of a known size, SHA256SUMS the last."""

from __future__ import annotations

import hashlib
import io
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO

from codeplatform.backup.refusal import Refused

# A tar says how large each file is before it begins, and pg_dump does not know yet.
PIECE_BYTES = 8 * 1024 * 1024
SMALL_BYTES = 64 * 1024 * 1024  # the most that a manifest may have
SUMS = "SHA256SUMS"
DATABASE = "database."
MANIFEST = "manifest.json"
SETTINGS = "settings.env"
_BLOCK_BYTES = 128 * tarfile.BLOCKSIZE
_CUT_OFF = "is cut off or damaged"


class Writer:
    """Adds files to a backup."""

    def __init__(self, tar: tarfile.TarFile, made_at: float) -> None:
        self._tar = tar
        self._made_at = made_at
        self._sums: list[str] = []

    def add(self, name: str, content: bytes) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = len(content), 0o600, int(self._made_at)
        self._tar.addfile(entry, io.BytesIO(content))
        self._sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")

    def add_database(self, stream: IO[bytes]) -> None:
        """Whatever the stream gives, in pieces that come first to last when their names are sorted."""
        number = 0
        while piece := _whole(stream, PIECE_BYTES):
            self.add(f"{DATABASE}{number:06}", piece)
            number += 1

    def add_sums(self) -> None:
        self.add(SUMS, "".join(self._sums).encode())


@contextmanager
def writing(sink: IO[bytes], made_at: float) -> Iterator[Writer]:
    with tarfile.open(fileobj=sink, mode="w|", format=tarfile.GNU_FORMAT, bufsize=_BLOCK_BYTES) as tar:
        writer = Writer(tar, made_at)
        yield writer
        writer.add_sums()


def read(stream: IO[bytes], take: Callable[[bytes], object]) -> dict[str, bytes]:
    """Hand each piece of the database to `take`; give back the small files by name.

    Raises Refused unless everything is there, complete, and as it was written. Pieces are handed over before that is
    known of the last one.
    """
    small: dict[str, bytes] = {}
    found: list[str] = []
    try:
        with tarfile.open(fileobj=stream, mode="r|", bufsize=_BLOCK_BYTES) as tar:
            for entry in tar:
                content = _content(tar, entry)
                if entry.name == SUMS:
                    small[SUMS] = content
                    break
                found.append(f"{hashlib.sha256(content).hexdigest()}  {entry.name}\n")
                if entry.name.startswith(DATABASE):
                    take(content)
                else:
                    small[entry.name] = content
    except (tarfile.TarError, EOFError) as error:
        raise Refused(f"The backup {_CUT_OFF}: {error}.") from error
    if SUMS not in small:
        raise Refused(f"The backup {_CUT_OFF}: its checksums, which come last, are missing.")
    if "".join(found).encode() != small[SUMS]:
        raise Refused("The backup is damaged: what is in it does not have the checksums it should have.")
    return small


def _content(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes:
    file = tar.extractfile(entry) if entry.isreg() and entry.size <= SMALL_BYTES else None
    if file is None:
        raise Refused("The backup is damaged: there is something in it that no backup has.")
    return file.read()


def _whole(stream: IO[bytes], size: int) -> bytes:
    """As many bytes as asked for, fewer only at the end: a pipe gives what it has."""
    pieces, missing = [], size
    while missing and (piece := stream.read(missing)):
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)
