"""An exercise while it is written: what stands in the form, right or wrong, so that nothing typed is ever lost."""

from __future__ import annotations

import base64
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exercises.folder_format import write
from exercises.format_error import ExerciseFormatError
from exercises.format_limits import MAX_FILES, MAX_SLUG_CHARACTERS, MAX_TESTS
from exercises.spec_tables import read_spec, spec_table
from exercises.specs import ExerciseFolder, TestSpec
from exercises.toml_text import toml_table

PARTS = ("starter", "reference", "tests")
COMMON = ("kind", "name", "points", "visibility", "feedback", "time_limit_s")
# What each kind has besides. The first of a kind is what its row asks for first.
KEYS_OF_KIND = {
    "io": ("input", "expected", "compare", "tolerance", "files"),
    "call": ("setup", "call", "returns", "prints", "raises", "leaves", "input", "compare", "tolerance", "files"),
    "file": ("path", "expected", "input", "compare", "tolerance", "files"),
    "structure": ("must_use", "must_not_use"),
    "unittest": ("path",),
}
_WHOLE, _NUMBERS = {"points", "time_limit_s"}, {"tolerance"}
_LISTS, _TABLES = {"must_use", "must_not_use"}, {"files", "leaves"}
# An empty field means that the key is left out. Where white space is typed or printed, it counts.
_SPACE_COUNTS = {"input", "expected", "prints"}
DEFAULTS = {"kind": "io", "points": "1", "visibility": "visible", "time_limit_s": "5", "compare": "lines"}
PLAIN_STARTER = "# Write your program here.\n"


@dataclass(frozen=True)
class Problem:
    """A sentence for the author, and the `id` of the field that it is about (empty: none in particular)."""

    sentence: str
    field: str = ""


@dataclass
class FileRow:
    """A file; `text` is None for one that no editor shows, such as a picture, whose `content` stays as it is."""

    part: str
    path: str
    text: str | None = None
    content: bytes = b""

    @property
    def base64(self) -> str:
        """The content of what is no text, as the form carries it along."""
        return base64.b64encode(self.content).decode()

    def as_bytes(self) -> bytes:
        return self.content if self.text is None else self.text.encode(errors="replace")


@dataclass
class Draft:
    """The fields of the form as text; `tests` by key of the format."""

    title: str = ""
    topic: str = ""
    difficulty: str = "1"
    tags: str = ""
    statement: str = ""
    entry: str = "main.py"
    hints: str = ""
    is_shared: bool = False
    files: list[FileRow] = field(default_factory=list)
    tests: list[dict[str, str]] = field(default_factory=list)

    @property
    def has_more_files(self) -> bool:
        """Whether there is more than the two programs that a new exercise begins with."""
        return self.entry != "main.py" or len(self.files) > 2

    @classmethod
    def new(cls) -> Draft:
        """What a new exercise begins with: one file to write in, one to solve it in, one test of input and output."""
        files = [FileRow("starter", "main.py", PLAIN_STARTER), FileRow("reference", "main.py", "")]
        return cls(topic="input-output", files=files, tests=[dict(DEFAULTS)])

    @classmethod
    def of_folder(cls, folder: ExerciseFolder, *, is_shared: bool) -> Draft:
        parts = zip(PARTS, (folder.starter, folder.reference, folder.test_files), strict=True)
        return cls(
            title=folder.title,
            topic=folder.topic,
            difficulty=str(folder.difficulty),
            tags=", ".join(folder.tags),
            statement=folder.statement,
            entry=folder.entry,
            hints="\n".join(folder.hints),
            is_shared=is_shared,
            files=[file_row(part, path, content) for part, files in parts for path, content in files.items()],
            tests=[_row_of(spec) for spec in folder.tests],
        )

    @classmethod
    def of_form(cls, data: QueryDict, uploads: Iterable[UploadedFile]) -> Draft:
        """What was sent, whatever it is. Uploaded files are what students begin with."""
        return cls(
            title=_plain(data.get("title", "")),
            topic=data.get("topic", ""),
            difficulty=data.get("difficulty", ""),
            tags=_plain(data.get("tags", "")),
            statement=_plain(data.get("statement", "")),
            entry=_plain(data.get("entry", "")),
            hints=_plain(data.get("hints", "")),
            is_shared="is_shared" in data,
            files=[*_files_of(data), *(file_row("starter", file.name or "", file.read()) for file in uploads)],
            tests=[_test_of(data, index) for index in data.getlist("tests")[:MAX_TESTS]],
        )

    def read(self, slug: str = "") -> tuple[ExerciseFolder | None, list[Problem]]:
        """The exercise that is described, or None and what is wrong with it. Without a slug the title gives it one."""
        problems: list[Problem] = []
        tests = [spec for number, row in enumerate(self.tests, 1) if (spec := _read_test(row, number, problems))]
        contents: dict[str, dict[str, bytes]] = {part: {} for part in PARTS}
        for number, file in enumerate(self.files):
            if file.path in contents[file.part]:
                problems.append(
                    Problem(
                        _("%(path)s: there are two files of this name.") % {"path": file.path}, f"file-{number}-path"
                    )
                )
            contents[file.part][file.path] = file.as_bytes()
        folder = ExerciseFolder(
            slug=slug or slug_of(self.title),
            title=self.title.strip(),
            topic=self.topic,
            difficulty=int(self.difficulty) if self.difficulty in {"1", "2", "3"} else 0,
            tags=tuple(filter(None, (tag.strip() for tag in self.tags.split(",")))),
            hints=tuple(line.strip() for line in self.hints.splitlines() if line.strip()),
            entry=self.entry.strip() or "main.py",
            tests=tuple(tests),
            statement=self.statement,
            starter=contents["starter"],
            reference=contents["reference"],
            test_files=contents["tests"],
        )
        try:
            write(folder)
        except ExerciseFormatError as error:
            if error.test is None:
                problems.append(_problem(error))
        return (None if problems else folder), problems


def file_row(part: str, path: str, content: bytes) -> FileRow:
    """The row of a file: as text where it is text, with the line ends of Unix."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        text = "\0"
    return FileRow(part, path, content=content) if "\0" in text else FileRow(part, path, text)


def slug_of(title: str) -> str:
    """A folder's name for an exercise of this title."""
    return slugify(title.replace("_", "-"))[:MAX_SLUG_CHARACTERS].strip("-") or "exercise"


def _plain(text: str) -> str:
    """As the teacher sees it: browsers send the line ends of Windows."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _files_of(data: QueryDict) -> list[FileRow]:
    rows = []
    for index in data.getlist("files")[: len(PARTS) * MAX_FILES]:
        part, path = data.get(f"file-{index}-part", ""), data.get(f"file-{index}-path", "").strip()
        packed = data.get(f"file-{index}-base64")
        if part not in PARTS:
            continue
        if packed is None:
            rows.append(FileRow(part, path, _plain(data.get(f"file-{index}-text", ""))))
        else:
            rows.append(FileRow(part, path, content=_unpacked(packed)))
    return rows


def _unpacked(packed: str) -> bytes:
    try:
        return base64.b64decode(packed, validate=True)
    except ValueError:
        return b""


def _test_of(data: QueryDict, index: str) -> dict[str, str]:
    prefix = f"test-{index}-"
    return {key.removeprefix(prefix): _plain(str(data.get(key, ""))) for key in data if key.startswith(prefix)}


def _row_of(spec: TestSpec) -> dict[str, str]:
    row = dict(DEFAULTS)
    for key, value in spec_table(spec).items():
        if isinstance(value, list):
            row[key] = ", ".join(value)
        elif isinstance(value, Mapping):
            row[key] = toml_table(value)
        else:
            row[key] = str(value)
    if row.get("prints") == "":
        row["prints_nothing"] = "on"
    return row


def _read_test(row: Mapping[str, str], number: int, problems: list[Problem]) -> TestSpec | None:
    if row.get("kind") == "io" and not any(row.get(key) for key in ("name", "input", "expected", "files")):
        sentence = _("Test %(number)s: say what the program prints, or delete this test.") % {"number": number}
        problems.append(Problem(sentence, f"test-{number - 1}-expected"))
        return None
    try:
        return read_spec(_table_of(row, number), number)
    except ExerciseFormatError as error:
        problems.append(_problem(error))
        return None


def _table_of(row: Mapping[str, str], number: int) -> dict[str, Any]:
    """The row as a table of exercise.toml: only the keys of its kind, without those left empty."""
    kind = row.get("kind", "")
    table: dict[str, Any] = {"kind": kind}
    for key in (*COMMON[1:], *KEYS_OF_KIND.get(kind, ())):
        text = row.get(key, "")
        if text.strip() or (key in _SPACE_COUNTS and text):
            table[key] = _value_of(key, text, number)
        elif key == "expected" or (key == "prints" and "prints_nothing" in row):
            table[key] = ""
    if not table.get("name"):
        table["name"] = _("Test %(number)s") % {"number": number}
    # Where the kind compares nothing printed, how it would be compared is of no account.
    if kind == "call" and "prints" not in table:
        table.pop("compare", None)
    return table


def _value_of(key: str, text: str, number: int) -> Any:
    """The value that the field holds. What is no number stays text, which the format then refuses in its own words."""
    if key in _WHOLE:
        return int(text) if text.strip().isdecimal() and len(text) < 10 else text
    if key in _NUMBERS:
        try:
            return float(text[:40])
        except ValueError:
            return text
    if key in _LISTS:
        return text.replace(",", "\n").split()
    if key in _TABLES:
        try:
            return tomllib.loads(text)
        except (ValueError, RecursionError) as error:
            sentence = _('write each on a line of its own, such as "names.txt" = "Ada" or numbers = "[1, 2]"')
            raise ExerciseFormatError(sentence, file="exercise.toml", test=number, key=key) from error
    return text


_FIELDS_OF_FILES = {"statement.md": "statement", "starter": "files", "reference": "files", "tests": "files"}
_WORDS = {
    "expected": gettext_lazy("what must be printed"),
    "call": gettext_lazy("the call"),
    "returns": gettext_lazy("what it returns"),
}


def _problem(error: ExerciseFormatError) -> Problem:
    if error.test is not None:
        what = _WORDS.get(error.key or "", (error.key or "").replace("_", " "))
        sentence = _("Test %(number)s, %(what)s: %(problem)s.") % {
            "number": error.test,
            "what": what,
            "problem": error.problem,
        }
        return Problem(sentence, f"test-{error.test - 1}-{error.key}")
    place = error.key or error.file
    target = error.key or _FIELDS_OF_FILES.get(error.file.partition("/")[0], "")
    return Problem(f"{place.removesuffix('.md').capitalize()}: {error.problem}.", target)
