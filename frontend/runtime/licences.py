"""The licence of each part of the runtime, written beside it as `licences.json`."""

from __future__ import annotations

import json
from email.parser import Parser
from pathlib import Path

from frontend.runtime.archive import read_members
from frontend.runtime.manifest import Manifest

LICENCES_NAME = "licences.json"
_CORE = {
    "Pyodide": "MPL-2.0",
    "CPython": "PSF-2.0",
}


def write_licences(folder: Path, manifest: Manifest, wheels: dict[str, str]) -> None:
    """List name, version, licence and home page of the core and of each wheel, as its own metadata states them."""
    versions = {"Pyodide": manifest.pyodide, "CPython": manifest.python}
    parts = [
        {"name": name, "version": versions[name], "licence": licence, "home": "", "file": ""}
        for name, licence in _CORE.items()
    ]
    parts += [_wheel_licence(name, folder / file) for name, file in sorted(wheels.items())]
    (folder / LICENCES_NAME).write_text(json.dumps(parts, indent=1) + "\n", "utf-8")


def _wheel_licence(name: str, wheel: Path) -> dict[str, str]:
    members = read_members(wheel)
    metadata = next((text for path, text in members.items() if path.endswith(".dist-info/METADATA")), b"")
    headers = Parser().parsestr(metadata.decode("utf-8", "replace"), headersonly=True)
    classifiers = [
        value.rsplit(" :: ", 1)[-1] for value in headers.get_all("Classifier", []) if value.startswith("License ::")
    ]
    # The free-text field of old wheels may hold the whole licence: its first line names it.
    free_text = str(headers.get("License") or "").strip().split("\n")[0]
    licence = str(headers.get("License-Expression") or "") or ", ".join(classifiers) or free_text or "not stated"
    return {
        "name": name,
        "version": str(headers.get("Version") or ""),
        "licence": licence,
        "home": str(headers.get("Home-page") or ""),
        "file": wheel.name,
    }
