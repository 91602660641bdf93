from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Max, Min, Q
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from projects.difference_page import as_json, shown_files
from projects.history import FileDifference, compare, files_at, restore
from projects.history_forms import HistoryPageForm, RestoreForm
from projects.history_list import history_page
from projects.limits import MAX_REVISION
from projects.looking import note_look
from projects.models import Project, Revision
from projects.saving import Conflict, ProjectTooLarge

NOW = "now"


@require_safe
def project_history(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    project = _project(request, project_id)
    form = HistoryPageForm(request.GET)
    if not form.is_valid():
        raise Http404
    page = history_page(project, form.cleaned_data["before"])
    return _render(request, "projects/history.html", project, {"page": page, "is_newest": "before" not in request.GET})


@require_safe
def project_revision(request: SignedInRequest, project_id: UUID, number: int) -> HttpResponse:
    project = _project(request, project_id)
    return _revision_page(request, project, _revision(project, number))


@require_safe
def project_revision_files(request: SignedInRequest, project_id: UUID, number: int) -> JsonResponse:
    """Both sides of each file that differs, for the page's script."""
    project = _project(request, project_id)
    differences = _differences(request, project, _revision(project, number))
    return JsonResponse(as_json(differences), headers={"Cache-Control": "no-store"})


@require_POST
def project_restore(request: SignedInRequest, project_id: UUID, number: int) -> HttpResponse:
    project = _project(request, project_id)
    if not project.is_editable_by(request.user):
        raise PermissionDenied(_("Only its owner can restore an earlier version of this project."))
    revision = _revision(project, number)
    form = RestoreForm(request.POST)
    if not form.is_valid():
        return _revision_page(request, project, revision, error=_("This version has no such file."), status=400)
    try:
        outcome = restore(project, request.user, number, form.cleaned_data["path"] or None)
    except ProjectTooLarge as error:
        return _revision_page(request, project, revision, error=str(error), status=413)
    except ValidationError as error:
        return _revision_page(request, project, revision, error=error.messages[0], status=400)
    if isinstance(outcome, Conflict):
        sentence = _("The project was saved somewhere else in the same moment. Press the button once more.")
        return _revision_page(request, project, revision, error=sentence, status=409)
    return redirect("projects:project-detail", project.pk)


def _project(request: SignedInRequest, project_id: UUID) -> Project:
    visible = Project.objects.visible_to(request.user).select_related("owner__school")
    project = get_object_or_404(visible, pk=project_id)
    note_look(request, project)
    return project


def _revision(project: Project, number: int) -> Revision:
    if number > MAX_REVISION:
        raise Http404
    return get_object_or_404(project.revisions.kept().select_related("author"), number=number)


def _differences(request: SignedInRequest, project: Project, revision: Revision) -> list[FileDifference]:
    """What the revision changed, or what has changed since it."""
    here = files_at(project.pk, revision.number)
    if request.GET.get("against") == NOW:
        return compare(here, files_at(project.pk, project.revision))
    return compare(files_at(project.pk, revision.number - 1), here)


def _revision_page(
    request: SignedInRequest, project: Project, revision: Revision, *, error: str = "", status: int = 200
) -> HttpResponse:
    older, newer = Q(number__lt=revision.number), Q(number__gt=revision.number)
    neighbours = project.revisions.kept().aggregate(
        previous=Max("number", filter=older), next=Min("number", filter=newer)
    )
    context = {
        "revision": revision,
        "files": shown_files(_differences(request, project, revision)),
        "since": request.GET.get("against") == NOW,
        "is_current": revision.number == project.revision,
        "error": error,
        **neighbours,
    }
    return _render(request, "projects/revision.html", project, context, status)


def _render(
    request: SignedInRequest, template: str, project: Project, context: dict[str, object], status: int = 200
) -> HttpResponse:
    editable = project.is_editable_by(request.user)
    with timezone.override(project.time_zone()):
        return render(request, template, {"project": project, "editable": editable, **context}, status=status)
