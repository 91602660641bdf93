"""The worker's services as Python sees them: the only module here that needs Pyodide."""

from __future__ import annotations

import sys
from typing import Any

import js  # type: ignore[import-not-found, unused-ignore]
from pyodide.ffi import JsException, can_run_sync, run_sync, to_js  # type: ignore[import-not-found, unused-ignore]

from .network.answers import Answer, Facts


class WorkerHost:
    """Speaks to `sandbox/worker.js`. With shared memory the worker blocks; without, Python is suspended (JSPI)."""

    def __init__(self, worker: Any) -> None:
        self._worker = worker
        _complete_http()

    def read_line(self, hidden: bool) -> str | None:
        """See run_program.Host."""
        if self._worker.canBlock:
            answer = self._worker.readLine(hidden)
        elif can_run_sync():
            answer = run_sync(self._worker.readLineLater(hidden))
        else:
            raise EOFError(
                "this browser cannot wait for input() while a program runs; "
                "write the answers into “Prepared input” before you press Run"
            )
        if answer.stopped:
            raise KeyboardInterrupt
        return None if answer.ended else str(answer.text)

    def sleep(self, seconds: float) -> None:
        """See run_program.Host."""
        if self._worker.canBlock:
            stopped = self._worker.sleep(seconds * 1000)
        elif can_run_sync():
            stopped = run_sync(self._worker.sleepLater(seconds * 1000))
        else:
            stopped = self._worker.sleepBusily(seconds * 1000)
        if stopped:
            raise KeyboardInterrupt

    def show_typed(self, text: str) -> None:
        """See run_program.Host."""
        self._worker.showTyped(text)

    def take_output(self) -> str:
        """See run_test.Printer."""
        return str(self._worker.takeOutput())

    def show_png(self, picture: bytes) -> None:
        """See run_program.Host."""
        self._worker.showPng(to_js(picture))

    def load_packages(self, names: list[str]) -> None:
        """See run_program.Host."""
        if not can_run_sync():
            raise ImportError(
                f"{', '.join(names)} must be loaded before the program runs: put the import at the top of the file"
            )
        run_sync(self._worker.loadPackages(to_js(names)))

    def is_stopping(self) -> bool:
        """See run_program.Host."""
        return bool(self._worker.isStopping())

    def fetch(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None, seconds: float | None
    ) -> Answer:
        """See adaptations.Surroundings."""
        request = js.XMLHttpRequest.new()
        request.open(method, url, False)
        request.responseType = "arraybuffer"
        request.timeout = max(1, round(seconds * 1000)) if seconds else 0
        for name, value in headers.items():
            request.setRequestHeader(name, value)
        try:
            request.send(None if body is None else to_js(body))
        except JsException as error:
            raise (TimeoutError if error.name == "TimeoutError" else ConnectionError)(error.message) from None
        lines = str(request.getAllResponseHeaders()).split("\r\n")
        pairs = [(name, value.strip()) for name, colon, value in (line.partition(":") for line in lines) if colon]
        return Answer(request.status, request.statusText, pairs, request.response.to_bytes(), request.responseURL)

    def facts_about(self, url: str) -> Facts:
        """See adaptations.Surroundings."""
        return _facts_from(run_sync(self._worker.probe(url)) if can_run_sync() else self._worker.surroundings())

    async def facts_about_later(self, url: str) -> Facts:
        """See adaptations.Surroundings."""
        return _facts_from(await self._worker.probe(url))


def _facts_from(told: Any) -> Facts:
    answers = told.answers if isinstance(told.answers, bool) else None
    return Facts(told.page, told.isOnline, told.isForbidden, answers)


def _complete_http() -> None:
    """Give Pyodide's HTTP modules what they could not import from Node, where the memory snapshot was made."""
    for name in ("pyodide.http", "pyodide.http.pyxhr"):
        if name in sys.modules:
            sys.modules[name].XMLHttpRequest = js.XMLHttpRequest  # type: ignore[attr-defined]
            sys.modules[name].JsException = JsException  # type: ignore[attr-defined]
