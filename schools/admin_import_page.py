"""The page on which people are imported: choose a file, look at what it makes, then make it."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from schools.admin_base import ScopedAdmin, viewer
from schools.admin_import import (
    MAX_IMPORT_BYTES,
    MAX_IMPORT_ROWS,
    Outcome,
    import_people,
    read_people,
    sealed,
    unsealed,
)
from schools.audit import record
from schools.audit_events import What
from schools.models import School


class ImportForm(forms.Form):
    """The file, and for operators the school; `dataset` is what was read."""

    school = forms.ModelChoiceField(School.objects.none())
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=format_lazy(gettext_lazy("CSV or XLSX, at most {count} people."), count=MAX_IMPORT_ROWS),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if viewer.school_id:
            del self.fields["school"]
        else:
            self.fields["school"].queryset = School.objects.editable_by(viewer)  # type: ignore[attr-defined]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_IMPORT_BYTES:
            raise ValidationError(_("The file is larger than 1 MB. Keep only the columns that are asked for."))
        self.dataset = read_people(file.read())
        return file


class ImportingAdmin(ScopedAdmin):
    """Adds the import to an admin of people."""

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_import"
        return [path("import/", self.admin_site.admin_view(self.import_view), name=name), *super().get_urls()]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        if "sealed" in request.POST:
            return self._make(request)
        form = ImportForm(request.POST or None, request.FILES or None, viewer=viewer(request))
        outcome = seal = None
        if form.is_valid():
            school = cast(School, form.cleaned_data.get("school") or viewer(request).school)
            outcome = import_people(form.dataset, school, request, dry_run=True)
            seal = sealed(outcome, school, viewer(request))
        return self._import_page(request, form, outcome, seal)

    def _make(self, request: HttpRequest) -> HttpResponse:
        try:
            school, dataset = unsealed(request.POST["sealed"], viewer(request))
        except BadSignature:
            school = None
        if school is None:
            messages.error(request, _("This list was made too long ago. Choose the file again."))
            return redirect(request.path)
        outcome = import_people(dataset, school, request, dry_run=False)
        if outcome.problems:
            form = ImportForm(viewer=viewer(request))
            return self._import_page(request, form, outcome, None)
        record(What.IMPORTED, request=request, school=school, details={"count": len(outcome.made)})
        return self.show_passphrases(request, outcome.made)

    def _import_page(
        self, request: HttpRequest, form: ImportForm, outcome: Outcome | None, seal: str | None
    ) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "title": _("Import %(things)s") % {"things": self.opts.verbose_name_plural},
            "opts": self.opts,
            "form": form,
            "outcome": outcome,
            "sealed": seal,
        }
        return TemplateResponse(request, "admin/import.html", context)

    def show_passphrases(self, request: HttpRequest, made: list[tuple[User, str]]) -> HttpResponse:
        """The only time they can be read: they are kept as hashes."""
        context = self.admin_site.each_context(request) | {
            "title": _("New pass-phrases"),
            "opts": self.opts,
            "made": made,
        }
        return TemplateResponse(request, "admin/passphrases.html", context, headers={"Cache-Control": "no-store"})
