"""The number of each request, and what becomes of what was noted about it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from codeplatform.insight import logs, metrics, notes

# As nginx makes them (https://nginx.org/en/docs/http/ngx_http_core_module.html#var_request_id)
_NUMBER = re.compile(r"[0-9a-f]{32}")


class RequestMiddleware:
    """Gives each request its number: that of nginx when it is well-formed, else a new one. The answer names it.

    What was answered goes into the log, and is counted.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-Id", "")
        note, token = notes.begin(given if _NUMBER.fullmatch(given) else secrets.token_hex(16))
        request.number = note.number  # type: ignore[attr-defined]
        try:
            response = self.get_response(request)
            response.headers["X-Request-Id"] = note.number
            logs.log_request(request, response.status_code, note)
            metrics.count_request(request, response.status_code, note)
        finally:
            notes.end(token)
        return response
