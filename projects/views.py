from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest, json_answer
from projects.forms import SaveForm
from projects.limits import MAX_INLINE_BYTES
from projects.looking import note_look
from projects.models import Project
from projects.representation import moment, page_config, state_json
from projects.saving import Conflict, ProjectTooLarge, TwinPath, read_state, save_revision


@require_safe
def project_detail(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    # Most look at their own, and then one query says both.
    own = Project.objects.editable_by(request.user).select_related("owner").filter(pk=project_id).first()
    visible = Project.objects.visible_to(request.user).select_related("owner")
    project, editable = own or get_object_or_404(visible, pk=project_id), own is not None
    note_look(request, project)
    if project.is_exercise and editable:
        return redirect("assessment:work-detail", project.pk)
    state = read_state(project.pk) if project.total_bytes() <= MAX_INLINE_BYTES else None
    config = page_config(project, request.user, editable=editable, state=state)
    return render(request, "projects/project.html", {"project": project, "editable": editable, "page_config": config})


@require_safe
def project_files(request: SignedInRequest, project_id: UUID) -> JsonResponse:
    project = get_object_or_404(Project.objects.visible_to(request.user).select_related("owner"), pk=project_id)
    note_look(request, project)
    return json_answer(state_json(read_state(project.pk)))


@require_POST
def project_save(request: SignedInRequest, project_id: UUID) -> JsonResponse:
    if refusal := refuse_other_person(request):
        return refusal
    own = Project.objects.editable_by(request.user).filter(pk=project_id)
    project = own.only("history_bytes").order_by().first()
    if project is None:
        if Project.objects.owned_by(request.user).in_bin().filter(pk=project_id).exists():
            return json_answer({"error": _("This project is in your bin. Restore it there to save your text.")}, 404)
        get_object_or_404(Project.objects.visible_to(request.user), pk=project_id)
        return json_answer({"error": _("Only its owner can change this project.")}, 403)
    return save_into(lambda: project, request)


def refuse_other_person(request: SignedInRequest) -> JsonResponse | None:
    """The answer to text typed by one person that the next one at the same computer would save, or None."""
    if request.headers.get("X-Draft-User", str(request.user.pk)) == str(request.user.pk):
        return None
    error = _("Somebody else has signed in. Sign in again to save your text.")
    return json_answer({"error": error, "sign_in": resolve_url(settings.LOGIN_URL)}, 401)


def save_into(open_project: Callable[[], Project], request: SignedInRequest) -> JsonResponse:
    """Save what the request holds, if it is a save at all, in the person's own project that is opened then."""
    if request.content_type != "application/json":
        return json_answer({"error": _("Send the changes as application/json.")}, 415)
    form = SaveForm(request.body, user=request.user)
    if not form.is_valid():
        return json_answer(form.errors(), form.status)
    try:
        outcome = save_revision(open_project(), request.user, form.base, form.key, form.changes)
    except ProjectTooLarge as error:
        return json_answer({"error": str(error)}, 413)
    except TwinPath as error:
        return json_answer({"error": error.messages[0], "path": error.path}, 400)
    if isinstance(outcome, Conflict):
        sentence = _("This project was saved somewhere else in the meantime.")
        return json_answer({"error": sentence, "author": outcome.author, **state_json(outcome.state)}, 409)
    return json_answer({"revision": outcome.revision, "saved_at": moment(outcome.saved_at)})
