"""Pyodide's lock: which wheel each package is, what it needs, and which of them are served."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from frontend.runtime.failure import BuildFailed
from frontend.runtime.manifest import Manifest, normalised


@dataclass(frozen=True)
class Pinned:
    """A package as the official lock (or, for what that lacks, our index table) pins it.

    `official` is its file name and sha256 in Pyodide's release, or None when the release has no such package.
    """

    name: str
    version: str
    imports: tuple[str, ...]
    depends: tuple[str, ...]
    official: tuple[str, str] | None


class Lock:
    """Pyodide's official lock, with the manifest's index table laid over it."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        try:
            self._raw: dict[str, Any] = json.loads(path.read_text("utf-8"))
            self._entries: dict[str, dict[str, Any]] = {
                normalised(name): entry for name, entry in self._raw["packages"].items()
            }
        except (OSError, ValueError, KeyError, AttributeError) as error:
            raise BuildFailed(f"{path.name} cannot be read: {error}.") from error
        self._manifest = manifest

    def pinned(self, name: str) -> Pinned | None:
        """The package of that normalised name, or None when neither lock nor index table knows it."""
        entry = self._entries.get(name)
        override = self._manifest.index.get(name)
        if entry is None and override is None:
            return None
        imports = tuple(entry["imports"]) if entry else (name.replace("-", "_"),)
        depends = tuple(normalised(other) for other in entry["depends"]) if entry else ()
        version = str(entry["version"]) if entry else ""
        if override:
            version = version or override.version
            imports = imports if override.imports is None else override.imports
            depends = depends if override.depends is None else override.depends
        official = (str(entry["file_name"]), str(entry["sha256"])) if entry else None
        return Pinned(name=name, version=version, imports=imports, depends=depends, official=official)

    def wanted(self) -> list[Pinned]:
        """The packages of the manifest and all they depend on, by name.

        Raises BuildFailed when the manifest names a package that nobody knows.
        """
        found: dict[str, Pinned] = {}
        queue = list(self._manifest.packages)
        while queue:
            name = queue.pop()
            if name in found:
                continue
            package = self.pinned(name)
            if package is None:
                raise BuildFailed(
                    f"The manifest asks for the package {name!r}, which neither Pyodide {self._manifest.pyodide} "
                    "nor the manifest's index table has."
                )
            found[name] = package
            queue += package.depends
        return [found[name] for name in sorted(found)]

    def served(self, packages: Iterable[Pinned], files: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
        """The lock the browser gets: `packages` alone, each with its file name and sha256 from `files`."""
        served = {}
        for package in packages:
            file_name, sha256 = files[package.name]
            entry = self._entries.get(package.name, {"install_dir": "site", "package_type": "package"})
            served[package.name] = entry | {
                "name": entry.get("name", package.name),
                "version": package.version,
                "file_name": file_name,
                "sha256": sha256,
                "imports": list(package.imports),
                "depends": list(package.depends),
                "unvendored_tests": False,
            }
        return {"info": self._raw["info"], "packages": served}


def close(packages: Iterable[Pinned], present: Iterable[str]) -> tuple[list[Pinned], dict[str, str]]:
    """Those of `packages` that are there with all they depend on, and the reason for each of the others."""
    packages = list(packages)
    missing = {
        package.name: "None of the reachable sources has its file."
        for package in packages
        if package.name not in set(present)
    }
    while True:
        broken = {
            package.name: f"It needs {lacking}, which is missing."
            for package in packages
            if package.name not in missing
            for lacking in package.depends
            if lacking in missing
        }
        if not broken:
            return [package for package in packages if package.name not in missing], dict(sorted(missing.items()))
        missing |= broken
