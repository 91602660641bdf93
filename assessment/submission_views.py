"""What was handed in, and what is said and thought of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from assessment.feedback_forms import MarkForm, PlaceForm, ReplyForm
from assessment.marks import add_mark, take_back_override
from assessment.models import Mark, SavedComment, Submission
from assessment.submission_page import SubmissionPage
from assessment.threads import Place
from projects.looking import note_look
from projects.representation import page_config
from projects.saving import State, StateFile
from schools.audit import record
from schools.audit_events import What

PAGE = "assessment:submission-detail"


@require_safe
def submission_detail(request: SignedInRequest, submission_id: UUID) -> HttpResponse:
    page = SubmissionPage(_visible(request, submission_id), request.user)
    place = PlaceForm(request.GET)
    chosen = place.place if place.is_valid() and "path" in request.GET else None
    return _render(request, page, chosen=chosen)


@require_safe
def submission_editor(request: SignedInRequest, submission_id: UUID) -> HttpResponse:
    """The workbench with what was handed in: to run it, in the sandbox, with nobody's session."""
    submission = _visible(request, submission_id)
    project = submission.work.project
    files = [StateFile(file.path, bytes(file.content), file.is_text) for file in submission.files.all()]
    state = State(submission.revision, submission.received_at, tuple(files))
    config = page_config(project, request.user, editable=False, state=state)
    return render(request, "projects/project.html", {"project": project, "editable": False, "page_config": config})


@require_POST
def comment_new(request: SignedInRequest, submission_id: UUID) -> HttpResponse:
    page = SubmissionPage(_visible(request, submission_id), request.user)
    if not page.may_comment:
        raise PermissionDenied
    form = page.comment_form(request.POST)
    if not form.is_valid():
        place = PlaceForm(request.POST)
        return _render(request, page, chosen=place.place if place.is_valid() else None, comment_form=form, status=400)
    return _back(submission_id, f"comment-{form.save().pk}")


@require_POST
def comment_delete(request: SignedInRequest, submission_id: UUID, comment_id: UUID) -> HttpResponse:
    """Takes back what one has said oneself, while nobody has answered."""
    page = SubmissionPage(_visible(request, submission_id), request.user)
    said = [one for comments in page.said.values() for one in comments]
    found = next((one for one in said if one.comment.pk == comment_id), None)
    if found is None:
        get_object_or_404(Submission.objects.none(), pk=comment_id)
    elif not found.can_delete:
        raise PermissionDenied(_("Only your own comment can be deleted, and only while nobody has answered it."))
    else:
        found.comment.delete()
    return _back(submission_id)


@require_POST
def saved_comment_remove(request: SignedInRequest, submission_id: UUID, saved_id: UUID) -> HttpResponse:
    """Takes it out of the saved ones; where it was said it stays."""
    _markable(request, submission_id)
    get_object_or_404(SavedComment.objects.visible_to(request.user), pk=saved_id).delete()
    return _back(submission_id, "saved-comments")


@require_POST
def mark_set(request: SignedInRequest, submission_id: UUID) -> HttpResponse:
    page = SubmissionPage(_markable(request, submission_id), request.user)
    form = page.mark_form(request.POST)
    if not form.is_valid():
        return _render(request, page, mark_form=form, status=400)
    points, out_of = form.cleaned_data["points"], page.out_of()
    add_mark(
        page.submission,
        Mark.Source.OVERRIDE,
        points,
        out_of,
        author=request.user,
        reason=form.cleaned_data["reason"],
    )
    _note(request, page.submission, points=str(points), out_of=str(out_of))
    messages.success(
        request, _("The mark is %(points)s of %(out_of)s points now.") % {"points": points, "out_of": out_of}
    )
    return _back(submission_id)


@require_POST
def mark_take_back(request: SignedInRequest, submission_id: UUID) -> HttpResponse:
    submission = _markable(request, submission_id)
    mark = take_back_override(submission, request.user)
    if mark is None:
        messages.error(request, _("No mark set by hand counts here, so there is none to take back."))
    else:
        _note(request, submission, taken_back=True)
        messages.success(
            request,
            _("Your mark is taken back. %(points)s of %(out_of)s points count again.")
            % {"points": mark.points, "out_of": mark.out_of},
        )
    return _back(submission_id)


def _visible(request: SignedInRequest, submission_id: UUID) -> Submission:
    """The submission; whoever looks at somebody else's leaves a line in the audit trail, as with projects."""
    related = ("work__assigned__assignment", "work__exercise", "work__project__owner__school", "student__school")
    rows = Submission.objects.visible_to(request.user).select_related(*related, "version", "mark__author")
    submission = get_object_or_404(rows, pk=submission_id)
    note_look(request, submission.work.project)
    return submission


def _markable(request: SignedInRequest, submission_id: UUID) -> Submission:
    submission = _visible(request, submission_id)
    if not Submission.objects.markable_by(request.user).filter(pk=submission_id).exists():
        raise PermissionDenied
    return submission


def _render(
    request: SignedInRequest,
    page: SubmissionPage,
    *,
    chosen: Place | None = None,
    comment_form: ReplyForm | None = None,
    mark_form: MarkForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = page.context(
        request.GET.get("against", ""),
        chosen,
        comment_form=comment_form or page.comment_form(),
        mark_form=mark_form or page.mark_form(),
    )
    school = page.submission.student.school
    with timezone.override(school.time_zone if school else "UTC"):
        return render(request, "assessment/submission.html", context, status=status)


def _back(submission_id: UUID, anchor: str = "") -> HttpResponseRedirect:
    url = reverse(PAGE, args=[submission_id])
    return redirect(f"{url}#{anchor}" if anchor else url)


def _note(request: SignedInRequest, submission: Submission, **details: Any) -> None:
    details = {"submission": str(submission.pk), **details}
    record(What.MARK_SET, about=submission.student, request=request, details=details)
