"""What went wrong, told with the student's own lines only."""

from __future__ import annotations

import linecache
import traceback
from pathlib import PurePosixPath
from types import TracebackType
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from .explanations import Explanation

MAX_TEXT = 20_000
# CPython shows a recursion of a thousand calls as a few lines and a count; so many frames are enough for that.
MAX_FRAMES = 2_000


class ErrorReport(TypedDict):
    """An error as the page shows it; None where unknown.

    Lines count from 1, columns from 0, in UTF-16 units as JavaScript counts them. A column of None is the beginning of
    the line, an end column of None its end.
    """

    type: str
    message: str
    traceback: str
    file: str | None
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    explanation: Explanation | None


def remember_sources(root: str, sources: dict[str, str]) -> None:
    """Keep the text of the files as they were when the run began, so that a traceback quotes what was run."""
    for path, text in sources.items():
        full = str(PurePosixPath(root, path))
        linecache.cache[full] = (len(text), None, text.splitlines(keepends=True), full)


def report_error(error: BaseException, root: str) -> ErrorReport:
    """Describe `error` without the frames of the platform and of the libraries. Raises nothing.

    The place named is the innermost line of the project; for a syntax error, the line that cannot be read.
    """
    try:
        return _report(error, root)
    except BaseException:  # noqa: BLE001 - an exception of a program's own making may do anything when it is asked
        return _bare_report(error, root)


def _report(error: BaseException, root: str) -> ErrorReport:
    told = traceback.TracebackException(
        type(error), error, _skip_platform(_traceback_of(error), root), limit=-MAX_FRAMES, compact=True
    )
    _keep_own_frames(told, root)
    place = _syntax_place(error, root) or _innermost_place(told)
    message = _text_of(error)[:MAX_TEXT]
    explanation = _explain(error, message, root)
    if place["file"]:
        place["file"] = place["file"].removeprefix(f"{root}/")
    text = "".join(told.format()).replace(f'File "{root}/', 'File "')
    return {
        "type": type(error).__name__,
        "message": message,
        "traceback": text if len(text) <= MAX_TEXT else f"{text[: MAX_TEXT // 2]}\n  …\n{text[-MAX_TEXT // 2 :]}",
        **place,
        "explanation": explanation,
    }


def _explain(error: BaseException, message: str, root: str) -> Explanation | None:
    try:
        # Loaded by the first error, not before: a program without one pays nothing.
        from .explanations import explain

        return explain(error, message, root)
    except BaseException:  # noqa: BLE001 - an explanation that fails must not hide the error itself
        return None


def _bare_report(error: BaseException, root: str) -> ErrorReport:
    """What is known without asking the exception itself."""
    name = type.__dict__["__name__"].__get__(type(error))
    file, line = None, None
    step = _traceback_of(error)
    while step is not None:
        if _is_own(step.tb_frame.f_code.co_filename, root):
            file, line = step.tb_frame.f_code.co_filename.removeprefix(f"{root}/"), step.tb_lineno
        step = step.tb_next
    place = "" if file is None else f'  File "{file}", line {line}\n'
    return {
        "type": name,
        "message": "",
        "traceback": f"{place}{name}\n",
        "file": file,
        "line": line,
        "column": None,
        "end_line": line,
        "end_column": None,
        "explanation": None,
    }


def _traceback_of(error: BaseException) -> TracebackType | None:
    # Past a `__getattribute__` of the exception's own.
    found: TracebackType | None = BaseException.__dict__["__traceback__"].__get__(error)
    return found


class _Place(TypedDict):
    file: str | None
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None


def _skip_platform(start: TracebackType | None, root: str) -> TracebackType | None:
    while start is not None and not _is_own(start.tb_frame.f_code.co_filename, root):
        start = start.tb_next
    return start


def _keep_own_frames(told: traceback.TracebackException, root: str) -> None:
    own = [frame for frame in told.stack if _is_own(frame.filename, root)]
    told.stack = traceback.StackSummary.from_list(own)
    if not own and told.exceptions is None:
        # With no frame left, "Traceback (most recent call last):" would announce nothing.
        told.stack = None  # type: ignore[assignment]
    for linked in (told.__cause__, told.__context__, *(told.exceptions or ())):
        if linked is not None:
            _keep_own_frames(linked, root)


def _innermost_place(told: traceback.TracebackException) -> _Place:
    for frame in reversed(told.stack or []):
        return {
            "file": frame.filename,
            "line": frame.lineno,
            "column": _after_bytes(frame.filename, frame.lineno, frame.colno),
            "end_line": frame.end_lineno,
            "end_column": _after_bytes(frame.filename, frame.end_lineno, frame.end_colno),
        }
    return {"file": None, "line": None, "column": None, "end_line": None, "end_column": None}


def _syntax_place(error: BaseException, root: str) -> _Place | None:
    if not issubclass(type(error), SyntaxError) or not error.filename or not _is_own(error.filename, root):
        return None
    start = _after_characters(error.filename, error.lineno, error.offset)
    end_line, end = error.end_lineno, _after_characters(error.filename, error.end_lineno, error.end_offset)
    if issubclass(type(error), IndentationError):
        # Its columns tell how far the reader had come; what is wrong is the line.
        start, end_line, end = None, error.lineno, None
    elif str(error.msg).startswith("unterminated"):
        end_line, end = error.lineno, None
    elif start is not None and (end is None or (end_line == error.lineno and end <= start)):
        end_line, end = error.lineno, start + 1
    return {"file": error.filename, "line": error.lineno, "column": start, "end_line": end_line, "end_column": end}


def _after_bytes(filename: str, line: int | None, offset: int | None) -> int | None:
    """Frames count columns from 0, in bytes of UTF-8."""
    if line is None or offset is None:
        return None
    before = linecache.getline(filename, line).encode("utf-8", "surrogatepass")[:offset]
    return _utf16_length(before.decode("utf-8", "ignore"))


def _after_characters(filename: str, line: int | None, offset: int | None) -> int | None:
    """Syntax errors count columns from 1, in characters; 0 or less where there is none."""
    if line is None or offset is None or offset < 1:
        return None
    return _utf16_length(linecache.getline(filename, line)[: offset - 1])


def _utf16_length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _is_own(filename: str, root: str) -> bool:
    return filename.startswith(f"{root}/")


def _text_of(error: BaseException) -> str:
    try:
        return str(error)
    except BaseException:  # noqa: BLE001 - a student's own __str__ may do anything, even end the program
        return f"<{type(error).__name__} whose text cannot be shown>"
