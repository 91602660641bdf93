"""Every field of every model is classed, and what the map says is what is done."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from codeplatform.data_duties.data_map import DataMapError, Personal, data_map, gaps, read
from schools.models import RetiredSlug, School

TERMS = 'term = "For a year."\n'


def test_every_field_is_classed_and_nothing_else() -> None:
    assert gaps(data_map()) == []


def test_a_field_that_is_left_out_is_found() -> None:
    found = data_map()["schools.RetiredSlug"]
    without = {found.name: replace(found, fields={"slug": found.fields["slug"]})}

    assert gaps(without, [RetiredSlug]) == ["schools.RetiredSlug.retired_at is not classed"]


def test_a_class_for_what_does_not_exist_is_found() -> None:
    assert "schools.School.name does not exist" in gaps({"schools.School": data_map()["schools.School"]}, [])
    assert gaps({}, [School])[0] == "schools.School.audit_days is not classed"


def test_everything_that_leads_to_a_person_is_personal() -> None:
    leading = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey) and field.related_model is apps.get_model("accounts.User")
    }
    classed = {f"{name}.{field}" for name, model in data_map().items() for field in model.fields if leads(name, field)}
    assert "projects.Project.owner" in leading
    assert leading <= classed


def leads(model: str, field: str) -> bool:
    return data_map()[model].fields[field].personal != Personal.NONE


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ('["a.B"]\ntitle = "B"\nabout = "x"', "class its fields"),
        (
            '["a.B"]\ntitle = "B"\nabout = "x"\n["a.B".fields]\nc = { personal = "maybe", why = "It." }',
            "personal is one of",
        ),
        (
            '["a.B"]\ntitle = "B"\nabout = "x"\n["a.B".fields]\nc = { personal = "none", why = "It." }',
            "deletion is one of",
        ),
        (
            '["a.B"]\ntitle = "B"\nabout = "x"\npersonal = "none"\ndeletion = "kept"\nretention = "never"\n'
            '["a.B".fields]\nc = { why = "It." }',
            "no term never",
        ),
        (
            '["a.B"]\ntitle = "B"\nabout = "x"\npersonal = "content"\ndeletion = "kept"\nretention = "term"\n'
            '["a.B".fields]\nc = { why = "It.", export = "no" }',
            "give no_export",
        ),
        (
            '["a.B"]\ntitle = "B"\nabout = "x"\npersonal = "none"\ndeletion = "kept"\nretention = "term"\n'
            '["a.B".fields]\nc = { why = "It" }',
            "in a sentence",
        ),
        (
            '["a.B"]\ntitle = "B"\nabout = "x"\npersonal = "none"\ndeletion = "kept"\ncolour = "red"\n'
            '["a.B".fields]\nc = { why = "It." }',
            "nobody knows colour",
        ),
        (
            '["a.B"]\ntitle = "B"\nabout = "x"\npersonal = "content"\ndeletion = "kept"\nretention = "term"\n'
            '["a.B".fields]\nc = { why = "It." }',
            "say who sees it",
        ),
        (
            '["a.B"]\ntitle = "B"\nabout = "x"\npersonal = "none"\ndeletion = "kept"\nretention = "term"\n'
            'readers = "person"\n["a.B".fields]\nc = { why = "It." }',
            "about people and only there",
        ),
        ("a = ", "files.toml: "),
    ],
)
def test_a_mistake_in_the_files_is_named(tmp_path: Path, lines: str, sentence: str) -> None:
    (tmp_path / "terms.toml").write_text(TERMS)
    (tmp_path / "readers.toml").write_text('person = "The person."')
    (tmp_path / "files.toml").write_text(lines)
    with pytest.raises(DataMapError, match=sentence):
        read(tmp_path)
