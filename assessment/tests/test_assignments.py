"""What is set, as staff look after it and as students find it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from assessment.assignment_lists import lists_for
from assessment.marks import add_mark
from assessment.models import Assignment, Extension, Mark, Work
from assessment.own_assignments import Group, own_assignments
from assessment.progress import topics_of
from assessment.tallies import Tally, tallies_of
from assessment.templatetags.deadlines import deadline_in_words
from assessment.testing import hand_in_for, set_work, start_work
from codeplatform.testing import Cast, signed_in
from exercises.models import Exercise
from exercises.versions import as_folder, save_exercise
from projects.saving import create_project
from schools.models import Enrolment

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def set_to_10a(cast: Cast, *names: str, **values: Any) -> Assignment:
    school = cast.home
    values = {"opens_at": timezone.now() - 30 * DAY, **values}
    return set_work(school.classrooms["10A"], *(school.exercises[name] for name in names), **values)


@pytest.fixture
def teacher(cast: Cast) -> Client:
    return signed_in(cast.home["teacher"])


class TestStaff:
    def test_the_list_says_what_is_open_to_come_and_over(self, cast: Cast, teacher: Client) -> None:
        now = timezone.now()
        late = set_to_10a(cast, "own", title="Late", due_at=now - DAY)
        later = set_to_10a(cast, "own", title="Later", due_at=now + 9 * DAY)
        soon = set_to_10a(cast, "own", "shared", title="Soon", due_at=now + DAY)
        never = set_to_10a(cast, "own", title="Never due")
        coming = set_to_10a(cast, "own", title="Coming", opens_at=now + DAY, due_at=now + 2 * DAY)
        away = set_to_10a(cast, "own", title="Put away", archived_at=now)
        set_work(cast.home.classrooms["10B"], cast.home.exercises["shared"], title="Of the colleague")
        for exercise in soon.exercises.all():
            hand_in_for(cast.home["ada"], exercise)
        hand_in_for(cast.home["ben"], soon.exercises.first())

        lists = lists_for(cast.home["teacher"], now)
        assert [line.assignment for line in lists.open] == [soon, later, never]
        assert [[line.assignment for line in those] for those in (lists.upcoming, lists.past, lists.archived)] == [
            [coming],
            [late],
            [away],
        ]
        (done,) = lists.open[0].done
        assert (done.done_count, done.student_count) == (1, 3)
        html = teacher.get("/assignments/").content.decode()
        assert "Of the colleague" not in html
        assert "1 of 3" in html

        shown = teacher.get(f"/classes/{cast.home.classrooms['10A'].pk}/").context["assignments"]
        assert {line.assignment for line in shown} == {late, soon, coming, later, never}

    def test_the_filter_shows_one_class(self, cast: Cast) -> None:
        set_to_10a(cast, "own", title="Of 10A")
        set_work(cast.home.classrooms["10B"], cast.home.exercises["shared"], title="Of 10B")
        head = signed_in(cast.home["head"])
        html = head.get(f"/assignments/?classroom={cast.home.classrooms['10B'].pk}").content.decode()

        assert "Of 10B" in html
        assert "Of 10A" not in html
        assert "Of 10A" in head.get("/assignments/?classroom=nonsense").content.decode()

    def test_the_page_counts_by_exercise_and_by_class(self, cast: Cast, teacher: Client) -> None:
        now, home = timezone.now(), cast.home
        assignment = set_to_10a(cast, "own", "shared", due_at=now - DAY)
        first, second = assignment.exercises.all()
        hand_in_for(home["ada"], first, received_at=now - 2 * DAY)
        hand_in_for(home["ada"], second, received_at=now)
        hand_in_for(home["ben"], first, received_at=now)
        Extension.objects.create(assignment=assignment, student=home["ben"], due_at=now + DAY)
        start_work(home["cleo"], first)
        Enrolment.objects.filter(user=home["finn"]).update(classroom=home.classrooms["10A"], until=now)

        tallies = tallies_of(assignment, [first, second], home["teacher"])
        assert tallies.by_exercise == {first.pk: Tally(3, 1, 2, 0), second.pk: Tally(3, 0, 1, 1)}
        assert [(str(room), tally) for room, tally in tallies.by_classroom] == [("10A", Tally(3, 2, 1, 1))]
        html = teacher.get(f"/assignments/{assignment.pk}/").content.decode()
        assert "ben until" in html

    def test_a_teacher_of_one_of_two_classes_looks_but_does_not_change(self, cast: Cast, teacher: Client) -> None:
        assignment = set_to_10a(cast, "shared")
        assignment.classrooms.add(cast.home.classrooms["10B"])
        page = teacher.get(f"/assignments/{assignment.pk}/")

        assert "It is set to 1 more class that you do not look after." in page.content.decode()
        assert "/archive/" not in page.content.decode()
        assert teacher.post(f"/assignments/{assignment.pk}/archive/").status_code == 403
        extend = f"/assignments/{assignment.pk}/extensions/"
        data = {"student": cast.home["ada"].pk, "due_at": "2090-01-01T12:00"}
        assert teacher.post(extend, data).status_code == 302
        assert teacher.post(extend, data | {"student": cast.home["dan"].pk}).status_code == 400

    def test_a_newer_version_is_taken_when_the_teacher_says_so(self, cast: Cast, teacher: Client) -> None:
        assignment = set_to_10a(cast, "own")
        assigned, exercise = assignment.exercises.get(), cast.home.exercises["own"]
        hand_in_for(cast.home["ada"], assigned)
        url = f"/assignments/{assignment.pk}/"
        assert "Take version" not in teacher.get(url).content.decode()
        save_exercise(exercise, replace(as_folder(exercise.newest), statement="Better."), author=cast.home["teacher"])
        html = teacher.get(url).content.decode()
        assert "Take version 2" in html
        assert "1 handed in already" in html

        done = teacher.post(f"{url}exercises/{assigned.pk}/update/", follow=True)
        assert "1 student has handed it in before: re-mark it" in done.content.decode()
        assigned.refresh_from_db()
        assert assigned.version.number == 2

    def test_more_time_is_given_changed_and_taken_back(self, cast: Cast, teacher: Client) -> None:
        assignment = set_to_10a(cast, "own", due_at=timezone.now() + DAY)
        url = f"/assignments/{assignment.pk}/extensions/"
        ada = cast.home["ada"]
        for refused in ("", "soon", "2001-01-01T00:00", "9999-12-31T23:59"):
            page = teacher.post(url, {"student": ada.pk, "due_at": refused})
            assert (page.status_code, assignment.extensions.count()) == (400, 0)
        for day in ("2090-01-01T12:00", "2090-02-02T12:00"):
            teacher.post(url, {"student": ada.pk, "due_at": day})
        extension = assignment.extensions.get()
        assert f"{extension.due_at:%Y-%m-%d}" == "2090-02-02"
        assert extension.granted_by == cast.home["teacher"]
        assert 'value="2090-02-02T12:00"' in teacher.get(f"{url}?student={ada.pk}").content.decode()
        (own,) = own_assignments(ada, timezone.now())
        assert own.has_more_time

        teacher.post(f"{url}{extension.pk}/delete/")
        assert not assignment.extensions.exists()

    def test_what_is_archived_is_gone_for_students_until_it_is_back(self, cast: Cast, teacher: Client) -> None:
        assignment = set_to_10a(cast, "own")
        url, ada = f"/assignments/{assignment.pk}/", signed_in(cast.home["ada"])
        assert "end of this page" in teacher.post(f"{url}archive/", follow=True).content.decode()
        assert ada.get(url).status_code == 404
        teacher.post(f"{url}unarchive/")
        assert ada.get(url).status_code == 200


class TestStudent:
    def group(self, cast: Cast, assignment: Assignment, student: str = "ada") -> Group:
        (own,) = own_assignments(cast.home[student], timezone.now(), only=assignment.pk)
        return own.group

    def test_the_list_goes_from_overdue_to_what_is_over(self, cast: Cast) -> None:
        now, ada = timezone.now(), cast.home["ada"]
        shut = set_to_10a(cast, "own", title="Shut", due_at=now - DAY, closes_at=now - HOUR)
        refused = set_to_10a(cast, "own", title="Refused", due_at=now - DAY, late_policy="refuse")
        overdue = set_to_10a(cast, "own", "shared", title="Overdue one", due_at=now - DAY)
        grace = set_to_10a(cast, "own", title="Grace", due_at=now - timedelta(minutes=3))
        later = set_to_10a(cast, "own", title="Far off", due_at=now + 9 * DAY)
        done = set_to_10a(cast, "own", title="Done", due_at=now + DAY)
        marked = set_to_10a(cast, "own", title="Marked one", due_at=now - 3 * DAY)
        set_to_10a(cast, "own", title="Not yet", opens_at=now + DAY)
        set_work(cast.home.classrooms["10B"], cast.home.exercises["shared"], title="Of 10B")
        hand_in_for(ada, overdue.exercises.first())
        hand_in_for(ada, done.exercises.get())
        submission = hand_in_for(ada, marked.exercises.get(), received_at=now - 4 * DAY)
        add_mark(submission, Mark.Source.VERIFIED, Decimal("7.50"), 10)

        assert [self.group(cast, each) for each in (shut, refused, overdue, grace, later, done, marked)] == [
            *(Group.CLOSED, Group.CLOSED, Group.OVERDUE, Group.SOON, Group.LATER, Group.HANDED_IN, Group.MARKED)
        ]
        html = signed_in(ada).get("/assignments/").content.decode()
        places = [html.index(word) for word in ("Overdue one", "Grace", "Far off", "Done", "Marked one", "Shut")]
        assert places == sorted(places)
        assert "7.5 of 10 points" in html
        assert "1 of 2 handed in" in html
        assert "Not yet" not in html
        assert "Of 10B" not in html

        Extension.objects.create(assignment=shut, student=ada, due_at=now + DAY)
        assert self.group(cast, shut) == Group.SOON
        assert self.group(cast, shut, "ben") == Group.CLOSED

    def test_points_show_when_results_do_and_lateness_is_taken_off(self, cast: Cast) -> None:
        now, ada = timezone.now(), cast.home["ada"]
        assignment = set_to_10a(cast, "own", due_at=now - DAY, late_policy="cap", shows_results="on release")
        submission = hand_in_for(ada, assignment.exercises.get())
        add_mark(submission, Mark.Source.VERIFIED, Decimal("8.25"), 10)
        client, url = signed_in(ada), f"/assignments/{assignment.pk}/"
        page = client.get(url).content.decode()
        assert "You see marks and comments when your teacher releases them." in page
        assert "Handed in late" in page
        assert "8.25" not in page
        assert "Marked" not in page

        teacher = signed_in(cast.home["teacher"])
        teacher.post(f"{url}release/")
        assert "5 of 10 points" in client.get(url).content.decode()
        assert "Marked, late" in client.get(url).content.decode()
        teacher.post(f"{url}withdraw/")
        assert "5 of 10 points" not in client.get(url).content.decode()

    def test_the_page_says_what_still_counts_and_what_does_not(self, cast: Cast) -> None:
        now = timezone.now()
        client = signed_in(cast.home["ada"])

        def said(**values: Any) -> str:
            assignment = set_to_10a(cast, "own", **values)
            return client.get(f"/assignments/{assignment.pk}/").content.decode()

        assert "Nothing is accepted any more." in said(due_at=now - DAY, late_policy="refuse")
        assert "counts for at most 50 % of the points" in said(due_at=now - DAY, late_policy="cap")
        assert "It is marked as late." in said(due_at=now - DAY)
        assert "Late work is not accepted." in said(due_at=now + DAY, late_policy="refuse")
        assert "You can hand in each exercise once." in said(max_attempts=1)
        instructions = said(instructions="Be **brave** <script>alert(1)</script>")
        assert "<strong>brave</strong>" in instructions
        assert "<script>alert" not in instructions

    def test_attempts_are_counted_down(self, cast: Cast) -> None:
        assignment, ada = set_to_10a(cast, "own", max_attempts=2), cast.home["ada"]
        left = []
        for _ in range(3):
            (own,) = own_assignments(ada, timezone.now())
            left.append(own.exercises[0].attempts_left)
            hand_in_for(ada, assignment.exercises.get())
        assert left == [2, 1, 0]


class TestProgress:
    def test_a_topic_says_how_much_of_it_was_done(self, cast: Cast) -> None:
        ada, own, shared = cast.home["ada"], cast.home.exercises["own"], cast.home.exercises["shared"]
        Exercise.objects.filter(pk=own.pk).update(topic="loops")
        assignment = set_to_10a(cast, "own", "shared", title="Both")
        work = start_work(ada, assignment.exercises.first())
        Work.objects.filter(pk=work.pk).update(best_percent=60)

        def words() -> dict[str, str]:
            topics = topics_of(ada, own_assignments(ada, timezone.now()))
            return {
                each.slug: f"{each.solved_count} {each.begun_count} {each.set_count} of {each.exercise_count}"
                for each in topics
            }

        assert words() == {"variables": "0 0 1 of 1", "loops": "0 1 0 of 1"}
        hand_in_for(ada, assignment.exercises.first())
        practice = create_project(ada, "Practice")
        Work.objects.create(student=ada, exercise=shared, project=practice, best_percent=100)
        assert words() == {"variables": "1 0 0 of 1", "loops": "1 0 0 of 1"}

        page = signed_in(ada).get("/progress/").content.decode()
        assert "1 of 1 solved" in page
        assert "Both" in page

    def test_what_a_teacher_found_outweighs_what_the_students_browser_did(self, cast: Cast) -> None:
        assignment, ada = set_to_10a(cast, "own"), cast.home["ada"]
        submission = hand_in_for(ada, assignment.exercises.get())
        Work.objects.update(best_percent=100)
        add_mark(submission, Mark.Source.VERIFIED, Decimal(4), 10)

        def line() -> tuple[int, str]:
            (found,) = [line for topic in topics_of(ada, own_assignments(ada, timezone.now())) for line in topic.lines]
            return found.percent, found.reach

        assert line() == (40, "Started")
        Assignment.objects.update(shows_results="on release")
        assert line() == (100, "Solved")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOW + timedelta(minutes=20), "today 12:20 (in 20 minutes)"),
        (NOW + timedelta(hours=1), "today 13:00 (in 1 hour)"),
        (NOW + timedelta(hours=13), "tomorrow 01:00 (in 13 hours)"),
        (NOW + timedelta(days=3), "Mon 23 Nov, 12:00 (in 3 days)"),
        (NOW + timedelta(days=7), "27 Nov 2026, 12:00"),
        (NOW - timedelta(hours=20), "yesterday 16:00 (20 hours ago)"),
        (NOW - timedelta(days=2), "Wed 18 Nov, 12:00 (2 days ago)"),
        (NOW - timedelta(days=70), "11 Sep 2026, 12:00"),
    ],
)
def test_due_times_are_relative_near_and_absolute_far(moment: datetime, words: str) -> None:
    with timezone.override(UTC):
        assert deadline_in_words(moment, NOW) == words
