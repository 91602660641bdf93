from __future__ import annotations

import pytest

from frontend.static.python.package_imports import imported_names, packages_for

PACKAGES = {"numpy": "numpy", "PIL": "pillow", "sklearn": "scikit-learn", "yaml": "pyyaml"}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import numpy", {"numpy"}),
        ("import numpy as np, PIL.Image", {"numpy", "PIL"}),
        ("from sklearn.svm import SVC", {"sklearn"}),
        ("def f():\n    if 1:\n        import yaml", {"yaml"}),
        ("try:\n    import yaml\nexcept ImportError:\n    yaml = None", {"yaml"}),
        ("from . import numpy\nfrom .numpy import x\nfrom .. import y", set()),
        ("'import numpy'\n# import numpy", set()),
        ("import numpy\nif:", set()),
        ("import numpy\0", set()),
        ("(" * 5_000, set()),
        ("-" * 100_000 + "1", set()),
        ("__import__('numpy')", {"numpy"}),
        ("import importlib\nimportlib.import_module('PIL.Image')", {"importlib", "PIL"}),
        ("import_module('.own', __package__)\nimport_module(name)\nimport_module()", set()),
        ("", set()),
    ],
)
def test_imported_names(source: str, names: set[str]) -> None:
    assert imported_names(source) == names


def test_packages_of_the_entry_file() -> None:
    assert packages_for("main.py", {"main.py": "import numpy, PIL.Image, os"}, PACKAGES) == ["numpy", "pillow"]


def test_modules_of_the_project_are_followed() -> None:
    sources = {
        "main.py": "import helper",
        "helper.py": "from tools import deep\nimport main",
        "tools/__init__.py": "",
        "tools/deep.py": "import yaml",
        "unused.py": "import sklearn",
    }
    assert packages_for("main.py", sources, PACKAGES) == ["pyyaml"]


def test_a_module_of_the_project_hides_the_package() -> None:
    assert packages_for("main.py", {"main.py": "import numpy", "numpy.py": ""}, PACKAGES) == []


def test_a_folder_without_init_hides_nothing() -> None:
    sources = {"main.py": "import numpy", "numpy/notes.py": "import yaml", "yaml/__init__.py": ""}
    assert packages_for("main.py", sources, PACKAGES) == ["numpy"]


def test_missing_entry_needs_nothing() -> None:
    assert packages_for("main.py", {}, PACKAGES) == []
