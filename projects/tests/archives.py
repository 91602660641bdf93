"""Zips as nobody's program makes them, written byte by byte (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT)."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
UTF8 = 0x800
DEFLATED = 8


@dataclass(frozen=True)
class Entry:
    """One file; what is None is told truly. `shares_first`: no bytes of its own, but those of the first entry."""

    name: str | bytes
    content: bytes = b"print('hello')\n"
    size: int | None = None
    crc: int | None = None
    flags: int = UTF8
    method: int = DEFLATED
    mode: int = stat.S_IFREG | 0o644
    shares_first: bool = False


def raw_zip(entries: Sequence[Entry], *, told_count: int | None = None) -> bytes:
    """A zip of the entries, with `told_count` as their number in its last record."""
    body, directory = io.BytesIO(), io.BytesIO()
    first: tuple[int, int] | None = None
    for entry in entries:
        name = entry.name if isinstance(entry.name, bytes) else entry.name.encode(errors="surrogatepass")
        crc = zlib.crc32(entry.content) if entry.crc is None else entry.crc
        size = len(entry.content) if entry.size is None else entry.size
        if entry.shares_first and first:
            offset, length = first
        else:
            packed = _deflate(entry.content) if entry.method == DEFLATED else entry.content
            offset, length = body.tell(), len(packed)
            first = first or (offset, length)
            head = (b"PK\3\4", 20, entry.flags, entry.method, 0, 0x21, crc, length, size, len(name), 0)
            body.write(_LOCAL.pack(*head) + name + packed)
        about = (b"PK\1\2", 0x314, 20, entry.flags, entry.method, 0, 0x21, crc, length, size, len(name), 0, 0, 0, 0)
        directory.write(_CENTRAL.pack(*about, entry.mode << 16, offset) + name)
    count = (len(entries) if told_count is None else told_count) & 0xFFFF
    sizes = (len(directory.getvalue()), len(body.getvalue()))
    return body.getvalue() + directory.getvalue() + _END.pack(b"PK\5\6", 0, 0, count, count, *sizes, 0)


def plain_zip(files: dict[str, bytes]) -> bytes:
    """A zip as programs make them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _deflate(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def _named(*names: str | bytes) -> Callable[[], bytes]:
    return lambda: raw_zip([Entry("main.py"), *(Entry(name) for name in names)])


def _with(entry: Entry) -> Callable[[], bytes]:
    return lambda: raw_zip([Entry("main.py"), entry])


def _bomb_of_4_gb() -> bytes:
    """42 kB that unpack to 4 GB: 950 entries over the same bytes."""
    zeros = bytes(4_400_000)
    return raw_zip([Entry(f"{n:03}", zeros, shares_first=n > 0) for n in range(950)])


def _hundred_thousand_entries() -> bytes:
    return raw_zip([Entry(f"{n}", b"", shares_first=n > 0, method=0) for n in range(100_000)])


def _claims_few_entries() -> bytes:
    return raw_zip([Entry(f"{n}", b"", shares_first=n > 0, method=0) for n in range(100_000)], told_count=3)


def _far_away_directory() -> bytes:
    return b"PK\5\6" + struct.pack("<4H2LH", 0, 0, 1, 1, 2**32 - 1, 2**32 - 1, 0)


LINK = Entry("link.py", b"/etc/passwd", mode=stat.S_IFLNK | 0o777)
ZEROS = bytes(40 * 1024**2)

# What each is, how it is made, and words of the sentence with which it is refused.
ATTACKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "climbs out": (_named("../evil.py"), "Name the folder itself"),
    "climbs out of a folder": (_named("a/../../evil.py"), "Name the folder itself"),
    "climbs out to a hidden file": (_named("../../.bashrc"), "Name the folder itself"),
    "climbs out as the only folder": (lambda: raw_zip([Entry("../evil.py")]), "Name the folder itself"),
    "climbs out by a folder": (_named("../evil/"), "Name the folder itself"),
    "absolute": (_named("/etc/cron.d/evil"), "Leave out the /"),
    "absolute as the only one": (lambda: raw_zip([Entry("/evil.py")]), "Leave out the /"),
    "drive letter": (_named("C:/evil.py"), "Leave : out"),
    "drive letter, relative": (_named("C:evil.py"), "Leave : out"),
    "backslashes": (_named("..\\evil.py"), "Leave \\ out"),
    "network share": (_named("\\\\host\\share\\evil.py"), "Leave \\ out"),
    "link": (_with(LINK), "is a link"),
    "device": (_with(Entry("tty", mode=stat.S_IFCHR | 0o644)), "is a link or a device"),
    "bomb of 4 GB": (_bomb_of_4_gb, "a project at most 200"),
    "bomb in one file": (_with(Entry("zeros.bin", ZEROS)), "larger than 5 MB"),
    "bomb in many files": (
        lambda: raw_zip([Entry(f"{n}.bin", ZEROS[: 5 * 1024**2], shares_first=n > 0) for n in range(100)]),
        "larger than 20 MB",
    ),
    "bomb that tells 10 bytes": (_with(Entry("zeros.bin", ZEROS, size=10)), "not a zip that can be read"),
    "tells more than there is": (_with(Entry("short.py", size=5000)), "not as long as the zip says"),
    "tells almost nothing": (_with(Entry("long.py", size=1)), "not a zip that can be read"),
    "wrong sum": (_with(Entry("main2.py", crc=1)), "not a zip that can be read"),
    "wrong sum after 19 MB": (
        lambda: raw_zip([*(Entry(f"{n}.txt", b"\xc3\xa9" * 2_450_000) for n in range(4)), Entry("x.py", crc=1)]),
        "not a zip that can be read",
    ),
    "shared bytes under another name": (_with(Entry("x.py", shares_first=True)), "not a zip that can be read"),
    "100,000 entries": (_hundred_thousand_entries, "more than 2000 entries"),
    "100,000 entries, telling 3": (_claims_few_entries, "more than 2000 entries"),
    "3,000 entries": (lambda: raw_zip([Entry(f"{n}", b"") for n in range(3000)]), "more than 2000 entries"),
    "201 files": (lambda: raw_zip([Entry(f"{n}.py") for n in range(201)]), "a project at most 200"),
    "zip in a zip": (_with(Entry("inner.ZIP", plain_zip({"a": b""}))), "a zip inside the zip"),
    "password": (_with(Entry("secret.py", flags=UTF8 | 1)), "has a password"),
    "strong password": (_with(Entry("secret.py", flags=UTF8 | 0x41)), "has a password"),
    "bzip2": (_with(Entry("x.py", method=12)), "unusual way"),
    "lzma": (_with(Entry("x.py", method=14)), "unusual way"),
    "unknown method": (_with(Entry("x.py", method=99)), "unusual way"),
    "same name twice": (_named("main.py"), "one name on many devices"),
    "case twins": (_named("MAIN.py"), "one name on many devices"),
    "composed twins": (_named("größe.py", "gro\u0308ße.py"), "one name on many devices"),
    "file and folder": (_named("data", "data/x.csv"), "both a file and a folder"),
    "file and folder, twins": (_named("Data", "data/x.csv"), "both a file and a folder"),
    "CON": (_named("CON"), "device on Windows"),
    "con.py in a folder": (_named("a/con.py"), "device on Windows"),
    "right to left": (_named("photo\u202egnp.py"), "invisible character"),
    "NUL": (_named("evil.py\0.txt"), "invisible character"),
    "line break": (_named("evil\r\n.py"), "invisible character"),
    "half a character": (_named("\ud800.py"), "not a zip that can be read"),
    "no UTF-8": (_named(b"\xff\xfe.py"), "not a zip that can be read"),
    "empty name": (_named(""), "Give the file a name"),
    "only a slash": (_named("/"), "Give the file a name"),
    "two slashes": (_named("a//b.py"), "leave out the extra /"),
    "name of 300 bytes": (_named("x" * 300), "too long"),
    "name of 60,000 bytes": (_named("x" * 60_000), "too long"),
    "nothing in it": (lambda: raw_zip([]), "no files"),
    "nothing but hidden files": (lambda: raw_zip([Entry(".git/config")]), "no files"),
    "text": (lambda: b"print('hello')\n", "not a zip that can be read"),
    "cut off": (lambda: plain_zip({"main.py": b"x" * 1000})[:-30], "not a zip that can be read"),
    "beginning only": (lambda: b"PK\3\4", "not a zip that can be read"),
    "directory far away": (_far_away_directory, "not a zip that can be read"),
}


@cache
def attack(name: str) -> bytes:
    return ATTACKS[name][0]()
