"""Files that are not there, or not what was expected."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

from .did_you_mean import nearest
from .failure import Failure
from .quoting import code, listed, value

MAX_FILES = 500


def not_found(failure: Failure) -> str | None:
    name = _file_name(failure, FileNotFoundError)
    if name is None:
        return None
    if re.match(r"[A-Za-z]:[\\/]|/Users/|/home/|~", name) or "\\" in name:
        return (
            f"{value(name)} is a place on a computer, and programs here see only the files of this project. Add the "
            "file to the "
            f"project, and open it by its name alone."
        )
    folder = os.path.dirname(name)
    if folder and not os.path.isdir(os.path.join(failure.root, folder)):
        return f"There is no folder {value(folder)} in this project, so there is no file {value(name)} either."
    files = list(_project_files(failure.root))
    by_end = next((path for path in files if path.rpartition("/")[2] == name), None)
    meant = by_end or nearest(name, files) or next((path for path in files if path.rpartition(".")[0] == name), None)
    start = f"There is {'no file' if '.' in name else 'nothing called'} {value(name)} in this project."
    if meant:
        return f"{start} Did you mean {value(meant)}?"
    others = [path for path in files if not path.endswith(".py")]
    return (
        f"{start} {f'It has {listed(others)}.' if others else 'It has no data files: add the file in the panel Files.'}"
    )


def is_folder(failure: Failure) -> str | None:
    name = _file_name(failure, IsADirectoryError)
    return (
        f"{value(name)} is a folder, and only a file can be opened. Name a file in it: {code(f'{name}/…')}."
        if name
        else None
    )


def exists(failure: Failure) -> str | None:
    name = _file_name(failure, FileExistsError)
    return f"There is something called {value(name)} already, so it cannot be made anew." if name else None


def not_text(failure: Failure) -> str | None:
    if not isinstance(failure.error, UnicodeDecodeError):
        return None
    return (
        "The file does not hold text in the encoding UTF-8. If it is text from an older program, try "
        '`open(…, encoding="cp1252")`; if it is a picture or other data, open it in mode `"rb"`.'
    )


def wrong_mode(failure: Failure) -> str | None:
    modes = {
        "not readable": 'The file was opened for writing, so it cannot be read. Open it with mode `"r"` to read.',
        "not writable": (
            'The file was opened for reading, so nothing can be written to it. Open it with mode `"w"` to write it '
            'anew, or `"a"` to add at the end.'
        ),
    }
    return modes.get(failure.message)


RULES = (wrong_mode,)
ANYWHERE = (not_found, is_folder, exists, not_text)


def _file_name(failure: Failure, kind: type[OSError]) -> str | None:
    error = failure.error
    name = error.filename if isinstance(error, kind) else None
    if type(name) is not str or not 0 < len(name) < 300:
        return None
    return name.removeprefix(f"{failure.root}/")


def _project_files(root: str) -> Iterator[str]:
    count = 0
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in sorted(names):
            count += 1
            if count > MAX_FILES:
                return
            yield os.path.relpath(os.path.join(folder, name), root)
