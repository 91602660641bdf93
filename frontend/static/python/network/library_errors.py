"""The errors of libraries that fetch over the web say what may be the matter, in place of “Failed to fetch”."""

from __future__ import annotations

import functools
import http.client
import sys
from collections.abc import Awaitable, Callable
from types import ModuleType
from typing import Any

from .failures import explain_timeout

Explain = Callable[[str], str]
ExplainLater = Callable[[str], Awaitable[str]]


def explain_urllib3(module: ModuleType, explain: Explain) -> None:
    """For `urllib3.contrib.emscripten.fetch`, the way by which urllib3 and requests reach the network."""
    # It means to leave the header out, and names it as it is spelt only before `capitalize`: with it, browsers other
    # than Chromium ask the server for leave before each request.
    module.HEADERS_TO_IGNORE = (*module.HEADERS_TO_IGNORE, "User-agent")  # type: ignore[attr-defined]

    def telling(send: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(send)
        def sender(request: Any) -> Any:
            try:
                return send(request)
            except module._TimeoutError:
                told = explain_timeout(request.url, request.timeout)
                raise module._TimeoutError(told, request=request) from None
            except module._RequestError:
                raise module._RequestError(explain(request.url), request=request) from None

        return sender

    module.send_request = telling(module.send_request)  # type: ignore[attr-defined]
    module.send_streaming_request = telling(module.send_streaming_request)  # type: ignore[attr-defined]


def shorten_requests(module: ModuleType) -> None:
    """For `requests.adapters`: the sentence alone is the message, a timeout is a Timeout, a status has its words."""
    send = module.HTTPAdapter.send
    errors = sys.modules["requests.exceptions"]

    @functools.wraps(send)
    def sender(self: Any, request: Any, *arguments: Any, **options: Any) -> Any:
        try:
            response = send(self, request, *arguments, **options)
        except errors.ConnectionError as error:
            cause = _request_error_behind(error)
            if cause is None:
                raise
            kind = errors.ReadTimeout if type(cause).__name__ == "_TimeoutError" else errors.ConnectionError
            raise kind(cause.message, request=request) from None
        response.reason = response.reason or http.client.responses.get(response.status_code, "")
        return response

    module.HTTPAdapter.send = sender


def _request_error_behind(error: BaseException | None) -> Any:
    while error is not None:
        if type(error).__module__ == "urllib3.contrib.emscripten.fetch":
            return error
        error = error.__cause__ or error.__context__
    return None


def explain_httpx(module: ModuleType, explain: Explain, explain_later: ExplainLater) -> None:
    """For `httpx._transports.jsfetch`."""
    handle = module.JavascriptFetchTransport.handle_request
    handle_later = module.AsyncJavascriptFetchTransport.handle_async_request

    def timeout_of(request: Any) -> str:
        return explain_timeout(str(request.url), (request.extensions.get("timeout") or {}).get("connect") or 0)

    @functools.wraps(handle)
    def handler(self: Any, request: Any) -> Any:
        try:
            return handle(self, request)
        except module.ConnectTimeout:
            raise module.ConnectTimeout(timeout_of(request), request=request) from None
        except module.ConnectError:
            raise module.ConnectError(explain(str(request.url)), request=request) from None

    @functools.wraps(handle_later)
    async def later_handler(self: Any, request: Any) -> Any:
        try:
            return await handle_later(self, request)
        except module.ConnectTimeout:
            raise module.ConnectTimeout(timeout_of(request), request=request) from None
        except module.ConnectError:
            raise module.ConnectError(await explain_later(str(request.url)), request=request) from None

    module.JavascriptFetchTransport.handle_request = handler
    module.AsyncJavascriptFetchTransport.handle_async_request = later_handler
