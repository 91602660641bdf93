"""The class grid: what its cells say, in which order, and when it says that nothing has changed."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessment.grid import Cell, columns_of, grid_of
from assessment.grid_cells import CellWriter
from assessment.marks import add_mark
from assessment.models import Assignment, Extension, Mark, Work
from assessment.testing import hand_in_for, set_work, start_work
from codeplatform.testing import Cast, signed_in

HOUR = timedelta(hours=1)


@pytest.fixture
def homework(cast: Cast) -> Assignment:
    """Both exercises, due an hour ago; late work is worth half."""
    school = cast.home
    return set_work(
        school.classrooms["10A"],
        *school.exercises.values(),
        author=school["teacher"],
        opens_at=timezone.now() - 24 * HOUR,
        due_at=timezone.now() - HOUR,
        late_policy=Assignment.LatePolicy.CAP,
    )


def cells(cast: Cast, student: str) -> list[Cell]:
    classroom, teacher = cast.home.classrooms["10A"], cast.home["teacher"]
    grid = grid_of(classroom, teacher, columns_of(classroom, teacher))
    return next(row.cells for row in grid.rows if row.student == cast.home[student])


def labels(cast: Cast, student: str) -> list[str]:
    return [CellWriter().show(cell).label for cell in cells(cast, student)]


class TestCells:
    def test_say_how_far_each_student_is(self, cast: Cast, homework: Assignment) -> None:
        first, second = homework.exercises.all()
        ada, ben = cast.home["ada"], cast.home["ben"]
        early = timezone.now() - 2 * HOUR
        hand_in_for(ada, first, received_at=early)
        verified = hand_in_for(ada, second, received_at=early)
        add_mark(verified, Mark.Source.VERIFIED, Decimal(10), 10)
        Work.objects.filter(pk=start_work(ben, first).pk).update(check_count=3, best_percent=40)
        Work.objects.filter(pk=start_work(ben, second).pk).update(check_count=7, checks_since_better=5)

        assert labels(cast, "ada") == ["Handed in, 10 of 10 claimed", "Verified, 10 of 10"]
        assert labels(cast, "ben") == [
            "Working, 40% in the best of 3 checks, late",
            "Stuck, 0% in the best of 7 checks, late",
        ]
        assert labels(cast, "cleo") == ["Not started, late"] * 2

    def test_tell_claimed_from_verified_and_from_what_the_teacher_set(self, cast: Cast, homework: Assignment) -> None:
        first, second = homework.exercises.all()
        early = timezone.now() - 2 * HOUR
        fallen = hand_in_for(cast.home["ada"], first, received_at=early)
        add_mark(fallen, Mark.Source.VERIFIED, Decimal("6.50"), 10)
        given = hand_in_for(cast.home["ada"], second, share=0, received_at=early)
        add_mark(given, Mark.Source.VERIFIED, Decimal(0), 10)
        add_mark(given, Mark.Source.OVERRIDE, Decimal(4), 10, author=cast.home["teacher"], reason="Good idea")

        assert labels(cast, "ada") == ["Verified, 6.5 of 10, differs from 10 claimed", "Set by teacher, 4 of 10"]
        assert [cell.state.value for cell in cells(cast, "ada")] == ["differs", "override"]

    def test_count_the_last_attempt_and_what_lateness_leaves(self, cast: Cast, homework: Assignment) -> None:
        first, second = homework.exercises.all()
        hand_in_for(cast.home["ada"], first, received_at=timezone.now() - 2 * HOUR)
        hand_in_for(cast.home["ada"], first, share=Decimal("0.2"))
        hand_in_for(cast.home["ada"], second)
        Extension.objects.create(assignment=homework, student=cast.home["ben"], due_at=timezone.now() + HOUR)
        hand_in_for(cast.home["ben"], second)

        assert labels(cast, "ada") == [
            "Handed in, 2 of 10 claimed, late, attempt 2",
            "Handed in, 5 of 10 claimed, late",
        ]
        assert labels(cast, "ben") == ["Not started", "Handed in, 10 of 10 claimed"]

    def test_are_of_open_assignments_of_this_class(self, cast: Cast, homework: Assignment) -> None:
        school = cast.home
        room, shared = school.classrooms["10A"], school.exercises["shared"]
        set_work(room, shared, title="Next week", opens_at=timezone.now() + HOUR)
        set_work(room, shared, title="Last year", archived_at=timezone.now())
        set_work(school.classrooms["10B"], shared, title="Of 10B")
        set_work(cast.away.classrooms["10A"], cast.away.exercises["shared"], title="Of away")

        columns = columns_of(room, school["teacher"])
        assert {column.assignment for column in columns} == {homework}


class TestPage:
    def url(self, cast: Cast, **parameters: str) -> str:
        query = "&".join(f"{name}={value}" for name, value in parameters.items())
        return f"/classes/{cast.home.classrooms['10A'].pk}/grid/?{query}"

    def names(self, client: Client, url: str) -> list[str]:
        """The students who are shown, from top to bottom."""
        response = client.get(url)
        return [row.student.short_name for row, is_shown, _ in response.context["rows"] if is_shown]

    def test_sorts_and_filters(self, cast: Cast, homework: Assignment) -> None:
        first, second = homework.exercises.all()
        early = timezone.now() - 2 * HOUR
        hand_in_for(cast.home["ben"], first, share=Decimal("0.5"), received_at=early)
        hand_in_for(cast.home["cleo"], first, received_at=early)
        hand_in_for(cast.home["cleo"], second, received_at=early)
        Work.objects.filter(pk=start_work(cast.home["ben"], second).pk).update(checks_since_better=9)
        cast.home["ben"].last_seen_at = timezone.now()
        cast.home["ben"].save(update_fields=["last_seen_at"])
        teacher = signed_in(cast.home["teacher"])

        orders = {sort: self.names(teacher, self.url(cast, sort=sort)) for sort in ("name", "total", "seen", "stuck")}
        assert orders == {
            "name": ["ada", "ben", "cleo"],
            "total": ["cleo", "ben", "ada"],
            "seen": ["ben", "ada", "cleo"],
            "stuck": ["ben", "ada", "cleo"],
        }
        shows = ("stuck", "late", "not-started", "claimed", "nonsense")
        assert {show: self.names(teacher, self.url(cast, show=show)) for show in shows} == {
            "stuck": ["ben"],
            "late": ["ada", "ben"],
            "not-started": ["ada"],
            "claimed": ["ben", "cleo"],
            "nonsense": ["ada", "ben", "cleo"],
        }

    def test_shows_one_assignment_and_no_foreign_one(self, cast: Cast, homework: Assignment) -> None:
        other = set_work(cast.home.classrooms["10A"], cast.home.exercises["own"], title="Another")
        foreign = set_work(cast.away.classrooms["10A"], cast.away.exercises["own"])
        teacher = signed_in(cast.home["teacher"])

        assert len(teacher.get(self.url(cast)).context["columns"]) == 3
        assert len(teacher.get(self.url(cast, assignment=str(other.pk))).context["columns"]) == 1
        for wrong in (foreign.pk, "x", "%00"):
            assert teacher.get(self.url(cast, assignment=str(wrong))).status_code == 404

    def test_says_in_one_query_that_nothing_has_changed(self, cast: Cast, homework: Assignment) -> None:
        first, _ = homework.exercises.all()
        teacher = signed_in(cast.home["teacher"])

        def since() -> str:
            return self.url(cast, since=teacher.get(self.url(cast)).context["change"])

        with CaptureQueriesContext(connection) as captured:
            response = teacher.get(url := since())
        assert (response.status_code, response.content) == (204, b"")
        with CaptureQueriesContext(connection) as captured:
            teacher.get(url)
        assert len(captured) == 3  # beside session and user

        work = start_work(cast.home["ada"], first)
        assert teacher.get(url).status_code == 200
        Work.objects.filter(pk=work.pk).update(check_count=1, best_percent=50)
        assert "50%" in teacher.get(url).content.decode()
        steps = [
            lambda: hand_in_for(cast.home["ada"], first),
            lambda: add_mark(work.submissions.get(), Mark.Source.VERIFIED, Decimal(3), 10),
            lambda: Extension.objects.create(
                assignment=homework, student=cast.home["ada"], due_at=timezone.now() + HOUR
            ),
        ]
        for step in steps:
            url = since()
            step()
            fragment = teacher.get(url)
            assert fragment.status_code == 200
            assert not re.search("<html|<script", fragment.content.decode())

    def test_changes_when_something_comes_to_be_late(self, cast: Cast) -> None:
        due = timezone.now() + HOUR
        room = cast.home.classrooms["10A"]
        set_work(room, cast.home.exercises["own"], due_at=due, grace_minutes=5)
        teacher = signed_in(cast.home["teacher"])
        url = self.url(cast, since=teacher.get(self.url(cast)).context["change"])
        with time_machine.travel(due + timedelta(minutes=4)):
            assert teacher.get(url).status_code == 204
        with time_machine.travel(due + timedelta(minutes=6)):
            assert "Not started, late" in teacher.get(url).content.decode()

    def test_tells_others_nothing_by_its_change_number(self, cast: Cast, homework: Assignment) -> None:
        url = self.url(cast, since=signed_in(cast.home["teacher"]).get(self.url(cast)).context["change"])

        assert signed_in(cast.home["colleague"]).get(url).status_code == 404
        assert signed_in(cast.home["ada"]).get(url).status_code == 403

    def test_writes_names_as_text(self, cast: Cast, homework: Assignment) -> None:
        cast.home["ada"].display_name = "<b>Ada</b>"
        cast.home["ada"].save(update_fields=["display_name"])
        Assignment.objects.filter(pk=homework.pk).update(title='"><script>')

        page = signed_in(cast.home["teacher"]).get(self.url(cast)).content.decode()
        assert "&lt;b&gt;Ada" in page and "<b>Ada" not in page and '"><script>' not in page
