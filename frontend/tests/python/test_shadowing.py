"""Files of a project that bear a library's name."""

from __future__ import annotations

import pytest

from frontend.static.python.limits.shadowing import shadowing_files
from frontend.tests.python.test_package_imports import PACKAGES


@pytest.mark.parametrize(
    "path", ["random.py", "math.py", "string/__init__.py", "numpy.py", "PIL/__init__.py", "code.py"]
)
def test_a_library_is_hidden(path: str) -> None:
    assert shadowing_files(["main.py", path], PACKAGES) == [path]


@pytest.mark.parametrize(
    "path",
    [
        "main.py",
        "test.py",
        "data.py",
        "this.py",
        "game/random.py",
        "random.txt",
        "numpy",
        "string/notes.txt",
        "string/own.py",
        "helpers/__init__.py",
        "randoms.py",
        "turtle.py",
        "Random.py",
        "random.py.txt",
        "my_random.py",
    ],
)
def test_nothing_is_hidden(path: str) -> None:
    assert shadowing_files([path], PACKAGES) == []
