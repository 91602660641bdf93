"""What completion and documentation in the editor know of: described by the runtime itself, one file for each part."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from frontend.runtime.node import run_script

_PROGRAM = Path(__file__).with_name("describe_names.py")
_SNAPSHOT = "snapshot-jspi.bin"


@dataclass(frozen=True)
class Part:
    """Names that are loaded together. `classes` are "module:Class", or "module:" for all of a module's own."""

    name: str
    packages: tuple[str, ...]
    modules: tuple[str, ...]
    classes: tuple[str, ...]


_LIBRARY = (
    "argparse base64 bisect calendar cmath collections colorsys contextlib copy csv dataclasses datetime decimal "
    "enum fractions functools glob hashlib heapq html io itertools json logging math operator os os.path pathlib "
    "pickle platform pprint random re secrets shutil sqlite3 statistics string struct sys tempfile textwrap time "
    "timeit traceback types typing unittest urllib.parse urllib.request uuid zipfile"
)
_PYTHON = ("builtins", *_LIBRARY.split())
PARTS = (
    Part("python", (), _PYTHON, tuple(f"{name}:" for name in _PYTHON)),
    Part(
        "numpy",
        ("numpy",),
        ("numpy", "numpy.random", "numpy.linalg"),
        ("numpy:ndarray", "numpy.random:Generator"),
    ),
    Part(
        "pandas",
        ("pandas",),
        ("pandas",),
        ("pandas:DataFrame", "pandas:Series", "pandas:Index", "pandas.api.typing:DataFrameGroupBy"),
    ),
    Part(
        "matplotlib",
        ("matplotlib",),
        ("matplotlib", "matplotlib.pyplot"),
        ("matplotlib.axes:Axes", "matplotlib.figure:Figure"),
    ),
    Part(
        "PIL",
        ("pillow",),
        ("PIL", "PIL.Image", "PIL.ImageColor", "PIL.ImageDraw", "PIL.ImageEnhance", "PIL.ImageFilter", "PIL.ImageFont",
         "PIL.ImageOps"),
        ("PIL.Image:Image", "PIL.ImageDraw:ImageDraw"),
    ),
    Part("requests", ("requests",), ("requests",), ("requests:Response", "requests:Session")),
)  # fmt: skip


def describe_names(node: Path, folder: Path) -> None:
    """Write `names-<part>.json` into `folder`, beside the Pyodide there, whose packages are asked."""
    arguments: list[str | Path] = [folder, folder / _SNAPSHOT, _PROGRAM, folder]
    arguments.append(json.dumps([asdict(part) for part in PARTS]))
    run_script(node, "names.mjs", arguments, failure="The names for completion could not be described")


def parts() -> list[str]:
    """The names of the parts: the name of the package that each is about, and `python`."""
    return [part.name for part in PARTS]


def file_of(part: str) -> str:
    """The file of a part, among those of the runtime."""
    return f"names-{part}.json"
