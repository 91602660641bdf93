"""Schools that are not here register their interest: kept once, answered by mail, and read by operators alone."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from codeplatform.testing import Cast, signed_in
from schools.interest import AN_HOUR_FROM_ONE_ADDRESS
from schools.models import Interest

FORM = {
    "name": "Grace Hopper",
    "school_name": "Elm School, York",
    "works_as": "teacher",
    "email": "grace@elm.example.org",
    "message": "Two classes.\r\nYear 10.",
    "consent": "on",
}
pytestmark = pytest.mark.django_db


def send(client: Client | None = None, address: str = "203.0.113.5", **changes: Any) -> HttpResponse:
    return (client or Client()).post("/interest/", {**FORM, **changes}, REMOTE_ADDR=address)


class TestForm:
    def test_what_was_written_is_kept_and_thanked_for(self) -> None:
        response = send()

        assert (response.status_code, response.headers["Location"]) == (302, "/interest/thanks/")
        assert Client().get("/interest/thanks/").status_code == 200
        row = Interest.objects.get()
        assert [row.name, row.school_name, row.works_as, row.email] == [*FORM.values()][:4]
        assert row.message == "Two classes.\nYear 10."

    def test_sent_twice_it_is_kept_once(self) -> None:
        statuses = [send().status_code, send(email="GRACE@elm.example.org", website="").status_code]

        assert statuses == [302, 302]
        assert Interest.objects.count() == 1

    @pytest.mark.parametrize("field", ["name", "school_name", "works_as", "email", "consent"])
    def test_what_is_missing_is_said_beside_its_field(self, field: str) -> None:
        response = send(**{field: ""})

        assert response.status_code == 400
        assert list(response.context["form"].errors) == [field]
        body = response.content.decode()
        assert f'aria-describedby="id_{field}' in body and f'id="id_{field}_error"' in body
        assert "Two classes." in body
        assert not Interest.objects.exists()

    @pytest.mark.parametrize("field", ["name", "school_name", "email", "message"])
    @pytest.mark.parametrize("odd", ["a\x00b", "\ud800", "x" * 1_000_000, "a\x1b[31mb", "a\x85b"])
    def test_odd_text_is_refused_with_a_sentence(self, field: str, odd: str) -> None:
        fields = {**FORM, field: odd}
        body = "&".join(f"{key}={quote(value.encode(errors='surrogatepass'))}" for key, value in fields.items())
        response = Client().post("/interest/", body, content_type="application/x-www-form-urlencoded")

        assert response.status_code == 400
        assert list(response.context["form"].errors) == [field]

    @pytest.mark.parametrize("name", ["=cmd|A0", "<b>Zoë</b>", "\u202egnihtemos", "a\u00adb", "O’Brien\u200b"])
    def test_odd_names_are_text_and_nothing_invisible_is_kept(self, name: str) -> None:
        assert send(name=name).status_code == 302
        assert Interest.objects.get().name.isprintable()

    def test_a_program_that_fills_in_everything_is_asked_again_and_a_person_loses_nothing(self) -> None:
        response = send(website="https://spam.example")
        body = response.content.decode()

        assert response.status_code == 400
        assert not Interest.objects.exists()
        assert "Grace Hopper" in body and "spam.example" not in body
        assert 'visually-hidden" aria-hidden' not in body

    def test_whoever_is_signed_in_may_too(self, cast: Cast) -> None:
        assert send(signed_in(cast.home["teacher"])).status_code == 302


class TestLimit:
    def test_a_staff_room_may_send_several_and_a_flood_is_held_back(self) -> None:
        with time_machine.travel(timezone.now(), tick=False) as clock:
            sent = [send(name=f"Person {chr(97 + n)}").status_code for n in range(AN_HOUR_FROM_ONE_ADDRESS)]
            assert set(sent) == {302}
            refused = send(name="One too many")
            assert refused.status_code == 429
            assert b"One too many" in refused.content and b"in 5 minutes" in refused.content
            assert send(name="Person a").status_code == 302  # the same as before costs nothing
            assert send(name="Elsewhere", address="198.51.100.1").status_code == 302
            clock.shift(int(refused.headers["Retry-After"]))
            assert send(name="One too many").status_code == 302
            assert send(name="Again too many").status_code == 429

    def test_an_ipv6_network_is_one_address(self) -> None:
        sent = [send(name="P" + chr(97 + n), address=f"2001:db8::{n:x}").status_code for n in range(13)]

        assert sent == [*[302] * AN_HOUR_FROM_ONE_ADDRESS, 429]

    def test_no_address_is_kept(self) -> None:
        send()

        assert "203.0.113.5" not in repr(list(Interest.objects.values()))


@pytest.fixture
def _mail_is_set_up(settings: Any) -> None:
    settings.SENDS_MAIL = True
    settings.DEFAULT_FROM_EMAIL = "site@example.org"
    settings.INTEREST_EMAIL = "office@example.org"


@pytest.mark.usefixtures("_mail_is_set_up")
class TestMail:
    def test_confirms_without_a_word_of_what_was_typed_and_tells_the_operator_without_names(self) -> None:
        send(message="Buy now: https://spam.example", name="Visit spam.example", school_name="spam.example")
        confirmation, note = mail.outbox

        assert (confirmation.to, confirmation.reply_to) == (["grace@elm.example.org"], ["office@example.org"])
        assert note.to == ["office@example.org"]
        assert "365 days" in confirmation.body and "office@example.org" in confirmation.body
        assert not [sent for sent in mail.outbox if "spam" in str(sent.message()) or "Visit" in str(sent.message())]
        assert Interest.objects.get().confirmed_at

    def test_an_address_gets_one_a_day(self) -> None:
        for name in ("Ada", "Grace"):
            send(name=name)

        assert [sent.to for sent in mail.outbox].count(["grace@elm.example.org"]) == 1
        with time_machine.travel(timezone.now() + timedelta(days=2)):
            send(name="Mary")
        assert [sent.to for sent in mail.outbox].count(["grace@elm.example.org"]) == 2

    @pytest.mark.parametrize(
        "email",
        [
            "a@example.org\nBcc: all@example.org",
            "a@example.org%0aBcc: all@example.org",
            "a@example.org, b@example.org",
            "a@example.org\r\n\r\nHello",
            '"a\\\nb"@example.org',
            "A <a@example.org>",
            "ſ@example.org",
        ],
    )
    def test_nothing_can_be_put_into_its_head(self, email: str) -> None:
        assert send(email=email).status_code == 400
        assert mail.outbox == []

    def test_a_name_has_one_line(self) -> None:
        assert send(name="Grace\r\nBcc: all@example.org").status_code == 400

    def test_a_broken_mail_server_loses_nothing(self, settings: Any) -> None:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # where nobody listens
        response = send()

        assert response.status_code == 302
        assert Interest.objects.get().confirmed_at is None


def test_without_a_mail_server_nothing_is_sent() -> None:
    send()

    assert mail.outbox == []


class TestAdmin:
    def test_operators_read_search_and_delete(self, cast: Cast) -> None:
        send()
        client, row = signed_in(cast.operator), Interest.objects.get()
        url = f"/admin/schools/interest/{row.pk}"

        assert "Elm School" in client.get("/admin/schools/interest/?q=elm").content.decode()
        assert "Two classes." in client.get(f"{url}/change/").content.decode()
        assert client.post(f"{url}/change/", {"name": "x"}).status_code == 403
        assert client.post(f"{url}/delete/", {"post": "yes"}).status_code == 302
        assert not Interest.objects.exists()

    @pytest.mark.parametrize("who", ["head", "teacher", "ada"])
    def test_nobody_in_a_school_sees_any(self, cast: Cast, who: str) -> None:
        send()
        client = signed_in(cast.home[who])

        assert list(Interest.objects.visible_to(cast.home[who])) == []
        assert client.get("/admin/schools/interest/").status_code in {302, 403}
        assert "interest" not in client.get("/admin/", follow=True).content.decode().lower()

    def test_the_list_is_exported_with_harmless_cells(self, cast: Cast) -> None:
        send(name='=HYPERLINK("http://x.example";"Grace")', message="+1\n@x")
        response = signed_in(cast.operator).post("/admin/schools/interest/export/", {"format": "csv"})
        header, row = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))

        assert header == ["Registered", "Name", "School", "Works as", "E-mail", "Message"]
        assert row[1].startswith("'=") and row[5] == "'+1 @x"
        assert row[3] == "Teacher"
