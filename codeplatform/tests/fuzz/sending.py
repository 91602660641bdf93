"""Sends a described request to the site as gunicorn would hand it over."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from django.core.files.uploadedfile import UploadedFile
from django.urls import NoReverseMatch

from codeplatform.tests.fuzz import odd
from codeplatform.tests.fuzz.cases import Body, Case, Key, Twist, Upload
from codeplatform.tests.test_odd_requests import FORM
from codeplatform.tests.whole_site.changes import CHANGES, ready, row_of
from codeplatform.tests.whole_site.table import TABLE
from codeplatform.tests.whole_site.walking import ROUTES, Answer, Visitor, address, route_of
from codeplatform.tests.whole_site.world import World

MULTIPART = "multipart/form-data; boundary=x"
Fields = list[tuple[str, Any]]


def _nothing() -> None:
    """Statuses alone are looked at."""


class Sender:
    """Everybody's browsers before a world; what a request changes is undone."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.missing = world.missing()
        self.visitors: dict[str, Visitor] = {}

    def send(self, case: Case) -> Answer:
        """Raises what the site raised, where that would have been a 500."""
        with self._visitor(case) as visitor:
            content_type, body = self._body(case)
            extra = {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)} | dict(case.headers)
            query = "&".join(f"{_quoted(name)}={_quoted(self._value(value))}" for name, value in case.query)
            url = self._address(case) + (f"?{query}" if query else "")
            return visitor.ask("generic", case.method, url, b"", content_type, **extra)

    @contextmanager
    def _visitor(self, case: Case) -> Iterator[Visitor]:
        change = CHANGES.get(case.row)
        if case.actor is None and change is not None:
            with ready(self.world, change, _nothing) as visitor:
                yield visitor
        else:
            actor = case.actor or "ada"
            if actor not in self.visitors:
                self.visitors[actor] = Visitor(self.world, actor)
            yield self.visitors[actor]

    def _address(self, case: Case) -> str:
        """Where the row is; with parts that its converters refuse, the same route with those written into it."""
        args = TABLE[case.row].args if case.row in TABLE else row_of(case.row).args
        if not case.args:
            return address(case.row, args, self.world.home)
        values = [self._value(value) for value in case.args]
        route = route_of(case.row)
        try:
            if "/" not in route:  # a route without a name is filled as it is, so its parts must be quoted
                return address(case.row, args, dict(zip(args, values, strict=True)))
        except (NoReverseMatch, UnicodeError):
            pass
        return "/" + _filled(ROUTES[route], [_quoted(value) for value in values])

    def _value(self, value: Any) -> Any:
        """With the keys of this world."""
        if isinstance(value, Key):
            return str(
                {"home": self.world.home, "away": self.world.away, "others": self.world.others}.get(
                    value.place, self.missing
                )[value.thing]
            )
        if isinstance(value, list):
            return [self._value(inner) for inner in value]
        if isinstance(value, dict):
            return {name: self._value(inner) for name, inner in value.items()}
        return value

    def _body(self, case: Case) -> tuple[str, bytes]:
        kind, body = self._written(case.row, case.body)
        return (kind if case.content_type is None else case.content_type), body

    def _written(self, row: str, body: Body) -> tuple[str, bytes]:
        if body.kind == "raw":
            raw = odd.as_bytes(body.raw) if isinstance(body.raw, str) else body.raw
            return ("application/json" if isinstance(body.raw, str) else MULTIPART), raw
        usual = CHANGES[row].data(self.world) if row in CHANGES else {}
        if body.kind == "json":
            return "application/json", odd.as_bytes(json.dumps(self._twisted_json(usual, body.twists), default=str))
        fields = self._twisted(list(usual.items()), body.twists)
        has_files = any(isinstance(value, (UploadedFile, Upload)) for _, value in fields)
        if body.kind == "form" and not has_files:
            return FORM, "&".join(_pairs(fields)).encode()
        return MULTIPART, b"".join(_parts(fields)) + b"--x--\r\n"

    def _twisted(self, fields: Fields, twists: tuple[Twist, ...]) -> Fields:
        for twist in twists:
            value = self._value(twist.value)
            if twist.how == "add" or not fields:
                fields.append((twist.name, value))
                continue
            at = twist.at % len(fields)
            name = fields[at][0]
            if twist.how == "drop":
                del fields[at]
            elif twist.how == "double":
                fields.append((name, value))
            else:
                fields[at] = (name, value)
        return fields

    def _twisted_json(self, data: Any, twists: tuple[Twist, ...]) -> Any:
        for twist in twists:
            value = self._value(twist.value)
            spots = list(_spots(data))
            if twist.how == "add" or not spots:
                data = data | {twist.name: value} if isinstance(data, dict) else value
                continue
            holder, name = spots[twist.at % len(spots)]
            if twist.how == "drop":
                del holder[name]
            else:
                holder[name] = [holder[name], value] if twist.how == "double" else value
        return data


def _spots(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in JSON that holds something."""
    for name in list(data) if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ():
        yield data, name
        yield from _spots(data[name])


def _quoted(value: object) -> str:
    return quote(odd.as_bytes(str(value)), safe="")


def _pairs(fields: Fields) -> Iterator[str]:
    for name, value in fields:
        for one in value if isinstance(value, list) else [value]:
            yield f"{_quoted(name)}={_quoted(one)}"


def _parts(fields: Fields) -> Iterator[bytes]:
    for name, value in fields:
        for one in value if isinstance(value, list) else [value]:
            yield b'--x\r\nContent-Disposition: form-data; name="' + odd.as_bytes(name) + b'"'
            if isinstance(one, Upload):
                content = odd.files()[one.kind]
                content = content if one.at is None else odd.spoilt(content, one.at, one.by)
                yield b'; filename="' + odd.as_bytes(one.name) + b'"\r\n\r\n' + content + b"\r\n"
            elif isinstance(one, UploadedFile):
                one.seek(0)
                yield b'; filename="' + odd.as_bytes(one.name or "") + b'"\r\n\r\n' + one.read() + b"\r\n"
            else:
                yield b"\r\n\r\n" + odd.as_bytes(str(one)) + b"\r\n"


def _filled(route: str, values: list[str]) -> str:
    """The route with the values in the places of its converters."""
    for value in values:
        before, _, rest = route.partition("<")
        route = before + value + rest.partition(">")[2] if rest else route
    return route
