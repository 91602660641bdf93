"""Memory snapshots: the browser starts from one instead of starting Python anew."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from frontend.runtime.failure import BuildFailed
from frontend.runtime.node import run_script

_PROGRAM = Path(__file__).with_name("restored_program.py")

# Snapshot and browser must agree on JavaScript Promise Integration, or run_sync and time.sleep raise.
SNAPSHOTS = {"snapshot-jspi.bin": "jspi", "snapshot-plain.bin": "plain"}


def make_snapshots(node: Path, folder: Path, warm: Iterable[str]) -> None:
    """Write the snapshots of the Pyodide in `folder`, with the modules `warm` imported.

    No package may be loaded in them: one in a snapshot does not restore.
    """
    for file, kind in SNAPSHOTS.items():
        run_script(node, "snapshot.mjs", [folder, folder / file, kind, *warm], failure=f"{file} could not be made")


def verify_snapshots(node: Path, folder: Path) -> None:
    """Restore each snapshot in a fresh process and run a program there.

    Raises BuildFailed when one does not restore or the program fails.
    """
    for file, kind in SNAPSHOTS.items():
        failure = f"{file} does not restore"
        answer = run_script(node, "restore.mjs", [folder, folder / file, _PROGRAM, kind], failure=failure)
        if answer.splitlines()[-1:] != ["restored"]:
            raise BuildFailed(f"{failure}: its program answered {answer!r}.")
