"""Lists out of the admin and people into it, as spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from codeplatform.testing import Cast, signed_in
from schools.audit_events import AuditEvent, What
from schools.models import Classroom
from schools.sheet_cells import harmless

PEOPLE = "/admin/accounts/user/"
IMPORT = f"{PEOPLE}import/"


@pytest.fixture
def head(cast: Cast) -> Client:
    return signed_in(cast.home["head"])


def sheet(response: HttpResponse) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def upload(client: Client, data: str | bytes, **more: Any) -> HttpResponse:
    body = data if isinstance(data, bytes) else data.encode()
    return client.post(IMPORT, {"file": SimpleUploadedFile("people.csv", body), **more})


def problems(response: HttpResponse) -> dict[int, str]:
    return dict(response.context["outcome"].problems)


class TestExport:
    def test_has_the_own_school_as_filtered(self, cast: Cast, head: Client) -> None:
        response = head.post(f"{PEOPLE}export/?role=teacher", {"format": "csv"})

        header, *rows = sheet(response)
        assert header == ["Name", "Login name", "Role", "Class", "Account", "Last seen"]
        assert [row[1] for row in rows] == ["colleague@home", "teacher@home"]
        assert rows[1][2:5] == ["Teacher", "10A", "Open"]
        assert "attachment" in response.headers["Content-Disposition"]

    def test_as_a_workbook(self, cast: Cast, head: Client) -> None:
        response = head.post("/admin/schools/classroom/export/", {"format": "xlsx"})

        rows = list(openpyxl.load_workbook(io.BytesIO(response.content)).active.values)
        assert [row[0] for row in rows] == ["Class", "10A", "10B"]
        assert rows[1][3] == "3"

    @pytest.mark.parametrize("name", ["accounts/user", "schools/classroom", "schools/enrolment", "schools/auditevent"])
    @pytest.mark.parametrize("format", ["csv", "xlsx"])
    def test_tells_nothing_of_another_school_and_is_in_the_trail(
        self, cast: Cast, head: Client, name: str, format: str
    ) -> None:
        Classroom.objects.filter(pk=cast.away.classrooms["10A"].pk).update(name="Zweitschule")
        response = head.post(f"/admin/{name}/export/", {"format": format})

        content = response.content
        if format == "xlsx":
            cells = openpyxl.load_workbook(io.BytesIO(content)).active.values
            content = repr(list(cells)).encode()
        assert b"away" not in content and b"Zweitschule" not in content and b"argon2" not in content
        event = AuditEvent.objects.get(what=What.EXPORTED)
        assert (event.actor, event.school, event.details["format"]) == (cast.home["head"].pk, cast.home.school, format)

    @pytest.mark.parametrize("format", ["html", "yaml", "json", "", "0", "pickle"])
    def test_in_no_other_format(self, head: Client, format: str) -> None:
        response = head.post(f"{PEOPLE}export/", {"format": format})

        assert response.headers["Content-Type"].startswith("text/html")
        assert not AuditEvent.objects.filter(what=What.EXPORTED).exists()

    def test_looking_at_the_page_takes_nothing(self, head: Client) -> None:
        assert head.get(f"{PEOPLE}export/").status_code == 200
        assert not AuditEvent.objects.filter(what=What.EXPORTED).exists()

    def test_a_column_cannot_be_asked_about(self, head: Client) -> None:
        assert head.post(f"{PEOPLE}export/?password__startswith=a", {"format": "csv"}).status_code == 400
        assert head.post(f"{PEOPLE}export/?role=nonsense", {"format": "csv"}).status_code == 302

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "|", "%", " =", "＝", "\n@"])
    def test_no_cell_is_a_formula(self, cast: Cast, head: Client, start: str) -> None:
        User.objects.filter(pk=cast.home["ada"].pk).update(display_name=f"{start}1+1")
        rows = sheet(head.post(f"{PEOPLE}export/", {"format": "csv"}))

        (cell,) = [row[0] for row in rows if row[1] == "ada@home"]
        assert cell.startswith("'")

    def test_letters_that_a_workbook_cannot_hold(self, cast: Cast, head: Client) -> None:
        User.objects.filter(pk=cast.home["ada"].pk).update(display_name="A\x01\x0bda")

        assert head.post(f"{PEOPLE}export/", {"format": "xlsx"}).status_code == 200

    def test_plain_cells_stay_as_they_are(self) -> None:
        assert [harmless(cell) for cell in ("Ada", "O'Neill", "", None, 7, "a=b")] == [
            "Ada",
            "O'Neill",
            "",
            "",
            "7",
            "a=b",
        ]


class TestImport:
    def test_shows_what_it_would_make_then_makes_it(self, cast: Cast, head: Client) -> None:
        listed = upload(head, "Role,Name,Class,Login name\nStudent,Zoë Zettl,10A,\nteacher,Tom,10A; 10B,tom\n")
        assert not User.objects.filter(username__startswith="zoe").exists()
        assert [row["login"] for row in listed.context["outcome"].rows] == ["zoe.zettl", "tom"]

        response = head.post(IMPORT, {"sealed": listed.context["sealed"]})

        zoe, tom = User.objects.get(username="zoe.zettl@home"), User.objects.get(username="tom@home")
        phrases = {person.pk: phrase for person, phrase in response.context["made"]}
        assert zoe.check_password(phrases[zoe.pk]) and tom.check_password(phrases[tom.pk])
        assert (zoe.role, tom.role, zoe.school) == ("student", "teacher", cast.home.school)
        assert {row.classroom.name for row in tom.enrolments.all()} == {"10A", "10B"}
        assert AuditEvent.objects.get(what=What.IMPORTED).details == {"count": 2}

    def test_one_bad_line_and_nothing_is_made(self, head: Client) -> None:
        people = User.objects.count()
        lines = [
            "Name,Login name,Role,Class",
            "Good,good,,",
            "Taken,ada,,",
            "Twin,аda,,",
            "Boss,boss,school_admin,",
            "Root,root,operator,",
            "Foreign,eve@away,,",
            "Nowhere,n1,,99Z",
            ",n2,,",
            "Same,good,,",
        ]
        response = upload(head, "\n".join(lines))

        assert sorted(problems(response)) == [3, 4, 5, 6, 7, 8, 9, 10]
        assert User.objects.count() == people

    def test_a_class_of_another_school_is_no_class(self, cast: Cast, head: Client) -> None:
        Classroom.objects.create(school=cast.away.school, name="11X", year=2026)

        assert problems(upload(head, "Name,Class\nZoe,11X\n")) == {2: "There is no class 11X in use."}

    def test_columns_of_power_are_not_read(self, cast: Cast, head: Client) -> None:
        columns = "Name,is_superuser,school,school_id,password,is_staff,id"
        listed = upload(
            head, f"{columns}\nZoe,1,{cast.away.school.pk},{cast.away.school.pk},x,1,{cast.away['ada'].pk}\n"
        )
        head.post(IMPORT, {"sealed": listed.context["sealed"]})

        zoe = User.objects.get(username="zoe@home")
        assert (zoe.is_superuser, zoe.school, zoe.is_staff) == (False, cast.home.school, False)

    def test_what_happened_meanwhile_makes_nothing(self, cast: Cast, head: Client) -> None:
        listed = upload(head, "Name,Login name\nZoe,zoe\nTom,tom\n")
        User.objects.create_user("tom", school=cast.home.school)
        response = head.post(IMPORT, {"sealed": listed.context["sealed"]})

        assert list(problems(response)) == [3]
        assert not User.objects.filter(username="zoe@home").exists()

    def test_a_list_is_good_for_its_maker_and_for_an_hour(self, cast: Cast, head: Client) -> None:
        seal = upload(head, "Name\nZoe\n").context["sealed"]
        people = User.objects.count()
        for client, text in ((signed_in(cast.away["head"]), seal), (head, seal[:-1]), (head, "x"), (head, "")):
            assert client.post(IMPORT, {"sealed": text}).status_code == 302
        with time_machine.travel("2100-01-01"):
            signed_in(cast.home["head"]).post(IMPORT, {"sealed": seal})

        assert User.objects.count() == people

    def test_operators_say_which_school(self, cast: Cast) -> None:
        client = signed_in(cast.operator)
        listed = upload(client, "Name,Class\nZoe,10A\n", school=cast.away.school.pk)
        client.post(IMPORT, {"sealed": listed.context["sealed"]})

        assert User.objects.get(username="zoe@away").enrolments.get().classroom == cast.away.classrooms["10A"]

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"Name\n",
            b"Nom\nZoe\n",
            b"Name,Name\nZoe,Zoe\n",
            b"\xff\xfe\x00",
            b"\x80\x81\n",
            b"PK\x03\x04 no workbook",
            b'Name\n"Zoe\n',
            b"Name\n" + b"x\n" * 201,
            b"Name\n" + b"x" * 1024**2,
            b"Name,Login name\n" + b"Zoe," + b"y" * 5000 + b"\n",
            b"Name,Role\nZoe\x00,\x00\n",
        ],
        ids=range(12),
    )
    def test_files_that_cannot_be_read_are_an_error_on_the_page(self, head: Client, data: bytes) -> None:
        people = User.objects.count()
        response = upload(head, data)

        assert response.status_code == 200
        assert response.context["form"].errors or problems(response)
        assert User.objects.count() == people

    def test_utf_16_semicolons_and_workbooks_are_read(self, head: Client) -> None:
        book = openpyxl.Workbook()
        for row in (["Name", "Login name"], ["Zoe", "zoe"]):
            book.active.append(row)
        data = io.BytesIO()
        book.save(data)
        for body in (
            "Name;Login name\r\nZoe;zoe\r\n".encode("utf-16"),
            "\ufeffName\tLogin name\nZoe\tzoe".encode(),
            data.getvalue(),
        ):
            assert [row["login"] for row in upload(head, body).context["outcome"].rows] == ["zoe"]
