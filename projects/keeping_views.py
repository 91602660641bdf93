"""Where people keep their projects in order: the list, new ones, names, copies, the bin, zips."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import SignedInRequest
from frontend.examples import examples
from projects import keeping
from projects.listing import arrange
from projects.looking import note_look
from projects.models import Project, ProjectQuerySet
from projects.project_forms import NewProjectForm, RenameForm, ZipForm
from projects.saving import read_state
from projects.starters import starters
from projects.zip_export import folder_name, pack
from schools.models import terms_of

LIST = "projects:project-list"
BIN = "projects:bin"
PROJECT = "projects:project-detail"


@require_http_methods(["GET", "HEAD", "POST"])
def project_list(request: SignedInRequest) -> HttpResponse:
    """The person's own projects; `q` searches their names, `sort` is as projects.listing has it."""
    form = NewProjectForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method != "POST":
        return _show_list(request, form, ZipForm(user=request.user))
    if not form.is_valid():
        return _show_list(request, form, ZipForm(user=request.user), status=400)
    return redirect(PROJECT, form.save().pk)


@require_POST
def project_upload(request: SignedInRequest) -> HttpResponse:
    form = ZipForm(request.POST, request.FILES, user=request.user)
    if not form.is_valid():
        return _show_list(request, NewProjectForm(user=request.user), form, status=400)
    project = form.save()
    left_out = form.cleaned_data["archive"].left_out_count
    sentence = _("“%(project)s” was made from the zip.") % {"project": project.name}
    if left_out:
        sentence += " " + _("Hidden and system files stayed out of it: %(count)s.") % {"count": left_out}
    messages.success(request, sentence)
    return redirect(LIST)


@require_http_methods(["GET", "HEAD", "POST"])
def project_rename(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    project = _own(request, Project.objects.editable_by(request.user).listed(), project_id)
    form = RenameForm(request.POST if request.method == "POST" else None, initial={"name": project.name})
    if request.method == "POST" and form.is_valid():
        form.save(project)
        return redirect(PROJECT, project.pk)
    status = 400 if form.is_bound else 200
    return render(request, "projects/rename.html", {"project": project, "form": form}, status=status)


@require_POST
def project_duplicate(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    project = _own(request, Project.objects.editable_by(request.user).listed(), project_id)
    try:
        copy = keeping.duplicate(project, request.user)
    except keeping.TooManyProjects as error:
        messages.error(request, error.messages[0])
        return redirect(LIST)
    return redirect(PROJECT, copy.pk)


@require_POST
def project_from_example(request: SignedInRequest, slug: str) -> HttpResponse:
    """Makes a project of the person's with the files of a public example."""
    example = examples().get(slug)
    if example is None:
        raise Http404
    try:
        project = keeping.copy_example(example, request.user)
    except keeping.TooManyProjects as error:
        messages.error(request, error.messages[0])
        return redirect(LIST)
    return redirect(PROJECT, project.pk)


@require_safe
def project_zip(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    project = get_object_or_404(Project.objects.visible_to(request.user).select_related("owner"), pk=project_id)
    note_look(request, project)
    disposition = content_disposition_header(True, f"{folder_name(project.name)}.zip")
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return HttpResponse(pack(project.name, read_state(project.pk)), content_type="application/zip", headers=headers)


@require_safe
def bin_list(request: SignedInRequest) -> HttpResponse:
    projects = _with_sizes(
        Project.objects.owned_by(request.user).listed().in_bin().order_by("-binned_at")
    ).select_related("owner__school")
    now = timezone.now()
    rows = [(project, keeping.days_left(project, now)) for project in projects]
    owner = rows[0][0].owner if rows else request.user  # with their school, which the rows have already
    return render(request, "projects/bin.html", {"rows": rows, "bin_days": terms_of(owner).bin_days})


@require_http_methods(["GET", "HEAD", "POST"])
def project_bin(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    """Asks, then moves the project to the bin."""
    project = _own(request, Project.objects.owned_by(request.user).listed(), project_id)
    if project.binned_at is None:
        if request.method != "POST":
            return render(request, "projects/bin_project.html", {"project": project})
        keeping.move_to_bin(project)
    messages.success(
        request,
        _("“%(project)s” is in the bin. You can restore it there for %(bin_days)s days.")
        % {"project": project.name, "bin_days": project.bin_days()},
    )
    return redirect(LIST)


@require_POST
def bin_restore(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    project = _own(request, Project.objects.owned_by(request.user).listed(), project_id)
    keeping.restore(project)
    messages.success(request, _("“%(project)s” is back among your projects.") % {"project": project.name})
    return redirect(LIST)


@require_http_methods(["GET", "HEAD", "POST"])
def bin_delete(request: SignedInRequest, project_id: UUID) -> HttpResponse:
    """Asks, then deletes for good what is in the bin."""
    project = _own(request, Project.objects.owned_by(request.user).listed().in_bin(), project_id)
    if request.method != "POST":
        return render(request, "projects/delete_project.html", {"project": project})
    project.delete()
    messages.success(request, _("“%(project)s” is deleted for good.") % {"project": project.name})
    return redirect(BIN)


def _own(request: SignedInRequest, own: ProjectQuerySet, project_id: UUID) -> Project:
    """The project among `own`; 403 for one that the person may only look at or work in, 404 for any other."""
    project = own.select_related("owner").filter(pk=project_id).first()
    if project is None:
        get_object_or_404(Project.objects.visible_to(request.user), pk=project_id)
        raise PermissionDenied
    return project


def _show_list(request: SignedInRequest, form: NewProjectForm, zip_form: ZipForm, status: int = 200) -> HttpResponse:
    projects = _with_sizes(Project.objects.editable_by(request.user).listed())
    context = {
        "listing": arrange(projects, request.GET.get("q", ""), request.GET.get("sort", "")),
        "has_projects": bool(projects),
        "starters": starters().values(),
        "form": form,
        "zip_form": zip_form,
    }
    return render(request, "projects/project_list.html", context, status=status)


def _with_sizes(projects: ProjectQuerySet) -> ProjectQuerySet:
    return projects.annotate(file_count=Count("files"), total_size=Sum("files__size", default=0))
