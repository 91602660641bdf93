"""What teachers say and set, what students answer, and who may take what back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from assessment.models import Assignment, Comment, Mark, SavedComment, Submission
from assessment.testing import hand_in_for
from codeplatform.testing import Cast, signed_in
from schools.models import AuditEvent

ODD = ["\x00", "a\x00b", "\u202e\u2066", "<script>alert(1)</script>", "{{ 7 * 7 }}", "x" * 4001, "\ufeff", "💥" * 4000]


@pytest.fixture
def submission(cast: Cast, assignment: Assignment) -> Submission:
    return hand_in_for(cast.home["ada"], assignment.exercises.get(), text="a = 1\nprint(a)\n")


@pytest.fixture
def teacher(cast: Cast) -> Client:
    return signed_in(cast.home["teacher"])


@pytest.fixture
def ada(cast: Cast) -> Client:
    return signed_in(cast.home["ada"])


def say(client: Client, submission: Submission, **data: object) -> int:
    return client.post(f"/submissions/{submission.pk}/comments/", data).status_code


def delete(client: Client, comment: Comment) -> int:
    return client.post(f"/submissions/{comment.submission_id}/comments/{comment.pk}/delete/").status_code


class TestComments:
    def test_a_teacher_speaks_anywhere_a_student_answers(
        self, teacher: Client, ada: Client, submission: Submission
    ) -> None:
        assert say(ada, submission, text="First") == 400
        assert say(teacher, submission, path="main.py", line=2, text="Good\r\n  so far ") == 302
        assert say(ada, submission, path="main.py", line=1, text="Here?") == 400
        assert say(ada, submission, path="main.py", line=2, text="Thanks") == 302
        assert say(teacher, submission, text="And all of it") == 302

        said = list(submission.comments.values_list("path", "line", "text"))
        assert said == [("main.py", 2, "Good\n  so far"), ("main.py", 2, "Thanks"), ("", None, "And all of it")]

    def test_mistakes_are_shown_and_nothing_typed_is_lost(self, teacher: Client, submission: Submission) -> None:
        url = f"/submissions/{submission.pk}/comments/"
        for data, words in (
            ({"path": "main.py", "line": 3, "text": "Kept text"}, "main.py has 2 lines."),
            ({"path": "other.py", "text": "Kept text"}, "no such file"),
            ({"line": 1, "text": "Kept text"}, "Choose the file"),
            ({"text": "Kept text" + "x" * 600, "keep": "on"}, "500 characters"),
        ):
            response = teacher.post(url, data)
            assert response.status_code == 400
            assert words in response.content.decode() and "Kept text" in response.content.decode()
        assert not Comment.objects.exists()

    def test_one_takes_back_ones_own_while_nobody_has_answered(
        self, cast: Cast, teacher: Client, ada: Client, submission: Submission
    ) -> None:
        say(teacher, submission, text="One")
        say(ada, submission, text="Two")
        one, two = submission.comments.all()
        assert delete(teacher, one) == delete(teacher, two) == delete(ada, one) == 403
        assert delete(signed_in(cast.home["ben"]), two) == 404
        assert delete(ada, two) == delete(teacher, one) == 302
        assert not submission.comments.exists()

    @pytest.mark.parametrize("text", ODD)
    def test_odd_text_is_refused_or_shown_as_text(self, teacher: Client, submission: Submission, text: str) -> None:
        data = {"path": "main.py", "line": 1, "text": text, "keep": "on"}
        assert say(teacher, submission, **data) in {302, 400}
        assert say(teacher, submission, path=text, line=text, text="x") == 400
        mark = teacher.post(f"/submissions/{submission.pk}/mark/", {"points": text, "reason": text})
        assert mark.status_code == 400
        body = teacher.get(f"/submissions/{submission.pk}/").content.decode()
        assert "<script>alert" not in body and ">49<" not in body

    def test_half_a_character_is_no_error_of_ours(self, teacher: Client, submission: Submission) -> None:
        form = "application/x-www-form-urlencoded"
        response = teacher.post(f"/submissions/{submission.pk}/comments/", b"text=%ED%A0%80x\xff", content_type=form)

        assert response.status_code == 302
        assert teacher.get(f"/submissions/{submission.pk}/").status_code == 200


class TestSavedComments:
    def test_kept_used_and_removed(self, cast: Cast, teacher: Client, submission: Submission) -> None:
        for _ in range(2):
            assert say(teacher, submission, text="Name it better.", keep="on") == 302
        saved = SavedComment.objects.get()
        assert say(teacher, submission, text="Look:", saved=saved.pk) == 302
        assert submission.comments.last().text == "Look:\nName it better."

        of_head = SavedComment.objects.create(owner=cast.home["head"], text="Other")
        assert say(teacher, submission, saved=of_head.pk) == 400
        base = f"/submissions/{submission.pk}/saved"
        assert teacher.post(f"{base}/{of_head.pk}/remove/").status_code == 404
        assert teacher.post(f"{base}/{saved.pk}/remove/").status_code == 302
        assert list(SavedComment.objects.all()) == [of_head]
        assert submission.comments.count() == 3


class TestMarkByHand:
    def test_it_counts_until_it_is_taken_back(
        self, cast: Cast, teacher: Client, ada: Client, submission: Submission
    ) -> None:
        url = f"/submissions/{submission.pk}/mark/"
        assert ada.post(url, {"points": 10, "reason": "I"}).status_code == 403
        assert teacher.post(url, {"points": "7.5", "reason": "Good idea"}).status_code == 302
        assert teacher.post(f"{url}take-back/").status_code == 302
        assert teacher.post(f"{url}take-back/").status_code == 302  # nothing left to take back
        submission.refresh_from_db()

        marks = list(submission.marks.values_list("source", "points"))
        assert marks == [("claimed", 10), ("override", Decimal("7.5")), ("claimed", 10)]
        assert submission.mark == submission.marks.first()
        events = AuditEvent.objects.filter(what="mark set").order_by("at")
        assert [event.details.get("points", "back") for event in events] == ["7.5", "back"]
        assert {(event.actor, event.about) for event in events} == {(cast.home["teacher"].pk, cast.home["ada"].pk)}

    @pytest.mark.parametrize("points", ["-1", "10.01", "1e999", "NaN", "Infinity", "0.001", "x", "", "9" * 5000])
    def test_points_out_of_reach_are_refused_in_place(
        self, teacher: Client, submission: Submission, points: str
    ) -> None:
        response = teacher.post(f"/submissions/{submission.pk}/mark/", {"points": points, "reason": "Kept reason"})

        assert response.status_code == 400
        assert "Kept reason" in response.content.decode()
        assert not submission.marks.filter(source=Mark.Source.OVERRIDE).exists()
