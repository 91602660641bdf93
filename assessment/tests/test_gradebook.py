"""The gradebook: what marks come to, as a page, as a spreadsheet, and for one student's parents."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import User
from assessment.distribution import histogram, spread_of
from assessment.gradebook import Score, overall
from assessment.grid import Cell, State
from assessment.marks import add_mark
from assessment.models import Assignment, Comment, Mark, Submission
from assessment.testing import hand_in_for, set_work
from codeplatform.testing import Cast, signed_in
from schools.audit_events import AuditEvent, What

DAY = timedelta(days=1)


@pytest.fixture
def exam(cast: Cast) -> Assignment:
    """Set first, with two exercises and double weight."""
    school = cast.home
    room, own, shared = school.classrooms["10A"], school.exercises["own"], school.exercises["shared"]
    values = {"title": "=Test", "weight": 2, "opens_at": timezone.now() - 9 * DAY}
    return set_work(room, own, shared, author=school["teacher"], **values)


@pytest.fixture
def homework(cast: Cast) -> Assignment:
    """One exercise of weight 1, due two days ago; late work is worth half."""
    school = cast.home
    terms = {"due_at": timezone.now() - 2 * DAY, "late_policy": "cap", "opens_at": timezone.now() - 8 * DAY}
    return set_work(school.classrooms["10A"], school.exercises["own"], author=school["teacher"], **terms)


@pytest.fixture
def handed_in(cast: Cast, exam: Assignment, homework: Assignment) -> list[Submission]:
    """Ada: 0 and 6.5 (verified) of 20, 5 of 10 as it was late. Ben: the first exercise in full. Cleo: nothing."""
    first, second = exam.exercises.all()
    ada, ben = cast.home["ada"], cast.home["ben"]
    fallen = hand_in_for(ada, second)
    add_mark(fallen, Mark.Source.VERIFIED, Decimal("6.50"), 10)
    submissions = [hand_in_for(ada, first, share=0), fallen, hand_in_for(ada, homework.exercises.get())]
    return [*submissions, hand_in_for(ben, first)]


def url(cast: Cast, rest: str = "") -> str:
    return f"/classes/{cast.home.classrooms['10A'].pk}/gradebook/{rest}"


@pytest.fixture
def teacher(cast: Cast) -> Client:
    return signed_in(cast.home["teacher"])


def sheet(response: HttpResponse) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


class TestTotals:
    def test_leave_out_what_has_no_mark_and_count_a_zero(self) -> None:
        nothing, zero = Score(Decimal(0), Decimal(0), 0, 1), Score(Decimal(0), Decimal(10), 1, 1)
        half = Score(Decimal(5), Decimal(10), 1, 1)
        assert overall([(nothing, 1)]) is None
        assert overall([(zero, 1), (nothing, 5)]) == 0
        assert overall([(zero, 1), (half, 3)]) == Decimal("37.5")
        assert overall([(half, 0)]) is None

    def test_of_the_class(self, cast: Cast, teacher: Client, handed_in: list[Submission]) -> None:
        book = teacher.get(url(cast)).context["book"]

        assert [assignment.title for assignment in book.assignments] == ["=Test", "Homework"]
        found = [([score.percent for score in line.scores], line.overall, line.handed_in_count) for line in book.lines]
        assert found == [
            ([Decimal("32.5"), Decimal("50.0")], Decimal("38.3"), 3),
            ([Decimal("100.0"), None], Decimal("100.0"), 1),
            ([None, None], None, 0),
        ]

    def test_and_of_one_assignment(self, cast: Cast, teacher: Client, handed_in: list[Submission]) -> None:
        test = Assignment.objects.get(title="=Test")
        response = teacher.get(url(cast, f"?assignment={test.pk}"))

        shown = [[cell and cell.label for cell in cells] for _, cells in response.context["lines"]]
        assert shown == [
            ["Handed in, 0 of 10 claimed", "Verified, 6.5 of 10, differs from 10 claimed"],
            ["Handed in, 10 of 10 claimed", None],
            [None, None],
        ]
        assert "6.5 of 20" in response.content.decode()

    def test_keep_what_is_archived(self, cast: Cast, teacher: Client, handed_in: list[Submission]) -> None:
        Assignment.objects.update(archived_at=timezone.now())
        assert len(teacher.get(url(cast)).context["book"].assignments) == 2


class TestExport:
    def test_has_zeros_and_blanks_where_they_are_meant(
        self, cast: Cast, teacher: Client, handed_in: list[Submission]
    ) -> None:
        response = teacher.get(url(cast, "export/"))
        headings, ada, ben, cleo = sheet(response)

        assert headings[:5] == [
            "Student",
            "Login name",
            "'=Test: Exercise own of home (of 10)",
            "'=Test: Exercise own of home: state",
            "'=Test: Exercise own of home: late",
        ]
        assert headings[-6:] == [
            *("Homework: points", "Homework: out of", "Homework: percent"),
            *("Handed in", "Exercises", "Overall percent"),
        ]
        assert ada == [
            *("ada", "ada@home", "0", "claimed", "", "6.5", "verified", "", "6.5", "20", "32.5"),
            *("5", "claimed", "late", "5", "10", "50", "3", "3", "38.3"),
        ]
        assert ben[2:11] == ["10", "claimed", "", "", "", "", "10", "10", "100"]
        assert cleo[2:] == [""] * 15 + ["0", "3", ""]
        assert "attachment" in response.headers["Content-Disposition"]

    def test_as_a_workbook_has_numbers(self, cast: Cast, teacher: Client, handed_in: list[Submission]) -> None:
        response = teacher.get(url(cast, "export/?format=xlsx"))

        rows: list[Any] = list(openpyxl.load_workbook(io.BytesIO(response.content)).active.values)
        assert rows[0][2].startswith("'=Test")
        assert (rows[1][2], rows[1][5], rows[3][2]) == (0, 6.5, None)

    @pytest.mark.parametrize("format", ["csv", "xlsx"])
    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "|", "%", "＝"])
    def test_no_name_is_a_formula(
        self, cast: Cast, teacher: Client, homework: Assignment, start: str, format: str
    ) -> None:
        User.objects.filter(pk=cast.home["ada"].pk).update(display_name=f"{start}1+1")
        response = teacher.get(url(cast, f"export/?format={format}"))

        if format == "csv":
            names = [row[0] for row in sheet(response)]
        else:
            names = [row[0] for row in openpyxl.load_workbook(io.BytesIO(response.content)).active.values]
        (name,) = [name for name in names if "1+1" in name]
        assert name.startswith("'")

    def test_is_in_the_trail_and_in_no_other_format(self, cast: Cast, teacher: Client, homework: Assignment) -> None:
        for wrong in ("html", "", "../csv"):
            assert teacher.get(url(cast, f"export/?format={wrong}")).status_code == 400
        assert not AuditEvent.objects.filter(what=What.EXPORTED).exists()
        teacher.get(url(cast, f"export/?format=xlsx&assignment={homework.pk}"))

        event = AuditEvent.objects.get(what=What.EXPORTED)
        assert (event.actor, event.school, event.details["kind"]) == (
            cast.home["teacher"].pk,
            cast.home.school,
            "marks",
        )


class TestPageOfAStudent:
    def test_has_what_is_released(self, cast: Cast, teacher: Client, handed_in: list[Submission]) -> None:
        zero, fallen, late, _ = handed_in
        Assignment.objects.filter(title="Homework").update(shows_results="on release")
        for submission in (fallen, late):
            Comment.objects.create(
                submission=submission, author=cast.home["teacher"], text=f"<i>About {submission.pk}</i>"
            )
        Comment.objects.create(submission=zero, author=cast.home["ada"], text="Sorry, I was ill.")
        ada = cast.home["ada"]
        page = teacher.get(url(cast, f"{ada.pk}/")).content.decode()

        assert f"&lt;i&gt;About {fallen.pk}" in page
        assert f"About {late.pk}" not in page and "Homework" not in page
        assert "Sorry" not in page
        assert "32.5" in page and "38.3" not in page

        Assignment.objects.filter(title="Homework").update(released_at=timezone.now())
        page = teacher.get(url(cast, f"{ada.pk}/")).content.decode()
        assert f"About {late.pk}" in page and "38.3" in page

    def test_is_of_the_students_of_the_class(self, cast: Cast, teacher: Client) -> None:
        for stranger in (cast.home["dan"], cast.home["teacher"], cast.away["ada"]):
            assert teacher.get(url(cast, f"{stranger.pk}/")).status_code == 404


class TestCharts:
    def test_a_bar_has_all_students(self) -> None:
        def cell(points: int) -> Cell:
            return Cell(State.VERIFIED, False, Decimal(points), Decimal(10), attempt=2)

        spread = spread_of([cell(10), cell(10), cell(7), cell(0), Cell(State.WORKING, True)])
        assert [(part.count, part.start, part.width) for part in spread.parts] == [(2, 0, 40), (1, 40, 20), (1, 60, 20)]
        assert spread.words == "4 of 5 handed in, 2 full marks, 1 half or more, 1 less than half, mean 67.5 %"
        assert spread.mean_attempts == 2
        assert spread_of([]).words == "0 of 0 handed in"

    def test_the_last_step_has_full_marks(self) -> None:
        bins = histogram([Decimal(0), Decimal("9.9"), Decimal(10), Decimal(100), Decimal(120)])
        assert [bin.count for bin in bins] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]
        assert (bins[0].name, bins[-1].name, bins[1].height) == ("0–9", "90–100", 50)
