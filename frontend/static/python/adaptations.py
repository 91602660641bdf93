"""Which libraries are adapted to the browser, and how: the one list of them.

What a library needs is loaded together with that library; a program that does not import it pays nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable
from types import ModuleType
from typing import Protocol

from .after_import import Step
from .limits import refused_calls, stand_ins
from .network.answers import Answer, Facts


class Surroundings(Protocol):
    """What an adapted library asks of the worker."""

    def show_png(self, picture: bytes) -> None:
        """Put a picture into the console."""

    def fetch(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None, seconds: float | None
    ) -> Answer:
        """Ask a server, and wait for its answer. Raises TimeoutError, and ConnectionError when none came."""

    def facts_about(self, url: str) -> Facts:
        """What is known about the surroundings of a request for `url` that failed."""

    def facts_about_later(self, url: str) -> Awaitable[Facts]:
        """The same, for a program that awaits."""


def adaptations(host: Surroundings) -> list[tuple[str, Step]]:
    """The modules to adapt, each with what to do with it once it is imported."""

    def pillow(module: ModuleType) -> None:
        from .pictures import use_console

        use_console(module, host.show_png)

    return [
        *refused_calls.steps(),
        ("os", stand_ins.use_system),
        ("getpass", stand_ins.use_getpass),
        ("PIL.ImageShow", pillow),
        *_network(host),
    ]


def _network(host: Surroundings) -> list[tuple[str, Step]]:
    def explain(url: str) -> str:
        from .network.failures import explain_failure

        return explain_failure(url, host.facts_about(url))

    async def explain_later(url: str) -> str:
        from .network.failures import explain_failure

        return explain_failure(url, await host.facts_about_later(url))

    def urllib(module: ModuleType) -> None:
        from .network.urllib_request import use_browser

        use_browser(module, host.fetch, explain)

    def urllib3(module: ModuleType) -> None:
        from .network.library_errors import explain_urllib3

        explain_urllib3(module, explain)

    def requests(module: ModuleType) -> None:
        from .network.library_errors import shorten_requests

        shorten_requests(module)

    def httpx(module: ModuleType) -> None:
        from .network.library_errors import explain_httpx

        explain_httpx(module, explain, explain_later)

    def pyodide(module: ModuleType) -> None:
        from .network.pyodide_errors import explain_pyodide

        explain_pyodide(module, explain, explain_later)

    return [
        ("urllib.request", urllib),
        ("urllib3.contrib.emscripten.fetch", urllib3),
        ("requests.adapters", requests),
        ("httpx._transports.jsfetch", httpx),
        ("pyodide.http", pyodide),
    ]
