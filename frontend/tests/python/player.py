"""Plays programs in a process of its own, as the worker does: `python -m frontend.tests.python.player <script.json>`.

A runner changes the interpreter it runs in (`sys.stdout`, `time.sleep`, signal handlers), so no test shares its own.
"""

from __future__ import annotations

import base64
import json
import os
import sys
from pathlib import Path
from typing import Any

from frontend.static.python.network.answers import Answer, Facts
from frontend.static.python.run_program import ProgramRunner

RUN_ENDS = b"\x1e"  # written to both outputs after each run


class ScriptedHost:
    """Answers as the script says: lines, None for the end of input, "stop" and "interrupt" for a signal."""

    def __init__(self, answers: list[str | None], folder: Path) -> None:
        self.answers = answers
        self.folder = folder
        self.stopping = False
        self.told: dict[str, list[Any]] = {"slept": [], "loaded": [], "pictures": [], "typed": [], "hidden": []}

    def read_line(self, hidden: bool) -> str | None:
        self.told["hidden"].append(hidden)
        answer = self.answers.pop(0)
        if answer in ("stop", "interrupt"):
            self.stopping = answer == "stop"
            raise KeyboardInterrupt
        return answer

    def sleep(self, seconds: float) -> None:
        self.told["slept"].append(seconds)
        if self.answers[:1] == ["stop"]:
            self.stopping = True
            raise KeyboardInterrupt

    def show_typed(self, text: str) -> None:
        self.told["typed"].append(text)

    def show_png(self, picture: bytes) -> None:
        self.told["pictures"].append(len(picture))

    def load_packages(self, names: list[str]) -> None:
        self.told["loaded"].append(names)
        for name in names:
            (self.folder / f"{name}.py").write_text("loaded = True\n")

    def fetch(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None, seconds: float | None
    ) -> Answer:
        """Answers with what was asked for; the address can ask for more."""
        if "slow" in url:
            raise TimeoutError
        if "down" in url:
            raise ConnectionError
        asked = {"method": method, "headers": headers, "body": body and body.decode(), "seconds": seconds}
        told = [("Content-Type", "application/json"), ("Content-Encoding", "gzip"), ("Content-Length", "3")]
        return Answer(404 if "lost" in url else 200, "Told", told, json.dumps(asked).encode(), url)

    def facts_about(self, url: str) -> Facts:
        return Facts(page="https://school.example", answers=False)

    async def facts_about_later(self, url: str) -> Facts:
        return self.facts_about(url)

    def is_stopping(self) -> bool:
        return self.stopping


def main(script_path: str) -> None:
    script = json.loads(Path(script_path).read_text())
    packages = Path(script_path).parent / "packages"
    packages.mkdir(exist_ok=True)
    sys.path.append(str(packages))
    host = ScriptedHost(script["answers"], packages)
    runner = ProgramRunner(host, script["package_of"], script["root"])
    endings = []
    for run in script["runs"]:
        files = {path: base64.b64decode(content) for path, content in run["files"].items()}
        host.stopping = False
        ending = runner.run(files, run["entry"], run.get("prepared"))
        changes = ending.changes._asdict()
        changes["written"] = {path: content.decode("latin-1") for path, content in changes["written"].items()}
        endings.append({"report": ending.report, "worn": runner.is_worn(), **changes, **host.told})
        host.told = {name: [] for name in host.told}
        for descriptor in (1, 2):
            os.write(descriptor, RUN_ENDS)
    Path(script_path).with_name("endings.json").write_text(json.dumps(endings))


if __name__ == "__main__":
    main(sys.argv[1])
