"""Tests as tables, as they stand in exercise.toml under [[tests]]: read into specs and written from them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal

from django.utils.translation import gettext as _

from exercises.fields import Fields
from exercises.format_limits import (
    MAX_CODE_CHARACTERS,
    MAX_CONSTRUCTS,
    MAX_POINTS,
    MAX_SENTENCE_CHARACTERS,
    MAX_TIME_LIMIT_S,
    MAX_TITLE_CHARACTERS,
)
from exercises.paths import shown
from exercises.python_text import UnreadableError, check_code, check_pattern, is_construct, is_name, tagged_literal
from exercises.specs import (
    COMPARE_MODES,
    KINDS,
    TEXT_TOLERANCE,
    VISIBILITIES,
    CallSpec,
    FileSpec,
    IoSpec,
    StructureSpec,
    TestSpec,
    UnittestSpec,
)

_MAX_LEAVES = 20


def read_spec(table: Mapping[str, object], number: int) -> TestSpec:
    """The test that a table describes; `number` counts from 1, for errors. Raises ExerciseFormatError."""
    fields = Fields(table, number)
    kind = fields.choice("kind", tuple(KINDS))
    common = {
        "name": fields.line("name", MAX_TITLE_CHARACTERS),
        "points": fields.whole("points", 0, MAX_POINTS, 1),
        "visibility": fields.choice("visibility", VISIBILITIES, "visible"),
        "feedback": fields.text("feedback", "", MAX_SENTENCE_CHARACTERS),
        "time_limit_s": fields.whole("time_limit_s", 1, MAX_TIME_LIMIT_S, 5),
    }
    spec = _READERS[kind](fields, common)
    fields.finish()
    return spec


def spec_table(spec: TestSpec) -> dict[str, object]:
    """The table of a test, without what has its default: `read_spec(spec_table(spec), 1) == spec`."""
    table: dict[str, object] = {"kind": spec.kind}
    for field in dataclasses.fields(spec):
        value = getattr(spec, field.name)
        if value != field.default and not (field.default_factory is dict and not value):
            table[field.name] = list(value) if isinstance(value, tuple) else value
    return table


def _io(fields: Fields, common: dict[str, Any]) -> TestSpec:
    return IoSpec(**common, **_before(fields), **_expected_text(fields))


def _file(fields: Fields, common: dict[str, Any]) -> TestSpec:
    return FileSpec(**common, path=fields.path("path"), **_before(fields), **_expected_text(fields))


def _call(fields: Fields, common: dict[str, Any]) -> TestSpec:
    spec = CallSpec(
        **common,
        **_before(fields),
        call=_code(fields, "call", "eval"),
        setup=_code(fields, "setup", "exec") if fields.has("setup") else "",
        returns=fields.optional_text("returns", MAX_CODE_CHARACTERS),
        prints=fields.optional_text("prints"),
        compare=fields.choice("compare", COMPARE_MODES, "lines"),
        raises=fields.optional_text("raises", MAX_TITLE_CHARACTERS),
        leaves=fields.texts("leaves", _MAX_LEAVES, MAX_CODE_CHARACTERS),
        tolerance=fields.tolerance("tolerance", 0) if fields.has("tolerance") else None,
    )
    _check_outcome(fields, spec)
    return spec


def _structure(fields: Fields, common: dict[str, Any]) -> TestSpec:
    spec = StructureSpec(
        **common, must_use=_constructs(fields, "must_use"), must_not_use=_constructs(fields, "must_not_use")
    )
    if not spec.must_use and not spec.must_not_use:
        fields.refuse("must_use", _("name what the program must use, or with must_not_use what it must not"))
    if both := set(spec.must_use) & set(spec.must_not_use):
        fields.refuse("must_not_use", _("%(both)s is in must_use too; leave one of them out") % {"both": min(both)})
    return spec


def _unittest(fields: Fields, common: dict[str, Any]) -> TestSpec:
    return UnittestSpec(**common, path=fields.path("path"))


_READERS: dict[str, Callable[[Fields, dict[str, Any]], TestSpec]] = {
    "io": _io,
    "call": _call,
    "file": _file,
    "structure": _structure,
    "unittest": _unittest,
}


def _before(fields: Fields) -> dict[str, Any]:
    return {"input": fields.text("input", ""), "files": fields.files("files")}


def _expected_text(fields: Fields) -> dict[str, Any]:
    compare = fields.choice("compare", COMPARE_MODES, "lines")
    expected = fields.text("expected")
    _check_expected(fields, "expected", expected, compare)
    return {"expected": expected, "compare": compare, "tolerance": fields.tolerance("tolerance", TEXT_TOLERANCE)}


def _check_expected(fields: Fields, key: str, expected: str, compare: str) -> None:
    # Either would let every program pass.
    if compare in {"contains", "regex"} and not expected.strip():
        fields.refuse(key, _("with %(compare)s, write what must be in the text") % {"compare": compare})
    if compare == "regex":
        if len(expected) > MAX_CODE_CHARACTERS:
            fields.refuse(
                key,
                _("shorten this; %(max_code_characters)s characters are the most")
                % {"max_code_characters": MAX_CODE_CHARACTERS},
            )
        with _refusing(fields, key):
            check_pattern(expected)


def _check_outcome(fields: Fields, spec: CallSpec) -> None:
    if spec.returns is None and spec.prints is None and spec.raises is None and not spec.leaves:
        fields.refuse("returns", _("say what the call returns, or add prints, raises or leaves"))
    if spec.raises is not None:
        if spec.returns is not None:
            fields.refuse("returns", _("a call that raises returns nothing; leave out returns or raises"))
        if not is_name(spec.raises):
            fields.refuse("raises", _("write the name of one exception, such as ValueError"))
    if spec.prints is not None:
        _check_expected(fields, "prints", spec.prints, spec.compare)
    for name in spec.leaves:
        if not is_name(name):
            fields.refuse(
                "leaves", _("%(shown)s cannot be a variable; name one that setup makes") % {"shown": shown(name)}
            )
    for key, literal in (("returns", spec.returns), *(("leaves", value) for value in spec.leaves.values())):
        if literal is not None:
            with _refusing(fields, key):
                tagged_literal(literal)


def _constructs(fields: Fields, key: str) -> tuple[str, ...]:
    constructs = fields.lines(key, MAX_CONSTRUCTS, MAX_TITLE_CHARACTERS)
    for construct in constructs:
        if not is_construct(construct):
            fields.refuse(
                key,
                _("%(construct)s is no construct; write one such as loop, if or call:sorted")
                % {"construct": shown(construct)},
            )
    return constructs


def _code(fields: Fields, key: str, mode: Literal["eval", "exec"]) -> str:
    code = fields.text(key, most=MAX_CODE_CHARACTERS)
    with _refusing(fields, key):
        check_code(code, mode)
    return code


@contextmanager
def _refusing(fields: Fields, key: str) -> Iterator[None]:
    try:
        yield
    except UnreadableError as error:
        fields.refuse(key, str(error))
