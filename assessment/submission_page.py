"""What the page of a submission shows: to those who mark it all there is, to the student what shows now."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from accounts.models import User
from assessment import result_rows
from assessment.class_order import class_order
from assessment.deadlines import points_after_lateness, terms_for
from assessment.feedback_forms import CommentForm, MarkForm, ReplyForm
from assessment.handed_in_files import (
    Texts,
    attempt_before,
    handed_in,
    out_of_sight,
    starter_of,
    with_changes,
    with_comments,
)
from assessment.models import Extension, Mark, SavedComment, Submission
from assessment.threads import Place, threads
from exercises.statement import as_html

# What the files can be compared with
STARTER, BEFORE = "starter", "before"


class SubmissionPage:
    """One submission for one viewer. Whoever may not mark it gets what its student gets."""

    def __init__(self, submission: Submission, viewer: User) -> None:
        self.submission, self.viewer = submission, viewer
        self.assigned = submission.work.assigned
        self.assignment = self.assigned.assignment if self.assigned else None
        self.marks_it = Submission.objects.markable_by(viewer).filter(pk=submission.pk).exists()
        self.shows_results = self.marks_it or self.assignment is None or self.assignment.shows_results_now
        # Words about a student's work come from those who mark it, and from the student, who answers them.
        self.may_comment = self.marks_it or (self.shows_results and submission.student_id == viewer.pk)
        self.texts: Texts = handed_in(submission)
        self.said = threads(submission, viewer)

    def comment_form(self, data: Any = None) -> ReplyForm:
        """The form in which the viewer says something."""
        given: dict[str, Any] = {"submission": self.submission, "author": self.viewer}
        if self.marks_it:
            return CommentForm(data, texts=self.texts, **given)
        form = ReplyForm(data, **given)
        form.places = self.said.keys()
        return form

    def mark_form(self, data: Any = None) -> MarkForm:
        """The form in which the mark is set by hand."""
        return MarkForm(data, out_of=self.out_of())

    def out_of(self) -> Decimal:
        """How many points there are: those of the exercise in the assignment, or else of the tests that show."""
        if self.assigned:
            return Decimal(self.assigned.points)
        return Decimal(sum(test.points for test in self.submission.version.tests.for_students()))

    def context(self, against: str, chosen: Place | None, *, comment_form: ReplyForm, mark_form: MarkForm) -> Any:
        """For the template. `against` is STARTER, BEFORE or nothing, `chosen` where a comment is to be written."""
        submission = self.submission
        if not (self.marks_it or chosen in self.said):
            chosen = None
        if against == STARTER:
            files = with_changes(starter_of(submission), self.texts)
        elif against == BEFORE and submission.attempt > 1:
            files = with_changes(attempt_before(submission), self.texts)
        else:
            against, files = "", with_comments(self.texts, self.said, chosen)
        elsewhere = out_of_sight(files, self.said)
        form_is_placed = any(file.is_chosen or any(line.is_chosen for line in file.lines) for file in files)
        pictures = {file.path: bytes(file.content) for file in submission.version.files.for_students()}
        attempts = list(submission.work.submissions.order_by("attempt"))
        shown = {
            "submission": submission,
            "student": submission.student,
            "assigned": self.assigned,
            "assignment": self.assignment,
            "exercise": submission.work.exercise,
            "statement": as_html(submission.version.statement, pictures),
            "marks_it": self.marks_it,
            "shows_results": self.shows_results,
            "may_comment": self.may_comment,
            "attempts": attempts,
            "counts": attempts[-1].pk == submission.pk,
            "newest": attempts[-1],
            "against": against,
            "files": files,
            "said_elsewhere": elsewhere.items(),
            "chosen": chosen,
            "form_is_placed": form_is_placed or (not self.marks_it and chosen in elsewhere),
            "comment_form": comment_form if self.may_comment else None,
            **self._lateness(),
        }
        return shown | (self._for_staff(mark_form) if self.marks_it else self._for_student())

    def _lateness(self) -> dict[str, Any]:
        submission, mark = self.submission, self.submission.mark
        if self.assignment is None:
            return {"is_late": False, "counted": mark.points if mark else None}
        extension = Extension.objects.filter(assignment=self.assignment, student=submission.student_id).first()
        terms = terms_for(self.assignment, extension)
        is_late = terms.is_late(submission.received_at)
        counted = points_after_lateness(mark, self.assignment, is_late) if mark else None
        return {"due_at": terms.due_at, "extension": extension, "is_late": is_late, "counted": counted}

    def _for_staff(self, mark_form: MarkForm) -> dict[str, Any]:
        submission = self.submission
        rows = result_rows.for_staff(submission, self.viewer)
        marks = list(submission.marks.visible_to(self.viewer).select_related("author"))
        claimed, verified = (_newest(marks, source) for source in (Mark.Source.CLAIMED, Mark.Source.VERIFIED))
        return {
            "rows": rows,
            "mark": submission.mark,
            "marks": marks,
            "claimed": claimed,
            "verified": verified,
            "differs": any(row.differs for row in rows) or _differ(claimed, verified),
            "mark_form": mark_form,
            "out_of": self.out_of(),
            "saved_comments": SavedComment.objects.visible_to(self.viewer),
            "order": class_order(submission, self.viewer),
        }

    def _for_student(self) -> dict[str, Any]:
        mark = self.submission.mark if self.shows_results else None
        claimed = self.submission.marks.filter(source=Mark.Source.CLAIMED).first()
        return {"rows": result_rows.for_student(self.submission), "mark": mark, "claimed": claimed}


def _newest(marks: list[Mark], source: str) -> Mark | None:
    return next((mark for mark in marks if mark.source == source), None)


def _differ(claimed: Mark | None, verified: Mark | None) -> bool:
    return claimed is not None and verified is not None and claimed.points != verified.points
