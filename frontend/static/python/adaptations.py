"""Which libraries are adapted to the browser, and how: the one list of them."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Protocol

from . import pictures
from .after_import import Step
from .limits import refused_calls, stand_ins
from .network import library_errors, urllib_request
from .network.failures import Facts, explain_failure


class Surroundings(Protocol):
    """What an adapted library asks of the worker."""

    def show_png(self, picture: bytes) -> None:
        """Put a picture into the console."""

    def fetch(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None, seconds: float | None
    ) -> urllib_request.Answer:
        """Ask a server, and wait for its answer. Raises TimeoutError, and ConnectionError when none came."""

    def facts_about(self, url: str) -> Facts:
        """What is known about the surroundings of a request for `url` that failed."""

    def facts_about_later(self, url: str) -> Awaitable[Facts]:
        """The same, for a program that awaits."""


def adaptations(host: Surroundings) -> list[tuple[str, Step]]:
    """The modules to adapt, each with what to do with it once it is imported."""

    def explain(url: str) -> str:
        return explain_failure(url, host.facts_about(url))

    async def explain_later(url: str) -> str:
        return explain_failure(url, await host.facts_about_later(url))

    return [
        *refused_calls.steps(),
        ("os", stand_ins.use_system),
        ("getpass", stand_ins.use_getpass),
        ("PIL.ImageShow", lambda module: pictures.use_console(module, host.show_png)),
        ("urllib.request", lambda module: urllib_request.use_browser(module, host.fetch, explain)),
        ("urllib3.contrib.emscripten.fetch", lambda module: library_errors.explain_urllib3(module, explain)),
        ("requests.adapters", library_errors.shorten_requests),
        ("httpx._transports.jsfetch", lambda module: library_errors.explain_httpx(module, explain, explain_later)),
        ("pyodide.http", lambda module: library_errors.explain_pyodide(module, explain, explain_later)),
    ]
