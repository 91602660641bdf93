"""Handing in: what counts is the student's saved text and the server's clock (promises 35 and 39)."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from assessment.handing_in import code_hash
from assessment.models import AssignedExercise, Assignment, Extension, Mark, Result, Submission, Work
from assessment.testing import set_work
from codeplatform.testing import Cast, signed_in

CODE = "print(2 * int(input()))\n"


class Student:
    """Somebody with the page of an exercise open: saves, and hands in as the page does."""

    def __init__(self, person: User, assigned: AssignedExercise, *, task_id: object = None) -> None:
        self.person, self.assigned = person, assigned
        self.task_id = task_id or assigned.pk
        self.client: Client = signed_in(person)

    def post(self, verb: str, data: object) -> Any:
        body = data if isinstance(data, bytes) else json.dumps(data)
        return self.client.post(f"/work/{self.task_id}/1/{verb}/", body, content_type="application/json")

    def save(self, text: str = CODE, base: int = 1) -> int:
        answer = self.post("save", {"base": base, "key": uuid4().hex, "files": [{"path": "main.py", "text": text}]})
        return int(answer.json()["revision"])

    def body(self, text: str = CODE, revision: int = 2, **changes: Any) -> dict[str, Any]:
        tests = self.assigned.version.tests.for_students()
        claims = [{"test": str(test.pk), "outcome": "passed", "share": 1, "detail": ""} for test in tests]
        return {
            "key": uuid4().hex,
            "revision": revision,
            "code_hash": code_hash({"main.py": text.encode()}),
            "client_at": timezone.now().isoformat(),
            "runtime_version": "314.0.3",
            "results": claims,
        } | changes

    def hand_in(self, text: str = CODE, revision: int = 2, **changes: Any) -> Any:
        return self.post("hand-in", self.body(text, revision, **changes))


@pytest.fixture
def assigned(assignment: Assignment) -> AssignedExercise:
    return assignment.exercises.get()


@pytest.fixture
def ada(cast: Cast, assigned: AssignedExercise) -> Student:
    student = Student(cast.home["ada"], assigned)
    student.save()
    return student


def change(assignment: Assignment, **columns: Any) -> None:
    Assignment.objects.filter(pk=assignment.pk).update(**columns)


class TestHandIn:
    def test_files_times_and_claims_are_kept(self, ada: Student) -> None:
        said = timezone.now() - timedelta(minutes=30)
        answer = ada.hand_in(client_at=said.isoformat())

        submission = Submission.objects.get()
        assert answer.status_code == 200
        assert (answer.json()["attempt"], answer.json()["is_late"]) == (1, False)
        assert datetime.fromisoformat(answer.json()["received_at"]) == submission.received_at
        assert (submission.client_at, submission.runtime_version) == (said, "314.0.3")
        assert timezone.now() - submission.received_at < timedelta(minutes=1)
        assert [(file.path, bytes(file.content)) for file in submission.files.all()] == [("main.py", CODE.encode())]
        assert {result.test.name for result in submission.results.all()} == {"Two", "Three"}
        assert submission.mark is not None
        assert (submission.mark.source, submission.mark.points, submission.mark.out_of) == (Mark.Source.CLAIMED, 10, 10)

    def test_half_of_the_points(self, ada: Student) -> None:
        results = ada.body()["results"]
        results[0] |= {"outcome": "failed", "share": 0, "detail": "It printed 5."}
        ada.hand_in(results=results)

        submission = Submission.objects.get()
        assert submission.mark is not None
        assert submission.mark.points == Decimal(5)
        assert submission.results.get(outcome="failed").detail == "It printed 5."

    def test_text_of_a_moment_ago_is_handed_in_while_the_student_types_on(self, ada: Student) -> None:
        ada.save("print('more')\n", base=2)

        assert ada.hand_in(CODE, revision=2).status_code == 200
        assert bytes(Submission.objects.get().files.get().content) == CODE.encode()

    def test_without_results_there_is_no_mark_yet(self, ada: Student) -> None:
        assert ada.hand_in(results=None).status_code == 200
        assert (Submission.objects.get().mark, Result.objects.count()) == (None, 0)

    def test_sent_again_it_is_the_same(self, ada: Student) -> None:
        body = ada.body()
        answers = [ada.post("hand-in", body) for _ in range(3)]

        assert [answer.json() for answer in answers] == [answers[0].json()] * 3
        assert (Submission.objects.count(), Mark.objects.count()) == (1, 1)

    def test_practice_is_worth_the_points_of_its_tests(self, cast: Cast, assigned: AssignedExercise) -> None:
        student = Student(cast.home["ada"], assigned, task_id=assigned.exercise_id)
        student.save()

        assert student.hand_in().status_code == 200
        submission = Submission.objects.get()
        assert submission.work.assigned is None
        assert submission.mark is not None
        assert (submission.mark.points, submission.mark.out_of) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_the_same_sent_at_once_is_one(cast: Cast, assignment: Assignment) -> None:
    ada = Student(cast.home["ada"], assignment.exercises.get())
    ada.save()
    body, barrier, answers = ada.body(), Barrier(4), []

    def send() -> None:
        barrier.wait()
        answers.append(ada.post("hand-in", body).json())
        connection.close()

    threads = [Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == [answers[0]] * 4
    assert Submission.objects.count() == 1


class TestClaims:
    """A result is bound to whose it is, to what is saved, and to the exercise's own tests."""

    def test_forged_pass_is_a_claim_and_no_more(self, ada: Student) -> None:
        wrong = "print('nothing right')\n"
        ada.save(wrong, base=2)
        ada.hand_in(wrong, revision=3, mark={"points": 99}, points=99, source="verified", run=str(uuid4()))

        result, mark = Result.objects.first(), Mark.objects.get()
        assert result is not None
        assert (result.is_verified, mark.source, mark.points) == (False, Mark.Source.CLAIMED, 10)

    def test_hidden_test_cannot_be_claimed(self, ada: Student) -> None:
        hidden = ada.assigned.version.tests.get(visibility="hidden")
        results = [*ada.body()["results"], {"test": str(hidden.pk), "outcome": "passed", "share": 1}]

        assert ada.hand_in(results=results).status_code == 400
        assert not Submission.objects.exists()

    def test_results_of_another_student_are_refused(self, cast: Cast, ada: Student) -> None:
        ben = Student(cast.home["ben"], ada.assigned)
        ben.save("print('no idea')\n")
        body = ada.body()
        ada.post("hand-in", body)

        assert ben.post("hand-in", body).status_code == 409
        assert {submission.student for submission in Submission.objects.all()} == {ada.person}

    def test_results_for_text_that_is_not_saved_are_refused(self, ada: Student) -> None:
        for text, revision in (("print('not saved')\n", 2), (CODE, 1), (CODE, 3), (CODE, 2**31 - 1)):
            answer = ada.hand_in(text, revision)
            assert (answer.status_code, "error" in answer.json()) == (409, True)
        assert not Submission.objects.exists()

    def test_results_for_other_tests_are_refused(self, cast: Cast, ada: Student) -> None:
        other = Student(ada.person, set_work(cast.home.classrooms["10A"], cast.home.exercises["own"]).exercises.get())
        one = ada.body()["results"][:1]

        for results in (other.body()["results"], one, one * 2, []):
            assert ada.hand_in(results=results).status_code == 400
        assert not Submission.objects.exists()

    def test_clock_of_the_device_decides_nothing(self, ada: Student, assignment: Assignment) -> None:
        now = timezone.now()
        before = (now - timedelta(hours=3)).isoformat()
        change(assignment, opens_at=now - timedelta(days=1), due_at=now - timedelta(hours=2))
        assert ada.hand_in(client_at=before).json()["is_late"] is True

        change(assignment, closes_at=now - timedelta(hours=1))
        answer = ada.hand_in(client_at=before)
        assert answer.status_code == 403
        assert "This assignment closed on" in answer.json()["error"]
        assert Submission.objects.count() == 1

    @pytest.mark.parametrize(
        "said", ["yesterday", 5, None, "0001-01-01T00:00:00+00:00", "2026-01-01T00:00:00", "9" * 99]
    )
    def test_clock_that_says_nothing_sensible_is_left_out(self, ada: Student, said: object) -> None:
        assert ada.hand_in(client_at=said).status_code == 200
        assert Submission.objects.get().client_at is None


class TestTerms:
    @pytest.fixture(autouse=True)
    def _opened(self, assignment: Assignment) -> None:
        change(assignment, opens_at=timezone.now() - timedelta(days=9))

    def test_late_work_is_refused_where_the_assignment_says_so(self, ada: Student, assignment: Assignment) -> None:
        change(assignment, due_at=timezone.now() - timedelta(minutes=4), late_policy="refuse")
        assert ada.hand_in().json()["is_late"] is False  # within the time of grace
        change(assignment, due_at=timezone.now() - timedelta(minutes=6))
        answer = ada.hand_in()

        assert answer.status_code == 403
        assert "late work is not taken. Your text is saved." in answer.json()["error"]

    def test_extension_gives_more_time(self, ada: Student, assignment: Assignment) -> None:
        past, now = timezone.now() - timedelta(days=1), timezone.now()
        change(assignment, due_at=past, closes_at=past, late_policy="refuse")
        assert ada.hand_in().status_code == 403
        Extension.objects.create(assignment=assignment, student=ada.person, due_at=now + timedelta(days=1))

        assert ada.hand_in().json()["is_late"] is False

    def test_attempts_are_counted(self, ada: Student, assignment: Assignment) -> None:
        change(assignment, max_attempts=2)
        body = ada.body()
        assert [ada.post("hand-in", body).json()["attempt"], ada.hand_in().json()["attempt"]] == [1, 2]
        answer = ada.hand_in()

        assert (answer.status_code, answer.json()["error"][:31]) == (403, "You have handed this in 2 times")
        assert ada.post("hand-in", body).json()["attempt"] == 1  # what was taken once stays taken

    def test_twenty_within_minutes_are_too_many(self, ada: Student) -> None:
        answers = [ada.hand_in() for _ in range(21)]

        assert [answer.status_code for answer in answers] == [200] * 20 + [429]
        assert answers[-1].headers["Retry-After"] == "60"

    def test_archived_or_left_it_is_not_taken(self, ada: Student, assignment: Assignment) -> None:
        ada.person.enrolments.update(until=timezone.now())
        answer = ada.hand_in()

        assert (answer.status_code, "not set to you any more" in answer.json()["error"]) == (403, True)

    def test_staff_try_but_do_not_hand_in(self, cast: Cast, assigned: AssignedExercise) -> None:
        teacher = Student(cast.home["teacher"], assigned)
        teacher.save()

        assert teacher.hand_in().status_code == 403
        assert Work.objects.filter(student=teacher.person).exists()


class TestOddBodies:
    ODD: tuple[Any, ...] = (None, True, -1, 2**63, 1.5, "", "x", "\0", "\ud800", "9" * 5000, [], {}, [[]], [{}], [None])

    @pytest.mark.parametrize("field", ["key", "revision", "code_hash", "results"])
    def test_odd_values_are_refused_in_a_sentence(self, ada: Student, field: str) -> None:
        answers = [ada.hand_in(**{field: odd}) for odd in self.ODD if (field, odd) != ("results", None)]

        assert {answer.status_code for answer in answers} <= {400, 409}
        assert all(answer.json()["error"] for answer in answers)
        assert not Submission.objects.exists()

    @pytest.mark.parametrize("field", ["test", "outcome", "share", "detail"])
    def test_odd_results_are_refused(self, ada: Student, field: str) -> None:
        for odd in (odd for odd in self.ODD if field != "detail" or not isinstance(odd, str)):
            results = ada.body()["results"]
            results[0][field] = odd
            assert ada.hand_in(results=results).status_code == 400
        assert not Submission.objects.exists()

    def test_what_a_program_printed_is_kept_as_far_as_a_database_takes_it(self, ada: Student) -> None:
        results = ada.body()["results"]
        results[0]["detail"] = "a\0b\ud800" + "x" * 5000

        assert ada.hand_in(results=results).status_code == 200
        assert Submission.objects.get().results.filter(detail__startswith="ab?xxx").exists()

    def test_odd_runtime_is_left_out(self, ada: Student) -> None:
        for odd in self.ODD:
            assert ada.hand_in(runtime_version=odd).status_code == 200
        assert set(Submission.objects.values_list("runtime_version", flat=True)) == {"", "x"}

    def test_what_is_no_hand_in_at_all(self, ada: Student) -> None:
        assert ada.post("hand-in", b'{"key": "' + b"x" * 200_000 + b'"}').status_code == 413
        assert ada.post("hand-in", b"\xff{").status_code == 400
        assert ada.post("hand-in", b"[" * 100_000).status_code == 400
        assert ada.client.post(f"/work/{ada.task_id}/1/hand-in/", {"key": "x"}).status_code == 415
        assert ada.client.post(f"/work/{ada.task_id}/{'9' * 30}/hand-in/").status_code == 404


def test_hash_is_that_of_the_page() -> None:
    """The same files and hash as in frontend/tests/js/saving-handing-in.test.mjs."""
    files = {"main.py": "print('é')\n".encode(), "data/a.bin": b"\0\xff"}

    assert code_hash(files) == "326f72eab42cfad7b49fe3b8d114f70c8a51630ee2d8f9b3dab5216e7af12b24"
