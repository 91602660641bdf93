"""The form of an assignment, as a teacher fills it in."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from assessment.models import Assignment
from assessment.testing import hand_in_for, set_work, start_work
from codeplatform.testing import Cast, a_folder, signed_in
from exercises.versions import create_exercise
from schools.models import School

BERLIN = ZoneInfo("Europe/Berlin")
TERMS = {
    "title": "Loops",
    "opens_at": "2026-11-20T08:00",
    "due_at": "2026-11-27T18:00",
    "closes_at": "2026-12-04T18:00",
    "grace_minutes": "10",
    "late_policy": "cap",
    "late_cap_percent": "60",
    "max_attempts": "3",
    "shows_results": "on release",
    "weight": "2",
}
NEW = "/assignments/new/"


@pytest.fixture
def teacher(cast: Cast) -> Client:
    School.objects.filter(pk=cast.home.school.pk).update(time_zone=BERLIN.key)
    return signed_in(cast.home["teacher"])


def form(cast: Cast, **changes: Any) -> dict[str, Any]:
    own, shared = cast.home.exercises["own"].pk, cast.home.exercises["shared"].pk
    chosen = {
        "classrooms": [cast.home.classrooms["10A"].pk],
        "exercises": [own, shared],
        f"points-{own}": "4",
        f"points-{shared}": "6",
    }
    return {**TERMS, **chosen, **changes}


def exercises_of(assignment: Assignment) -> list[tuple[str, int, int]]:
    return [(each.exercise.slug, each.position, each.points) for each in assignment.exercises.all()]


class TestNew:
    def test_it_is_set_as_typed_in_the_time_zone_of_the_school(self, cast: Cast, teacher: Client) -> None:
        response = teacher.post(NEW, form(cast))

        assignment = Assignment.objects.get()
        assert response.headers["Location"] == f"/assignments/{assignment.pk}/"
        assert (assignment.school, assignment.author) == (cast.home.school, cast.home["teacher"])
        assert [str(room) for room in assignment.classrooms.all()] == ["10A"]
        assert f"{assignment.due_at.astimezone(BERLIN):%Y-%m-%d %H:%M}" == "2026-11-27 18:00"
        assert f"{assignment.due_at:%H:%M}" == "17:00"
        assert exercises_of(assignment) == [("own", 1, 4), ("shared", 2, 6)]
        assert (assignment.late_policy, assignment.late_cap_percent, assignment.max_attempts) == ("cap", 60, 3)
        assert (assignment.shows_results, assignment.weight, assignment.grace_minutes) == ("on release", 2, 10)

    def test_the_page_of_a_class_leads_here_with_the_class_chosen(self, cast: Cast, teacher: Client) -> None:
        room = cast.home.classrooms["10A"].pk
        assert f'href="{NEW}?classroom={room}"' in teacher.get(f"/classes/{room}/").content.decode()
        page = teacher.get(f"{NEW}?classroom={room}&exercise={cast.home.exercises['own'].pk}")

        assert page.context["form"]["classrooms"].value() == [str(room)]
        assert [(row.exercise.slug, row.points) for row in page.context["picks"].rows] == [("own", "3")]

    def test_searching_adding_and_moving_lose_nothing_and_set_nothing(self, cast: Cast, teacher: Client) -> None:
        own, shared = (str(cast.home.exercises[name].pk) for name in ("own", "shared"))
        data = form(cast, exercises=[own], add=[shared], q="nonsense", title="  Half  ", due_at="soon", do="search")
        page = teacher.post(NEW, data)
        assert (page.status_code, page.context["topics"]) == (200, [])
        assert [str(row.exercise.pk) for row in page.context["picks"].rows] == [own, shared]
        assert page.context["form"]["title"].value() == "  Half  "
        assert 'value="soon"' in page.content.decode()
        assert "field-error" not in page.content.decode()

        moved = teacher.post(NEW, form(cast, do=f"down-{own}"))
        assert [str(row.exercise.pk) for row in moved.context["picks"].rows] == [shared, own]
        assert [row.points for row in moved.context["picks"].rows] == ["6", "4"]
        removed = teacher.post(NEW, form(cast, do=f"remove-{own}"))
        assert [str(row.exercise.pk) for row in removed.context["picks"].rows] == [shared]
        assert teacher.post(NEW, form(cast, do="explode")).status_code == 400
        assert not Assignment.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"title": ""}, "required"),
            ({"title": "a\u202eb"}, "cannot be shown"),
            ({"classrooms": []}, "Choose at least one class."),
            ({"exercises": []}, "Choose at least one exercise."),
            ({"exercises": ["x", "01a20000-0000-7000-8000-000000000000"]}, "not there any more"),
            ({"due_at": "2026-11-19T18:00"}, "It cannot be due before it opens."),
            ({"closes_at": "2026-11-26T18:00"}, "It cannot close before it is due."),
            ({"due_at": "", "closes_at": "2026-11-01T18:00"}, "It cannot close before it opens."),
            ({"due_at": "next week"}, "Give a day and a time"),
            ({"due_at": "9999-12-31T23:59"}, "Give a year"),
            ({"opens_at": "0001-01-01T00:00"}, "Give a year"),
            ({"late_cap_percent": "101"}, "less than or equal to 100"),
            ({"max_attempts": "0"}, "greater than or equal to 1"),
            ({"grace_minutes": "99999999999"}, "less than or equal to 1440"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_lost(
        self, cast: Cast, teacher: Client, changes: dict[str, Any], sentence: str
    ) -> None:
        page = teacher.post(NEW, form(cast, instructions="Typed with care", **changes))

        assert page.status_code == 400
        assert sentence in page.content.decode()
        assert "Typed with care" in page.content.decode()
        assert not Assignment.objects.exists()

    @pytest.mark.parametrize("points", ["", "0", "-1", "1001", "1.5", "x", "9" * 5000, "²"])
    def test_points_are_whole_numbers(self, cast: Cast, teacher: Client, points: str) -> None:
        key = f"points-{cast.home.exercises['own'].pk}"
        page = teacher.post(NEW, form(cast, **{key: points}))

        assert page.status_code == 400
        assert "Points are a whole number from 1 to 1000." in page.content.decode()

    def test_only_own_classes_and_exercises_one_sees(self, cast: Cast, teacher: Client) -> None:
        foreign = cast.away.exercises["shared"].pk
        assert teacher.post(NEW, form(cast, classrooms=[cast.home.classrooms["10B"].pk])).status_code == 400
        assert teacher.post(NEW, form(cast, exercises=[foreign], **{f"points-{foreign}": "5"})).status_code == 400
        colleague = signed_in(cast.home["colleague"])
        room = cast.home.classrooms["10B"].pk
        assert colleague.post(NEW, form(cast, classrooms=[room])).status_code == 400  # “own” is the teacher's alone
        assert not Assignment.objects.exists()

    def test_an_operator_keeps_to_one_school(self, cast: Cast) -> None:
        client, away = signed_in(cast.operator), cast.away.classrooms["10A"].pk
        both = [cast.home.classrooms["10A"].pk, away]
        assert "Choose classes of one school." in client.post(NEW, form(cast, classrooms=both)).content.decode()
        foreign = client.post(NEW, form(cast, classrooms=[away]))
        assert "Choose exercises of the school" in foreign.content.decode()


class TestCopy:
    def test_it_begins_as_the_other_with_its_dates_in_the_coming_week(self, cast: Cast, teacher: Client) -> None:
        with time_machine.travel("2026-10-12T09:00+02:00"):
            teacher.post(NEW, form(cast, opens_at="2026-10-12T08:00", due_at="2026-10-19T18:00", closes_at=""))
        source = Assignment.objects.get()
        with time_machine.travel("2026-11-03T12:00+01:00"):
            page = signed_in(cast.home["teacher"]).get(f"{NEW}?copy={source.pk}")

        html = page.content.decode()
        assert "its dates moved by 4 weeks" in html
        assert 'value="2026-11-09T08:00"' in html  # the clocks have changed in between
        assert 'value="2026-11-16T18:00"' in html
        assert [(row.exercise.slug, row.points) for row in page.context["picks"].rows] == [
            ("own", "4"),
            ("shared", "6"),
        ]
        assert page.context["form"]["late_policy"].value() == "cap"
        assert page.context["form"]["classrooms"].value() is None

    def test_somebody_elses_is_not_there_to_copy(self, cast: Cast, teacher: Client) -> None:
        foreign = set_work(cast.away.classrooms["10A"], cast.away.exercises["own"], title="Foreign")
        page = teacher.get(f"{NEW}?copy={foreign.pk}")

        assert page.context["picks"].rows == []
        assert "Foreign" not in page.content.decode()


class TestEdit:
    def url(self, assignment: Assignment) -> str:
        return f"/assignments/{assignment.pk}/edit/"

    def test_dates_and_order_change_and_exercises_come_and_go(
        self, cast: Cast, teacher: Client, assignment: Assignment
    ) -> None:
        added = create_exercise(a_folder(slug="added"), author=cast.home["teacher"], school=cast.home.school)
        shared = cast.home.exercises["shared"].pk
        first = assignment.exercises.get()
        data = form(cast, exercises=[added.pk, shared], **{f"points-{added.pk}": "5"})
        assert teacher.post(self.url(assignment), data).status_code == 302

        assignment.refresh_from_db()
        assert assignment.title == "Loops"
        assert exercises_of(assignment) == [("added", 1, 5), ("shared", 2, 6)]
        assert assignment.exercises.get(exercise=shared).pk == first.pk
        again = teacher.get(self.url(assignment)).content.decode()
        assert 'value="2026-11-27T18:00"' in again

    def test_what_somebody_has_begun_stays(self, cast: Cast, teacher: Client, assignment: Assignment) -> None:
        start_work(cast.home["ada"], assignment.exercises.get())
        page = teacher.post(self.url(assignment), form(cast, exercises=[cast.home.exercises["own"].pk]))

        assert page.status_code == 400
        sentence = "“Exercise shared of home” stays in the assignment: 1 student has begun it."
        assert sentence in page.content.decode()
        assert [row.exercise.slug for row in page.context["picks"].rows] == ["own", "shared"]
        assert exercises_of(assignment) == [("shared", 1, 10)]

    def test_a_class_that_has_begun_stays_too(self, cast: Cast, assignment: Assignment) -> None:
        start_work(cast.home["ada"], assignment.exercises.get())
        head, other = signed_in(cast.home["head"]), cast.home.classrooms["10B"]
        page = head.post(self.url(assignment), form(cast, classrooms=[other.pk]))
        assert page.status_code == 400
        assert "Students of 10A have begun this, so it stays set to them." in page.content.decode()

        both = [cast.home.classrooms["10A"].pk, other.pk]
        assert head.post(self.url(assignment), form(cast, classrooms=both)).status_code == 302
        # Now the teacher of 10A looks after one of two classes.
        assert signed_in(cast.home["teacher"]).get(self.url(assignment)).status_code == 403
        assert signed_in(cast.home["dan"]).get(f"/assignments/{assignment.pk}/").status_code == 200

    def test_new_points_are_not_given_to_old_marks_unseen(
        self, cast: Cast, teacher: Client, assignment: Assignment
    ) -> None:
        hand_in_for(cast.home["ada"], assignment.exercises.get())
        page = teacher.post(self.url(assignment), form(cast), follow=True)

        assert "keeps its marks out of the old points until you re-mark it" in page.content.decode()

    def test_an_archived_exercise_can_stay(self, cast: Cast, teacher: Client, assignment: Assignment) -> None:
        cast.home.exercises["shared"].archived_at = timezone.now() - timedelta(days=1)
        cast.home.exercises["shared"].save()
        assert teacher.post(self.url(assignment), form(cast)).status_code == 302
        assert exercises_of(assignment) == [("own", 1, 4), ("shared", 2, 6)]
