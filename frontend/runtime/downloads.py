"""Downloads that resume where they broke off and are accepted only with the right hash."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from pathlib import Path

from frontend.runtime.failure import BuildFailed
from frontend.runtime.hashing import sha256_of
from frontend.runtime.progress import Progress

# Short, since a school's firewall often swallows packets in silence and another source may have the file.
_TIMEOUT_S = 6
_CHUNK = 256 * 1024
_ATTEMPTS = 3


class SourceUnreachable(Exception):
    """The host does not answer."""


class NotThere(Exception):
    """The host answers that it has no such file."""


def download(url: str, target: Path, sha256: str, progress: Progress) -> None:
    """Put the file at `url` at `target`, going on from `target` + `.part` if an earlier try broke off.

    Raises NotThere, SourceUnreachable, or BuildFailed when the file stays short or its hash differs.
    """
    part = target.with_name(target.name + ".part")
    target.parent.mkdir(parents=True, exist_ok=True)
    expected = 0
    for _ in range(_ATTEMPTS):
        expected = _fetch_rest(url, part, target.name, progress)
        if part.stat().st_size >= expected:
            break
    size = part.stat().st_size
    if size < expected:
        raise BuildFailed(
            f"The download of {target.name} broke off after {size} of {expected} bytes; "
            "run build_runtime again and it goes on from there."
        )
    found = sha256_of(part)
    if found != sha256:
        part.unlink()
        raise BuildFailed(f"{url} has the wrong content: its sha256 is {found}, not {sha256}.")
    part.replace(target)


def _fetch_rest(url: str, part: Path, label: str, progress: Progress) -> int:
    """Append to `part` what the host sends; the size the whole file has to have."""
    start = part.stat().st_size if part.exists() else 0
    headers = {"User-Agent": "codeplatform-build-runtime"} | ({"Range": f"bytes={start}-"} if start else {})
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 (the address is the operator's own setting)
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as response:  # nosec B310 # noqa: S310 - the same
            if response.status != http.HTTPStatus.PARTIAL_CONTENT:
                start = 0
            total = start + int(response.headers.get("Content-Length", 0))
            with part.open("ab" if start else "wb") as file:
                while chunk := response.read(_CHUNK):
                    file.write(chunk)
                    start += len(chunk)
                    progress.bar(label, start, max(total, start))
            return total
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            return start
        if error.code in (http.HTTPStatus.NOT_FOUND, http.HTTPStatus.FORBIDDEN, http.HTTPStatus.GONE):
            raise NotThere(url) from error
        raise SourceUnreachable(f"HTTP status {error.code}") from error
    except urllib.error.URLError as error:
        raise SourceUnreachable(str(error.reason)) from error
    except (http.client.HTTPException, ConnectionError, TimeoutError) as error:
        if not part.exists():
            raise SourceUnreachable(str(error) or type(error).__name__) from error
        return max(part.stat().st_size + 1, start)
