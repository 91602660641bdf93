"""The errors of `pyodide.http` say what may be the matter; it is there from the start, so this is kept small."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from types import ModuleType, SimpleNamespace
from typing import Any

Explain = Callable[[str], str]
ExplainLater = Callable[[str], Awaitable[str]]


def explain_pyodide(module: ModuleType, explain: Explain, explain_later: ExplainLater) -> None:
    """For `pyodide.http`: `pyfetch`, `open_url` and `pyxhr`."""
    pyfetch, open_url, pyxhr = module.pyfetch, module.open_url, module.pyxhr
    request_by_xhr = pyxhr._xhr_request

    @functools.wraps(pyfetch)
    async def telling_pyfetch(request: Any, /, **options: Any) -> Any:
        try:
            return await pyfetch(request, **options)
        except module.AbortError as error:
            # Given up by the program itself: its own reason stands.
            if getattr(error.__context__, "name", None) != "TypeError":
                raise
            told = await explain_later(str(getattr(request, "url", request)))
            raise module.AbortError(SimpleNamespace(message=told)) from None

    @functools.wraps(open_url)
    def telling_open_url(url: str) -> Any:
        try:
            return open_url(url)
        except Exception as error:
            if getattr(error, "name", None) != "NetworkError":
                raise
            raise ConnectionError(explain(url)) from None

    @functools.wraps(request_by_xhr)
    def telling_xhr(method: str, url: str, **options: Any) -> Any:
        try:
            return request_by_xhr(method, url, **options)
        except pyxhr.XHRNetworkError:
            raise pyxhr.XHRNetworkError(explain(url)) from None

    module.pyfetch, module.open_url = telling_pyfetch, telling_open_url  # type: ignore[attr-defined]
    module._pyfetch.pyfetch = telling_pyfetch
    pyxhr._xhr_request = telling_xhr
