"""Re-marking, on the server's side: what a run has, who gets what, and that nothing is lost or counted twice."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.ids import uuid7
from assessment import marking
from assessment.marking import LEASE, Scope
from assessment.marks import add_mark
from assessment.models import Assignment, Mark, MarkingItem, MarkingRun, Result, Submission
from assessment.outcomes import TestOutcome
from assessment.testing import hand_in_for, set_work
from codeplatform.testing import Cast, a_folder, signed_in
from exercises.models import Exercise
from exercises.specs import IoSpec
from exercises.versions import create_exercise, save_exercise

MARKER = "Hidden-answer-marker"
FOLDER = a_folder(
    slug="double",
    title="Double",
    tests=(
        IoSpec(name="two", input="2", expected="4", points=1),
        IoSpec(name="three", input="3", expected="6", points=1),
        IoSpec(name=f"{MARKER}-name", input="7", expected=MARKER, points=2, visibility="hidden"),
    ),
)


@pytest.fixture
def exercise(cast: Cast) -> Exercise:
    return create_exercise(FOLDER, author=cast.home["teacher"], school=cast.home.school)


@pytest.fixture
def assignment(cast: Cast, exercise: Exercise) -> Assignment:
    return set_work(cast.home.classrooms["10A"], exercise, author=cast.home["teacher"], title="Doubles")


@pytest.fixture
def handed_in(cast: Cast, assignment: Assignment) -> dict[str, Submission]:
    """Ada, Ben and Cleo claim full marks."""
    assigned = assignment.exercises.get()
    return {name: hand_in_for(cast.home[name], assigned) for name in ("ada", "ben", "cleo")}


@pytest.fixture
def run(cast: Cast, handed_in: dict[str, Submission]) -> MarkingRun:
    return marking.start_run(cast.home.classrooms["10A"], cast.home["teacher"], Scope())


def outcomes(item: MarkingItem, *passed: int) -> list[TestOutcome]:
    """The tests with these numbers were passed, the others failed."""
    return [
        TestOutcome(test.pk, "passed", Decimal(1))
        if test.number in passed
        else TestOutcome(test.pk, "failed", Decimal(0))
        for test in item.version.tests.all()
    ]


def item_of(run: MarkingRun, submission: Submission) -> MarkingItem:
    return run.items.select_related("version", "submission").get(submission=submission)


def do_all(run: MarkingRun, *passed: int) -> None:
    for item in run.items.pending().select_related("version"):
        marking.record_results(item, outcomes(item, *passed))
    marking.finish_if_done(run)


def points(submission: Submission) -> tuple[str, Decimal]:
    mark = Mark.objects.get(pk=Submission.objects.get(pk=submission.pk).mark_id)
    return mark.source, mark.points


class TestScope:
    def test_the_last_attempt_of_the_students_now_in_the_class(
        self, cast: Cast, handed_in: dict[str, Submission]
    ) -> None:
        again = hand_in_for(cast.home["ada"], handed_in["ada"].work.assigned)
        cast.home["cleo"].enrolments.update(until=timezone.now())
        found = marking.submissions_in(cast.home.classrooms["10A"], cast.home["teacher"], Scope())

        assert set(found) == {again, handed_in["ben"]}

    def test_only_what_no_teachers_browser_has_seen(self, cast: Cast, handed_in: dict[str, Submission]) -> None:
        add_mark(handed_in["ada"], Mark.Source.VERIFIED, Decimal(5), 10)
        scope = Scope(only_unverified=True)
        found = marking.submissions_in(cast.home.classrooms["10A"], cast.home["teacher"], scope)

        assert set(found) == {handed_in["ben"], handed_in["cleo"]}

    def test_the_preview_counts_and_names_the_version(
        self, cast: Cast, exercise: Exercise, handed_in: dict[str, Submission]
    ) -> None:
        add_mark(handed_in["ada"], Mark.Source.VERIFIED, Decimal(5), 10)
        add_mark(handed_in["ben"], Mark.Source.OVERRIDE, Decimal(5), 10, reason="Late bus")
        save_exercise(exercise, replace(FOLDER, statement="Once more."), author=cast.home["teacher"])
        classroom, teacher = cast.home.classrooms["10A"], cast.home["teacher"]
        (row,) = marking.preview(classroom, teacher, Scope())
        (newest,) = marking.preview(classroom, teacher, Scope(newest=True))

        assert (row.submitted, row.verified, row.overridden, row.version.number) == (3, 1, 1, 1)
        assert newest.version.number == 2


class TestRun:
    def test_full_marks_that_hold_for_the_shown_tests_alone_become_part_of_them(
        self, cast: Cast, run: MarkingRun, handed_in: dict[str, Submission]
    ) -> None:
        assert points(handed_in["ada"]) == ("claimed", 10)
        for name, passed in {"ada": (1, 2, 3), "ben": (1, 2), "cleo": ()}.items():
            item = item_of(run, handed_in[name])
            marking.record_results(item, outcomes(item, *passed))
        assert marking.finish_if_done(run)
        assert points(handed_in["ben"]) == ("claimed", 10)
        assert marking.publish(run, cast.home["teacher"]) == 3

        assert {name: points(handed_in[name]) for name in handed_in} == {
            "ada": ("verified", 10),
            "ben": ("verified", 5),
            "cleo": ("verified", 0),
        }

    def test_results_that_come_twice_count_once(self, run: MarkingRun, handed_in: dict[str, Submission]) -> None:
        item = item_of(run, handed_in["ada"])
        assert marking.record_results(item, outcomes(item, 1, 2, 3))
        assert not marking.record_results(item, outcomes(item))

        assert Result.objects.filter(run=run).count() == 3
        assert item_of(run, handed_in["ada"]).points == 10

    def test_it_is_published_once_and_when_all_is_done(
        self, cast: Cast, run: MarkingRun, handed_in: dict[str, Submission]
    ) -> None:
        with pytest.raises(marking.StillRunning):
            marking.publish(run, cast.home["teacher"])
        do_all(run, 1)
        marking.publish(run, cast.home["teacher"])
        with pytest.raises(marking.AlreadyPublished):
            marking.publish(run, cast.home["teacher"])
        with pytest.raises(marking.AlreadyPublished):
            marking.discard(run)

        assert Mark.objects.filter(run=run).count() == 3

    def test_what_could_not_be_run_keeps_its_mark(
        self, cast: Cast, run: MarkingRun, handed_in: dict[str, Submission]
    ) -> None:
        marking.record_results(item_of(run, handed_in["ada"]), [], "Python did not start.")
        do_all(run, 1)
        marking.publish(run, cast.home["teacher"])

        assert points(handed_in["ada"]) == ("claimed", 10)
        assert points(handed_in["ben"]) == ("verified", Decimal("2.5"))

    def test_a_mark_set_by_hand_stays(self, cast: Cast, run: MarkingRun, handed_in: dict[str, Submission]) -> None:
        add_mark(handed_in["ada"], Mark.Source.OVERRIDE, Decimal(8), 10, reason="Well thought")
        do_all(run)
        marking.publish(run, cast.home["teacher"])

        assert points(handed_in["ada"]) == ("override", 8)

    def test_a_dry_run_with_newer_tests_changes_nothing_until_it_is_published(
        self, cast: Cast, exercise: Exercise, assignment: Assignment, handed_in: dict[str, Submission]
    ) -> None:
        newer = save_exercise(exercise, replace(FOLDER, tests=FOLDER.tests[:1]), author=cast.home["teacher"])
        run = marking.start_run(cast.home.classrooms["10A"], cast.home["teacher"], Scope(newest=True))
        do_all(run, 1)
        assert points(handed_in["ada"]) == ("claimed", 10)
        assert assignment.exercises.get().version.number == 1
        thrown_away = marking.start_run(cast.home.classrooms["10A"], cast.home["teacher"], Scope(newest=True))
        marking.discard(thrown_away)
        marking.publish(run, cast.home["teacher"])

        assert assignment.exercises.get().version == newer
        assert points(handed_in["ada"]) == ("verified", 10)

    def test_what_is_handed_in_after_it_began_is_told(
        self, cast: Cast, run: MarkingRun, handed_in: dict[str, Submission]
    ) -> None:
        assert marking.handed_in_since(run) == 0
        hand_in_for(cast.home["ada"], handed_in["ada"].work.assigned)

        assert marking.handed_in_since(run) == 1


class TestHandingOut:
    def test_two_browsers_get_different_ones(self, cast: Cast, run: MarkingRun) -> None:
        first = marking.take(run, cast.home["teacher"], 2)
        second = marking.take(run, cast.home["head"], 2)

        assert (len(first), len(second)) == (2, 1)
        assert not {item.pk for item in first} & {item.pk for item in second}

    def test_what_a_browser_leaves_is_had_again(self, cast: Cast, run: MarkingRun) -> None:
        taken = marking.take(run, cast.home["teacher"], 2)
        marking.give_back(run, [taken[0].pk])
        assert taken[0].pk in {item.pk for item in marking.take(run, cast.home["teacher"], 2)}
        run.items.update(leased_until=timezone.now() - LEASE)

        assert len(marking.take(run, cast.home["teacher"], 8)) == 3

    def test_when_only_leased_ones_are_left_one_is_given_out_again(self, cast: Cast, run: MarkingRun) -> None:
        marking.take(run, cast.home["teacher"], 8)
        assert len(marking.take(run, cast.home["teacher"], 8)) == 1
        do_all(run)

        assert marking.take(run, cast.home["teacher"], 8) == []


class TestPages:
    @pytest.fixture
    def teacher(self, cast: Cast) -> Client:
        return signed_in(cast.home["teacher"])

    @pytest.fixture
    def at(self, run: MarkingRun) -> str:
        return f"/classes/{run.classroom_id}/marking/{run.pk}/"

    def post(self, client: Client, url: str, body: object) -> Any:
        return client.post(url, json.dumps(body), content_type="application/json")

    def test_the_whole_way(self, teacher: Client, cast: Cast, handed_in: dict[str, Submission]) -> None:
        new = f"/classes/{cast.home.classrooms['10A'].pk}/marking/new/"
        assert "3 submissions" in teacher.get(new).content.decode()
        at = teacher.post(new, {"only_unverified": "on"}).headers["Location"]
        items = self.post(teacher, f"{at}claim/", {"count": 8}).json()["items"]
        assert [file["text"] for item in items for file in item["files"]] == ["print(1)\n"] * 3
        tests = teacher.get(f"{at}tests/{items[0]['version']}/").json()["tests"]
        assert MARKER in json.dumps(tests)

        results = [
            {"item": item["id"], "tests": [{"test": t["id"], "outcome": "passed", "share": 1} for t in tests]}
            for item in items
        ]
        answer = self.post(teacher, f"{at}results/", {"results": results}).json()
        assert answer["is_finished"]
        assert [(row["old"], row["source"], row["new"]) for row in answer["done"]] == [(10, "claimed", 10)] * 3
        assert self.post(teacher, f"{at}results/", {"results": results}).json() == answer
        page = teacher.post(f"{at}publish/", follow=True).content.decode()
        assert "3 marks are verified now." in page
        assert [row["source"] for row in teacher.get(at).context["page_config"]["done"]] == ["claimed"] * 3
        assert points(handed_in["ada"]) == ("verified", 10)

    @pytest.mark.parametrize("name", ["ada", "ben", "dan"])
    def test_students_get_nothing_of_it(self, cast: Cast, run: MarkingRun, at: str, name: str) -> None:
        student, version = signed_in(cast.home[name]), run.items.all()[0].version_id
        asked = [student.get(f"{at}tests/{version}/"), student.get(at), self.post(student, f"{at}claim/", {"count": 1})]

        assert {answer.status_code for answer in asked} <= {403, 404}
        assert MARKER not in "".join(answer.content.decode() for answer in asked)

    def test_tests_of_other_exercises_are_not_had_here(self, teacher: Client, at: str, cast: Cast) -> None:
        other = cast.away.exercises["own"].newest.pk

        assert teacher.get(f"{at}tests/{other}/").status_code == 404

    @pytest.mark.parametrize(
        "change",
        [
            lambda body: body.update(results=[]),
            lambda body: body.update(results="all"),
            lambda body: body["results"][0].update(item="x"),
            lambda body: body["results"][0].update(item=str(uuid7())),
            lambda body: body["results"][0].update(tests=None),
            lambda body: body["results"][0]["tests"].pop(),
            lambda body: body["results"][0]["tests"].append(body["results"][0]["tests"][0]),
            lambda body: body["results"][0]["tests"][0].update(share=1.5),
            lambda body: body["results"][0]["tests"][0].update(share=True),
            lambda body: body["results"][0]["tests"][0].update(share="1"),
            lambda body: body["results"][0]["tests"][0].update(outcome="great"),
            lambda body: body["results"][0]["tests"][0].update(test=str(uuid7())),
            lambda body: body["results"][0]["tests"][0].update(detail=["x"]),
        ],
    )
    def test_odd_results_are_refused_whole(
        self, teacher: Client, run: MarkingRun, at: str, change: Callable[[dict[str, Any]], object]
    ) -> None:
        item = run.items.select_related("version").all()[0]
        sent = [{"test": str(t.pk), "outcome": "passed", "share": 1, "detail": ""} for t in item.version.tests.all()]
        body: dict[str, Any] = {"results": [{"item": str(item.pk), "tests": sent}]}
        change(body)
        answer = self.post(teacher, f"{at}results/", body)

        assert answer.status_code == 400
        assert answer.json()["error"]
        assert run.items.pending().count() == 3

    def test_what_a_program_printed_is_kept_as_far_as_a_database_takes_it(
        self, teacher: Client, run: MarkingRun, at: str
    ) -> None:
        item = run.items.select_related("version").all()[0]
        odd = "a\0b\ud800" + "x" * 5000
        sent = [{"test": str(t.pk), "outcome": "failed", "share": 0, "detail": odd} for t in item.version.tests.all()]
        answer = self.post(teacher, f"{at}results/", {"results": [{"item": str(item.pk), "tests": sent}]})

        assert answer.status_code == 200
        assert Result.objects.filter(run=run)[0].detail.startswith("ab?xxx")

    @pytest.mark.parametrize(
        "body", ["", "[]", "{", '{"count": 0}', '{"count": 99}', '{"count": "2"}', '{"count": true}']
    )
    def test_odd_claims_are_refused(self, teacher: Client, at: str, body: str) -> None:
        assert teacher.post(f"{at}claim/", body, content_type="application/json").status_code == 400

    def test_an_assignment_of_another_class_is_not_marked_here(self, teacher: Client, cast: Cast) -> None:
        elsewhere = set_work(cast.home.classrooms["10B"], cast.home.exercises["shared"])
        new = f"/classes/{cast.home.classrooms['10A'].pk}/marking/new/"

        assert teacher.get(new, {"assignment": elsewhere.pk}).status_code == 404
        assert teacher.post(new, {"assignment": elsewhere.pk}).status_code == 400
        assert not MarkingRun.objects.exists()
