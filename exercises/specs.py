"""An exercise and its tests as values: what docs/exercise-format.md writes down, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

TOPICS = (
    "variables",
    "input-output",
    "selection",
    "loops",
    "strings",
    "lists",
    "dictionaries",
    "functions",
    "files",
    "objects",
    "recursion",
    "data",
)
DIFFICULTIES = (1, 2, 3)
VISIBILITIES = ("visible", "after-pass", "hidden")
COMPARE_MODES = ("exact", "lines", "words", "numbers", "contains", "regex")
TEXT_TOLERANCE = 0.001  # how far printed numbers may be off
VALUE_TOLERANCE = 1e-9  # how far numbers in a result may be off, relative to their size


@dataclass(frozen=True, kw_only=True)
class Spec:
    """What every test has."""

    kind: ClassVar[str]
    name: str
    points: int = 1
    visibility: str = "visible"
    feedback: str = ""
    time_limit_s: int = 5


@dataclass(frozen=True, kw_only=True)
class IoSpec(Spec):
    """What is typed, and what must be printed."""

    kind = "io"
    input: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    expected: str
    compare: str = "lines"
    tolerance: float = TEXT_TOLERANCE


@dataclass(frozen=True, kw_only=True)
class CallSpec(Spec):
    """A call after the program has run. `returns` and the values of `leaves` are Python literals, as written.

    None in `returns`, `prints`, `raises`: not compared. The default `tolerance` is VALUE_TOLERANCE for values, and
    TEXT_TOLERANCE for printed numbers.
    """

    kind = "call"
    call: str
    setup: str = ""
    input: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    returns: str | None = None
    prints: str | None = None
    compare: str = "lines"
    raises: str | None = None
    leaves: Mapping[str, str] = field(default_factory=dict)
    tolerance: float | None = None


@dataclass(frozen=True, kw_only=True)
class FileSpec(Spec):
    """What the program wrote into the file `path`."""

    kind = "file"
    path: str
    input: str = ""
    files: Mapping[str, str] = field(default_factory=dict)
    expected: str
    compare: str = "lines"
    tolerance: float = TEXT_TOLERANCE


@dataclass(frozen=True, kw_only=True)
class StructureSpec(Spec):
    """What the program must and must not be written with."""

    kind = "structure"
    must_use: tuple[str, ...] = ()
    must_not_use: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class UnittestSpec(Spec):
    """Python's own tests, in the file `path` below `tests/`."""

    kind = "unittest"
    path: str


TestSpec = IoSpec | CallSpec | FileSpec | StructureSpec | UnittestSpec
KINDS: dict[str, type[TestSpec]] = {
    spec.kind: spec for spec in (IoSpec, CallSpec, FileSpec, StructureSpec, UnittestSpec)
}


@dataclass(frozen=True, kw_only=True)
class ExerciseFolder:
    """One exercise. The files are by path below `starter/`, `reference/` and `tests/`."""

    slug: str
    title: str
    topic: str
    difficulty: int
    tags: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    entry: str = "main.py"
    tests: tuple[TestSpec, ...] = ()
    statement: str
    starter: Mapping[str, bytes]
    reference: Mapping[str, bytes]
    test_files: Mapping[str, bytes] = field(default_factory=dict)

    def solution(self) -> dict[str, bytes]:
        """The files with which the reference runs: those of the starter, replaced and joined by its own."""
        return {**self.starter, **self.reference}
