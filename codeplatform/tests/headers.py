"""The headers that every answer carries, whatever it is an answer to (promise 21)."""

from __future__ import annotations

from collections.abc import Mapping

from codeplatform.middleware import PERMISSIONS_POLICY

ALWAYS = {
    "Cross-Origin-Opener-Policy": {"same-origin"},
    "Cross-Origin-Embedder-Policy": {"require-corp"},
    "Cross-Origin-Resource-Policy": {"same-origin"},
    "X-Content-Type-Options": {"nosniff"},
    "Referrer-Policy": {"same-origin"},
    "Permissions-Policy": {PERMISSIONS_POLICY},
    "X-Frame-Options": {"DENY"},
}
# What the sandbox frame is and loads has an origin of its own, and is shown in a page of ours.
IN_THE_SANDBOX = {"Cross-Origin-Resource-Policy": {"cross-origin"}, "X-Frame-Options": {"DENY", None}}
NONE = ("default-src", "object-src", "base-uri", "frame-ancestors")
A_YEAR_S = 31_536_000


def lacking(headers: Mapping[str, str], *, is_sandbox: bool = False, is_https: bool = False) -> list[str]:
    """What the answer lacks, or has otherwise; `headers` by names in any case."""
    found = {name.lower(): value for name, value in headers.items()}
    expected = ALWAYS | (IN_THE_SANDBOX if is_sandbox else {})
    wrong = [f"{name}: {found.get(name.lower())}" for name in expected if found.get(name.lower()) not in expected[name]]
    if not is_sandbox:
        wrong += _wrong_in_policy(found.get("content-security-policy", ""))
    if is_https:
        wrong += _wrong_in_transport(found.get("strict-transport-security", ""))
    return wrong


def _wrong_in_policy(policy: str) -> list[str]:
    parts = [part.strip().partition(" ") for part in policy.split(";")]
    sources = {name: value for name, _, value in parts}
    wrong = [f"{name} {sources.get(name)}" for name in NONE if sources.get(name) != "'none'"]
    return wrong + (["unsafe"] if "unsafe" in policy or "*" in policy else [])


def _wrong_in_transport(header: str) -> list[str]:
    parts = {part.strip() for part in header.split(";")}
    age_s = max((int(part.removeprefix("max-age=")) for part in parts if part.startswith("max-age=")), default=0)
    return [] if age_s >= A_YEAR_S and "includeSubDomains" in parts else [f"Strict-Transport-Security: {header}"]
