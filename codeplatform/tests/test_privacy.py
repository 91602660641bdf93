"""The page on privacy says what the data map says: all of it, and nothing else."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client

from codeplatform import privacy
from codeplatform.data_duties.data_map import Deletion, FieldDuties, ModelDuties, Personal, data_map


def page() -> str:
    response = Client().get("/privacy/")
    assert response.status_code == 200
    return unescape(response.content.decode())


def a_model(**changes: Any) -> ModelDuties:
    field: dict[str, Any] = {
        "name": "shoe_size",
        "personal": Personal.DESCRIBES,
        "why": "Which shoes to hand out.",
        "retention": "For a fortnight.",
        "export": "yes",
        "no_export": "",
        "deletion": Deletion.WITH_PERSON,
    }
    return ModelDuties(
        "shoes.Shoe", "Shoes", "What is worn.", "The porter.", {"shoe_size": FieldDuties(**field | changes)}
    )


def test_every_field_that_is_about_people_is_on_the_page_with_its_reason_and_term() -> None:
    text, models = page(), [model for model in data_map().values() if model.is_personal]

    assert len(models) > 20
    for model in models:
        _, _, rest = text.partition(f'<p id="{model.name.replace(".", "-")}">')
        section = rest.partition("</details>")[0]
        assert model.about in section and model.readers in text, model.name
        for field in model.fields.values():
            assert f"<code>{field.name}</code>" in section, (model.name, field.name)
            assert field.why in section, (model.name, field.name)
            assert field.personal == Personal.NONE or field.retention in section, (model.name, field.name)


def test_every_other_table_is_named() -> None:
    text = page()

    assert [
        m.name for m in data_map().values() if not m.is_personal and f"<b>{m.title}</b>: {m.about}" not in text
    ] == []


def test_the_page_follows_the_map(monkeypatch: pytest.MonkeyPatch) -> None:
    changed = {**data_map(), "shoes.Shoe": a_model()}
    monkeypatch.setattr(privacy, "data_map", lambda: changed)
    text = page()

    for sentence in ("Shoes", "What is worn.", "The porter.", "Which shoes to hand out.", "For a fortnight."):
        assert sentence in text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"deletion": Deletion.ON_REQUEST}, "An operator deletes it on request."),
        ({"export": "no", "no_export": "It wears off."}, "Not in an export: it wears off."),
        ({"deletion": Deletion.WITH_SCHOOL}, "Deleted with the school."),
    ],
)
def test_what_becomes_of_it_is_said(changes: dict[str, Any], sentence: str) -> None:
    [group] = privacy.groups({"shoes.Shoe": a_model(**changes)})

    assert sentence in group.models[0].deletion


class TestThisServer:
    def test_says_whether_it_sends_mail_and_whom_to_write_to(self, settings: Any) -> None:
        assert "This server sends none." in page()
        settings.SENDS_MAIL, settings.INTEREST_EMAIL = True, "office@example.org"
        text = page()

        assert "This server sends none." not in text
        assert 'href="mailto:office@example.org"' in text

    def test_says_whether_programs_may_ask_other_servers(self, settings: Any) -> None:
        assert "may ask a web address" in page()
        settings.SANDBOX_CONNECT_SRC = "'none'"
        assert "can ask no web address" in page()

    def test_says_when_it_is_not_encrypted(self, settings: Any) -> None:
        settings.HTTPS = True
        assert "Every page is encrypted" in page()
        settings.HTTPS = False
        assert "run without encryption" in page()

    def test_says_how_long_copies_are_kept(self, settings: Any) -> None:
        for days, said in ((35, "35 days at most"), (1, "1 day at most")):
            settings.BACKUP_KEEP_DAYS = days
            assert said in page()
