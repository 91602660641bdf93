"""What a page sends when something is handed in, or checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessment.outcomes import BadOutcome, TestOutcome, read_outcome
from projects.json_body import BadJson, read_object
from projects.limits import MAX_REVISION

MAX_BODY_BYTES = 128 * 1024
MAX_RUNTIME_CHARACTERS = 40
_KEY = re.compile(r"[A-Za-z0-9_-]{8,64}")
_HASH = re.compile(r"[0-9a-f]{64}")
_RUNTIME = re.compile(rf"[\w.+ -]{{1,{MAX_RUNTIME_CHARACTERS}}}", re.ASCII)
# A clock that says otherwise is wrong.
_EARLIEST, _LATEST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class HandIn:
    """What is handed in: the files of this revision, if they are those that the hash is of.

    `claims` is None where the tests could not be run, `client_at` where the device's clock says nothing sensible.
    """

    key: str
    revision: int
    code_hash: str
    client_at: datetime | None
    runtime_version: str
    claims: tuple[TestOutcome, ...] | None


class HandInForm:
    """The JSON body of a hand-in; other keys are ignored. After is_valid() `hand_in`, or `error` and `status`."""

    hand_in: HandIn
    error: str
    status: int

    def __init__(self, body: bytes) -> None:
        self.body = body

    def is_valid(self) -> bool:
        try:
            self.hand_in = _hand_in(_read(self.body))
        except BadOutcome as error:
            self.error, self.status = str(error), 400
            return False
        except ValidationError as error:
            self.error = error.messages[0]
            self.status = 413 if getattr(error, "code", None) == "too_large" else 400
            return False
        return True


class CheckForm:
    """The JSON body that tells of a check: `percent` of the points. After is_valid() either `percent` or `error`."""

    percent: int
    error: str

    def __init__(self, body: bytes) -> None:
        self.body = body

    def is_valid(self) -> bool:
        try:
            self.percent = _integer(_read(self.body), "percent", 0, 100)
        except ValidationError as error:
            self.error = error.messages[0]
            return False
        return True


def _read(body: bytes) -> dict[str, Any]:
    if len(body) > MAX_BODY_BYTES:
        raise ValidationError(_("This is more than a hand-in ever is."), code="too_large")
    try:
        return read_object(body)
    except BadJson as error:
        raise ValidationError(str(error)) from error


def _hand_in(data: dict[str, Any]) -> HandIn:
    claims = data.get("results")
    if claims is not None and not isinstance(claims, list):
        raise ValidationError(_("results must be a list, or null."))
    runtime = data.get("runtime_version")
    return HandIn(
        key=_matching(data, "key", _KEY, "8 to 64 letters, digits, hyphens or underscores"),
        revision=_integer(data, "revision", 0, MAX_REVISION),
        code_hash=_matching(data, "code_hash", _HASH, "64 hexadecimal digits"),
        client_at=_moment(data.get("client_at")),
        runtime_version=runtime if isinstance(runtime, str) and _RUNTIME.fullmatch(runtime) else "",
        claims=None if claims is None else tuple(read_outcome(entry) for entry in claims),
    )


def _moment(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except (ValueError, TypeError):
        return None
    if moment.tzinfo is None or not _EARLIEST <= moment <= _LATEST:
        return None
    return moment.astimezone(UTC)


def _integer(data: dict[str, Any], name: str, lowest: int, highest: int) -> int:
    value = data.get(name)
    # bool is a kind of int in Python, but not in JSON.
    if type(value) is not int or not lowest <= value <= highest:
        raise ValidationError(
            _("%(name)s must be a whole number from %(lowest)s to %(highest)s.")
            % {"name": name, "lowest": lowest, "highest": highest}
        )
    return value


def _matching(data: dict[str, Any], name: str, pattern: re.Pattern[str], wanted: str) -> str:
    value = data.get(name)
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ValidationError(_("%(name)s must be %(wanted)s.") % {"name": name, "wanted": wanted})
    return value
