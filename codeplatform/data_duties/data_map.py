"""The data map: what is known about each field of the database, read from codeplatform/data_map/.

One table for each model, named as Django names it, with a line for each field; the files say it in words for parents.
What a field leaves out, its model says. terms.toml and readers.toml hold the sentences that they name.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from django.apps import apps
from django.db import models

FOLDER = Path(__file__).resolve().parent.parent / "data_map"
TERMS, READERS = "terms.toml", "readers.toml"
Choice = TypeVar("Choice", bound=StrEnum)


class DataMapError(Exception):
    """A file of the data map says something it cannot; the text names the place."""


class Personal(StrEnum):
    NONE = "none"
    IDENTIFIES = "identifies"  # who it is
    DESCRIBES = "describes"  # what is so of them
    CONTENT = "content"  # what they made
    TECHNICAL = "technical"  # what the site needs to work, attached to them


class Export(StrEnum):
    YES = "yes"
    AS_A_FILE = "as a file"
    REDUCED = "reduced"  # without what is another person's
    NO = "no"  # `no_export` says why


class Deletion(StrEnum):
    WITH_PERSON = "with the person"
    BLANKED = "blanked"  # the value goes with the person, the row stays
    WITH_CLASS = "with the class"
    WITH_SCHOOL = "with the school"
    ON_REQUEST = "on request"  # it is about somebody who has no account: an operator deletes it
    KEPT = "kept"  # it leads to nobody


@dataclass(frozen=True)
class FieldDuties:
    """What holds for one field. `retention` is the sentence of the term."""

    name: str
    personal: Personal
    why: str
    retention: str
    export: Export
    no_export: str
    deletion: Deletion


@dataclass(frozen=True)
class ModelDuties:
    """What holds for one model, named like `accounts.User`. `readers` is the sentence; empty where nobody is meant."""

    name: str
    title: str
    about: str
    readers: str
    fields: Mapping[str, FieldDuties]

    @property
    def is_personal(self) -> bool:
        return any(field.personal != Personal.NONE for field in self.fields.values())

    @property
    def is_exported(self) -> bool:
        return any(field.export != Export.NO for field in self.fields.values())


@cache
def data_map() -> dict[str, ModelDuties]:
    """The whole map, by name of the model. Raises DataMapError."""
    return read(FOLDER)


def read(folder: Path) -> dict[str, ModelDuties]:
    """The map that the files in the folder make up. Raises DataMapError."""
    terms, readers = _toml(folder / TERMS), _toml(folder / READERS)
    found: dict[str, ModelDuties] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name not in {TERMS, READERS}:
            for name, table in _toml(path).items():
                if name in found:
                    raise DataMapError(f"{path.name}: {name} is in another file, too.")
                found[name] = _model(name, table, terms, readers)
    return found


def gaps(found: Mapping[str, ModelDuties], models_: Iterable[type[models.Model]] | None = None) -> list[str]:
    """Models and fields that the map leaves out, and those in it that do not exist; `app.Model.field`, sorted."""
    there: set[str] = set()
    for model in apps.get_models() if models_ is None else models_:
        columns = [*model._meta.fields, *model._meta.many_to_many]
        there |= {f"{model._meta.label}.{field.name}" for field in columns}
    classed = {f"{name}.{field}" for name, model in found.items() for field in model.fields}
    return sorted(f"{name} is not classed" for name in there - classed) + sorted(
        f"{name} does not exist" for name in classed - there
    )


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise DataMapError(f"{path.name}: {error}") from error


def _model(name: str, table: Mapping[str, Any], terms: Mapping[str, str], readers: Mapping[str, str]) -> ModelDuties:
    defaults = {key: value for key, value in table.items() if key not in {"title", "about", "readers", "fields"}}
    fields = table.get("fields", {})
    if not table.get("title") or not table.get("about") or not fields:
        raise DataMapError(f"{name}: give it a title, say what it is about, and class its fields.")
    model = ModelDuties(
        name,
        table["title"],
        table["about"],
        readers.get(table.get("readers", ""), ""),
        {field: _field(f"{name}.{field}", field, {**defaults, **own}, terms) for field, own in fields.items()},
    )
    if model.is_personal != bool(model.readers):
        raise DataMapError(
            f"{name}: say who sees it, with a word of {READERS}, where it is about people and only there."
        )
    return model


def _field(place: str, name: str, table: dict[str, str], terms: Mapping[str, str]) -> FieldDuties:
    personal = _choice(Personal, place, table.pop("personal", ""))
    is_personal = personal != Personal.NONE
    export = _choice(Export, place, table.pop("export", Export.YES if is_personal else Export.NO))
    deletion = _choice(Deletion, place, table.pop("deletion", ""))
    why, term, no_export = table.pop("why", ""), table.pop("retention", ""), table.pop("no_export", "")
    if table:
        raise DataMapError(f"{place}: nobody knows {', '.join(table)}.")
    if not why.endswith("."):
        raise DataMapError(f"{place}: say in a sentence why it is kept.")
    if term not in terms:
        raise DataMapError(f"{place}: {TERMS} has no term {term or 'for it'}.")
    if is_personal and (export == Export.NO) != bool(no_export):
        raise DataMapError(f"{place}: give no_export where it is left out of an export, and only there.")
    return FieldDuties(name, personal, why, terms[term], export, no_export, deletion)


def _choice(kind: type[Choice], place: str, value: str) -> Choice:
    try:
        return kind(value)
    except ValueError:
        raise DataMapError(f"{place}: {kind.__name__.lower()} is one of {', '.join(kind)}, not {value!r}.") from None
