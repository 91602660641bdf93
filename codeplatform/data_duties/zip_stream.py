"""A zip that is sent while it is made: nothing but the file in hand is in memory."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

_FILE_MODE = 0o100644 << 16  # a plain file that everybody may read
_UNIX = 3
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # the first moment that a zip can name


@dataclass(frozen=True)
class Entry:
    """A file in a zip; `at` is the moment that it says it is from."""

    path: str
    content: bytes
    at: datetime


def zip_of(entries: Iterable[Entry]) -> Iterator[bytes]:
    """The zip piece by piece. The same entries give the same bytes."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry in entries:
            info = zipfile.ZipInfo(entry.path, max(entry.at, _EARLIEST).astimezone(UTC).timetuple()[:6])
            info.create_system, info.external_attr = _UNIX, _FILE_MODE
            archive.writestr(info, entry.content, zipfile.ZIP_DEFLATED)
            yield pipe.take()
    yield pipe.take()


class _Pipe(io.RawIOBase):
    """Takes what is written and gives it away; zipfile sees that it cannot go back."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: bytes) -> int:  # type: ignore[override]
        self._pieces.append(bytes(piece))
        return len(piece)

    def take(self) -> bytes:
        pieces, self._pieces = self._pieces, []
        return b"".join(pieces)
