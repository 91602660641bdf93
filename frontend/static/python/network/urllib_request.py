"""`urllib.request` over the browser's own requests: elsewhere its handlers open sockets."""

from __future__ import annotations

import io
from collections.abc import Callable
from http.client import HTTPMessage, responses
from types import ModuleType
from typing import Any
from urllib.response import addinfourl

from .answers import Answer
from .failures import explain_timeout

# Browsers set these themselves and refuse them from programs; a `User-agent` of the program's own would make a simple
# request need the server's leave first.
_HEADERS_OF_THE_BROWSER = {"accept-encoding", "connection", "content-length", "host", "user-agent"}


# method, address, headers, body, seconds or None. Raises TimeoutError, and ConnectionError when no answer came.
Fetch = Callable[[str, str, dict[str, str], "bytes | None", "float | None"], Answer]
Explain = Callable[[str], str]


def use_browser(module: ModuleType, fetch: Fetch, explain: Explain) -> None:
    """Let `urlopen`, `urlretrieve` and openers of all kinds use `fetch`; `explain(url)` says why no answer came."""

    def open_address(_: Any, request: Any) -> addinfourl:
        headers = {
            name: str(value) for name, value in request.header_items() if name.casefold() not in _HEADERS_OF_THE_BROWSER
        }
        seconds = request.timeout if isinstance(request.timeout, (int, float)) else None
        try:
            answer = fetch(request.get_method(), request.full_url, headers, _body_of(request.data), seconds)
        except TimeoutError:
            raise TimeoutError(explain_timeout(request.full_url, seconds or 0)) from None
        except ConnectionError:
            raise module.URLError(explain(request.full_url)) from None
        return _as_response(answer)

    module.HTTPHandler.http_open = open_address  # type: ignore[attr-defined]
    module.HTTPSHandler.https_open = open_address  # type: ignore[attr-defined]


def _body_of(data: Any) -> bytes | None:
    if data is None:
        return None
    if hasattr(data, "read"):
        data = data.read()
    return bytes(data) if isinstance(data, (bytes, bytearray, memoryview)) else b"".join(data)


def _as_response(answer: Answer) -> addinfourl:
    headers = HTTPMessage()
    for name, value in answer.headers:
        # The browser has unpacked the body already.
        if name.casefold() not in {"content-encoding", "content-length"}:
            headers[name] = value
    headers["Content-Length"] = str(len(answer.body))
    response = addinfourl(io.BytesIO(answer.body), headers, answer.url, answer.status)
    response.msg = response.reason = answer.reason or responses.get(answer.status, "")  # type: ignore[attr-defined]
    return response
