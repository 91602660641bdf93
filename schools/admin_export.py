"""Lists of the admin as spreadsheets: the rows that the viewer sees, in harmless columns and harmless cells."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field
from import_export.formats.base_formats import CSV, XLSX
from import_export.resources import ModelResource

from schools.admin_base import Rows, ScopedAdmin, viewer
from schools.audit import record
from schools.audit_events import What
from schools.sheet_cells import harmless

MAX_EXPORTED_ROWS = 20_000


def moment(value: Any) -> str:
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


class ListResource(ModelResource):  # type: ignore[misc]  # the library has no types
    """The columns of a list: declared one by one, so that a column added to a table is not thereby given away."""

    def export_field(self, field: Field, instance: Any, **kwargs: Any) -> str:
        return harmless(super().export_field(field, instance, **kwargs))


class ExportForm(forms.Form):
    FORMATS = {"xlsx": XLSX, "csv": CSV}

    format = forms.ChoiceField(
        choices=[("xlsx", gettext_lazy("Excel workbook (XLSX)")), ("csv", gettext_lazy("Text with commas (CSV)"))],
        widget=forms.RadioSelect,
    )


class ExportingAdmin(ScopedAdmin):
    """A ScopedAdmin whose list can be downloaded as it is filtered. Each download is in the audit trail."""

    change_list_template = "admin/exporting_change_list.html"
    resource: type[ListResource]

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        return [path("export/", self.admin_site.admin_view(self.export_view), name=name), *super().get_urls()]

    def export_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        list_url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        try:
            rows: Rows = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return redirect(f"{list_url}?e=1")
        count = rows.count()
        form = ExportForm(request.POST or None, initial={"format": "xlsx"})
        if count > MAX_EXPORTED_ROWS:
            messages.error(
                request,
                _("These are %(count)s rows; %(max_exported_rows)s fit. Filter the list first.")
                % {"count": f"{count:,}", "max_exported_rows": f"{MAX_EXPORTED_ROWS:,}"},
            )
            return redirect(list_url)
        if form.is_valid():
            return self._file(request, rows, count, form.cleaned_data["format"])
        context = self.admin_site.each_context(request) | {
            "title": _("Export %(things)s") % {"things": self.opts.verbose_name_plural},
            "opts": self.opts,
            "form": form,
            "count": count,
            "columns": self.resource().get_export_headers(),
        }
        return TemplateResponse(request, "admin/export.html", context)

    def _file(self, request: HttpRequest, rows: Rows, count: int, extension: str) -> HttpResponse:
        file_format = ExportForm.FORMATS[extension]()
        data = file_format.export_data(self.resource().export(rows))
        # The mark at its beginning tells a spreadsheet that the letters are UTF-8
        body = data.encode("utf-8-sig") if isinstance(data, str) else data
        kind = str(self.opts.verbose_name_plural)
        record(What.EXPORTED, request=request, details={"kind": kind, "count": count, "format": extension})
        school = viewer(request).school
        name = "-".join([school.slug if school else "all", *kind.split(), f"{timezone.localdate():%Y-%m-%d}"])
        response = HttpResponse(body, content_type=file_format.get_content_type())
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
        response.headers["Cache-Control"] = "no-store"
        return response
