"""An import that finds nothing says what was meant, or that there is no such thing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from frontend.tests.python.conftest import Played

PlayOne = Callable[..., Played]
# None of these is installed where the tests run.
PACKAGES = {
    "pandaz": "pandaz",
    "skleern": "scikit-leern",
    "PILL": "pillou",
    "yaaml": "pyyaaml",
    "requestz": "requestz",
}


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("padnaz", "pandaz"),
        ("Random", "random"),
        ("maths", "math"),
        ("colections", "collections"),
        ("skleern_", "skleern"),
        ("statistic", "statistics"),
    ],
)
def test_a_near_name_is_offered(play_one: PlayOne, name: str, meant: str) -> None:
    run = play_one(f"x = 1\nimport {name}", package_of=PACKAGES)
    assert run.error["message"] == f"No module named '{name}'. Did you mean '{meant}'?"
    assert run.error["line"] == 2


def test_a_file_of_the_project_is_offered(play_one: PlayOne) -> None:
    run = play_one({"main.py": "import helprs", "helpers.py": ""})
    assert run.error["message"] == "No module named 'helprs'. Did you mean 'helpers'?"
    run = play_one({"main.py": "import shape", "shapes/__init__.py": ""})
    assert run.error["message"].endswith("Did you mean 'shapes'?")


def test_a_package_has_another_name_in_imports(play_one: PlayOne) -> None:
    run = play_one("import pillou", package_of=PACKAGES)
    assert run.error["message"] == "No module named 'pillou': the package pillou is imported as PILL."
    run = play_one("import scikit_leern", package_of=PACKAGES)
    assert "is imported as skleern" in run.error["message"]


def test_nothing_near(play_one: PlayOne) -> None:
    told = play_one("import qwertzuiop", package_of=PACKAGES).error["message"]
    assert told.startswith("No module named 'qwertzuiop': it is no file of this project")
    assert "/compatibility/" in told


def test_a_part_of_a_package(play_one: PlayOne) -> None:
    files = {"main.py": "import tools.shaps", "tools/__init__.py": "", "tools/shapes.py": ""}
    told = play_one(files).error["message"]
    assert told == "No module named 'tools.shaps': the package tools has no such part. Did you mean 'tools.shapes'?"


@pytest.mark.parametrize(
    "program",
    [
        "def later():\n    import padnaz\nlater()",
        "import importlib\nimportlib.import_module('padnaz')",
        "__import__('padnaz')",
        "import tools",
    ],
)
def test_wherever_the_import_stands(play_one: PlayOne, program: str) -> None:
    run = play_one({"main.py": program, "tools.py": "import padnaz"}, package_of=PACKAGES)
    assert run.error["message"].endswith("Did you mean 'pandaz'?")


def test_what_a_library_tries_keeps_its_own_message(play_one: PlayOne) -> None:
    program = "import pkgutil\ntry:\n    pkgutil.resolve_name('padnaz')\nexcept ImportError as error:\n    print(error)"
    assert play_one(program, package_of=PACKAGES).out == "No module named 'padnaz'\n"
