"""`manage.py build_runtime`: make the Python runtime that browsers load."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from frontend.runtime.build import Places, build, inputs_digest
from frontend.runtime.current import DESCRIPTION_NAME, Runtime, current_runtime
from frontend.runtime.failure import BuildFailed
from frontend.runtime.manifest import MANIFEST_PATH
from frontend.runtime.node import NODE_MODULES, find_node
from frontend.runtime.progress import Progress
from frontend.runtime.publish import damaged_files


class Command(BaseCommand):
    help = "Build the pinned, verified Python runtime that browsers load. Can be repeated; resumes broken downloads."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="build even if nothing has changed")
        parser.add_argument("--manifest", type=Path, default=MANIFEST_PATH, help="build from another manifest")
        parser.add_argument(
            "--node-modules", type=Path, default=NODE_MODULES, help="where npm ci put Pyodide and Node (frontend/)"
        )
        parser.add_argument("--check", action="store_true", help="only verify the hashes of the build now served")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["check"]:
                self._check()
            else:
                self._build(_places(options["manifest"], options["node_modules"]), is_forced=options["force"])
        except BuildFailed as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"The runtime could not be read: {error}.") from error
        except KeyboardInterrupt as error:
            raise CommandError("Stopped; the last build still stands, and the next run goes on from here.") from error

    def _check(self) -> None:
        runtime = current_runtime()
        if runtime is None:
            raise BuildFailed("No runtime is built; run build_runtime first.")
        if damaged := damaged_files(runtime):
            told = ", ".join(damaged)
            raise BuildFailed(f"Runtime {runtime.version} is damaged ({told}); run build_runtime --force.")
        self.stdout.write(f"Runtime {runtime.version} is whole: {len(runtime.files)} files.")

    def _build(self, places: Places, *, is_forced: bool) -> None:
        runtime = current_runtime()
        if runtime and not is_forced and _is_fresh(runtime, places):
            self.stdout.write(f"Runtime {runtime.version} is already built.")
        else:
            start = time.monotonic()
            runtime = build(places, Progress(self.stdout))
            seconds = time.monotonic() - start
            self.stdout.write(f"Runtime {runtime.version} is built: {len(runtime.packages)} packages, {seconds:.0f} s.")
        for name, reason in runtime.missing.items():
            self.stdout.write(f"  without {name}: {reason}")


def _places(manifest: Path, node_modules: Path) -> Places:
    dist_url = settings.PYODIDE_DIST_URL
    wheels = Path(settings.RUNTIME_WHEELS_DIR) if settings.RUNTIME_WHEELS_DIR else None
    if wheels and not wheels.is_dir():
        raise BuildFailed(f"RUNTIME_WHEELS_DIR names {wheels}, which is no folder.")
    return Places(
        root=Path(settings.RUNTIME_DIR),
        cache=Path(settings.RUNTIME_CACHE_DIR),
        node_modules=node_modules,
        manifest=manifest,
        wheels=wheels,
        dist_url={"": None, "off": ""}.get(dist_url, dist_url),
    )


def _is_fresh(runtime: Runtime, places: Places) -> bool:
    """Whether `runtime` was made of what a build would be made of now, and still has all its files."""
    raw = json.loads((runtime.folder / DESCRIPTION_NAME).read_text("utf-8"))
    is_there = all(
        (runtime.folder / name).is_file() and (runtime.folder / name).stat().st_size == file.size
        for name, file in runtime.files.items()
    )
    return is_there and raw.get("inputs") == inputs_digest(places, find_node(places.node_modules))
