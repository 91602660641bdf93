"""The page of a submission: what staff see of it, what its student sees and when, and the way through the class."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessment.marks import add_mark
from assessment.models import AssignedExercise, Assignment, Comment, Mark, MarkingRun, Result, Submission
from assessment.testing import hand_in_for, start_work
from assessment.threads import comment_counts
from codeplatform.testing import Cast, EnrolmentFactory, UserFactory, signed_in
from schools.models import AuditEvent

TEXT = "# first\nprint('<script>alert(1)</script>')\n"


@pytest.fixture
def assigned(assignment: Assignment) -> AssignedExercise:
    return assignment.exercises.get()


@pytest.fixture
def submission(cast: Cast, assigned: AssignedExercise) -> Submission:
    """ada's second attempt: full marks claimed, less verified; the teacher has said something about line 2."""
    ada, teacher = cast.home["ada"], cast.home["teacher"]
    hand_in_for(ada, assigned, text="print('before')\n", share=0)
    handed_in = hand_in_for(ada, assigned, text=TEXT)
    now = timezone.now()
    run = MarkingRun.objects.create(
        classroom=cast.home.classrooms["10A"], teacher=teacher, finished_at=now, published_at=now
    )
    for test, share in zip(assigned.version.tests.all(), (1, 0, 0), strict=True):
        outcome = Result.Outcome.PASSED if share else Result.Outcome.FAILED
        detail = "" if share else f"Saw {test.visibility}"
        Result.objects.create(submission=handed_in, test=test, run=run, outcome=outcome, share=share, detail=detail)
    add_mark(handed_in, Mark.Source.VERIFIED, Decimal("3.33"), 10, run=run)
    Comment.objects.create(submission=handed_in, author=teacher, path="main.py", line=2, text="Why <b>this</b>?")
    return handed_in


def page(client: Client, submission: Submission, query: str = "") -> str:
    response = client.get(f"/submissions/{submission.pk}/{query}")
    assert response.status_code == 200
    return response.content.decode()


class TestStaff:
    def test_claimed_and_verified_stand_side_by_side(self, cast: Cast, submission: Submission) -> None:
        client = signed_in(cast.home["teacher"])
        text = page(client, submission)
        rows = client.get(f"/submissions/{submission.pk}/").context["rows"]

        shares = [(r.claimed and r.claimed.share, r.verified and r.verified.share, r.differs) for r in rows]
        assert shares == [(1, 1, False), (1, 0, True), (None, 0, False)]
        assert "Claimed and verified differ." in text
        assert ">Four " in text and "Saw hidden" in text
        assert "cheat" not in text.lower()

    def test_a_dry_run_is_not_shown(self, cast: Cast, submission: Submission) -> None:
        MarkingRun.objects.update(published_at=None)
        rows = signed_in(cast.home["teacher"]).get(f"/submissions/{submission.pk}/").context["rows"]

        assert [row.verified for row in rows] == [None, None, None]

    def test_files_are_text_and_are_compared(self, cast: Cast, submission: Submission) -> None:
        client = signed_in(cast.home["teacher"])
        assert "alert(1)" in page(client, submission)
        for query in ("", "?against=starter", "?against=before", "?against=nonsense", "?path=main.py&line=1"):
            assert "<script>alert" not in page(client, submission, query)
        assert "marker starter" in page(client, submission, "?against=starter")
        assert "before" in page(client, submission, "?against=before")
        assert "Why &lt;b&gt;this&lt;/b&gt;?" in page(client, submission, "?against=before")

    @pytest.mark.parametrize("query", ["?path=%00&line=1", "?line=99999999999999999999", "?path=%ED%A0%80", "?line=x"])
    def test_odd_places_are_no_place(self, cast: Cast, submission: Submission, query: str) -> None:
        assert "Add comment" in page(signed_in(cast.home["teacher"]), submission, query)

    def test_late_or_not_is_said_with_both_times(
        self, cast: Cast, assignment: Assignment, submission: Submission
    ) -> None:
        client = signed_in(cast.home["teacher"])
        Assignment.objects.update(opens_at=timezone.now() - timedelta(days=2))
        Assignment.objects.update(due_at=timezone.now() - timedelta(days=1), late_policy="cap", late_cap_percent=20)
        text = page(client, submission)
        assert ">Late<" in text and "<strong>2 points count:</strong>" in text
        assignment.extensions.create(student=cast.home["ada"], due_at=timezone.now() + timedelta(days=1))
        assert "In time" in page(client, submission)

    def test_looking_leaves_a_line_in_the_trail_once(self, cast: Cast, submission: Submission) -> None:
        for person in ("teacher", "teacher", "ada"):
            page(signed_in(cast.home[person]), submission)

        seen = AuditEvent.objects.filter(what="work seen").values_list("actor", "about")
        assert list(seen) == [(cast.home["teacher"].pk, cast.home["ada"].pk)]

    def test_the_editor_gets_what_was_handed_in(self, cast: Cast, submission: Submission) -> None:
        response = signed_in(cast.home["teacher"]).get(f"/submissions/{submission.pk}/editor/")
        config = response.context["page_config"]

        assert config["project"]["editable"] is False
        assert [(file["path"], file["text"]) for file in config["files"]] == [("main.py", TEXT)]


class TestNextStudent:
    def test_the_order_is_that_of_the_class(
        self, cast: Cast, assigned: AssignedExercise, submission: Submission
    ) -> None:
        zoe = UserFactory.create(username="zoe", display_name="zoe", school=cast.home.school)
        EnrolmentFactory.create(user=zoe, classroom=cast.home.classrooms["10A"], school=cast.home.school)
        hand_in_for(zoe, assigned)
        newest = hand_in_for(zoe, assigned)
        start_work(cast.home["ben"], assigned)
        cleo = hand_in_for(cast.home["cleo"], assigned)
        client = signed_in(cast.home["teacher"])

        order = client.get(f"/submissions/{cleo.pk}/").context["order"]
        found = (order.place, order.count, order.previous.pk, order.next.pk)
        assert found == (2, 3, submission.pk, newest.pk)
        before = page(client, submission)
        assert "1 of 3" in before and "Next student" in before and "Previous student" not in before

    def test_as_many_queries_for_a_large_class(
        self, cast: Cast, assigned: AssignedExercise, submission: Submission
    ) -> None:
        client, counts = signed_in(cast.home["teacher"]), []
        page(client, submission)
        for more in (0, 20):
            for number in range(more):
                student = UserFactory.create(username=f"s{number}", school=cast.home.school)
                EnrolmentFactory.create(user=student, classroom=cast.home.classrooms["10A"], school=cast.home.school)
                hand_in_for(student, assigned)
                Comment.objects.create(submission=submission, author=student, text="One more")
            with CaptureQueriesContext(connection) as captured:
                page(client, submission)
            counts.append(len(captured))

        assert counts[0] == counts[1] <= 25


class TestStudent:
    def test_nothing_of_a_hidden_test_is_in_it(self, cast: Cast, submission: Submission) -> None:
        add_mark(submission, Mark.Source.OVERRIDE, Decimal(5), 10, author=cast.home["teacher"], reason="Good idea")
        ada = signed_in(cast.home["ada"])
        text = page(ada, submission)

        assert ">Two " in text and ">Three " in text
        assert "Four<" not in text and "Four " not in text and "marker hidden" not in text
        assert "Saw " not in text  # what a teacher's browser saw
        assert "<strong>5</strong> of 10 points" in text and "Good idea" in text
        assert "Why &lt;b&gt;this&lt;/b&gt;?" in text
        assert "All marks" not in text and "Set the mark by hand" not in text

    def test_before_the_release_there_is_only_the_claim(self, cast: Cast, submission: Submission) -> None:
        Assignment.objects.update(shows_results="on release", released_at=None)
        ada = signed_in(cast.home["ada"])
        text = page(ada, submission)
        assert "3.33" not in text and "Why &lt;b" not in text
        assert "10 of 10" in text
        assert ada.post(f"/submissions/{submission.pk}/comments/", {"text": "x"}).status_code == 403
        assert comment_counts([submission], cast.home["ada"]) == {}

        Assignment.objects.update(released_at=timezone.now())
        assert "3.33" in page(ada, submission) and "Why &lt;b" in page(ada, submission)
        assert comment_counts([submission], cast.home["ada"]) == {submission.pk: 1}
        assert "1 comment<" in ada.get(f"/assignments/{submission.work.assigned.assignment_id}/").content.decode()

    def test_others_do_not_see_it(self, cast: Cast, submission: Submission) -> None:
        for person in (cast.home["ben"], cast.home["colleague"], cast.away["teacher"]):
            assert signed_in(person).get(f"/submissions/{submission.pk}/").status_code == 404
