"""The Django admin as this site has it: for school admins and operators, and only what keeps within a school."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import update_wrapper
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.exceptions import BadRequest
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.views import sign_out
from schools.admin_base import ScopedAdmin, viewer

# Views of Django's that are not scoped, or for which this site has a page of its own
LEFT_OUT = {"autocomplete", "view_on_site", "password_change", "password_change_done"}
# Ways to ask for a column by name, or to save a row as another one
REFUSED = {"_popup", "_to_field", "_saveasnew"}


class SchoolAdminSite(admin.AdminSite):
    """Only models with a ScopedAdmin are in it: what libraries register of theirs (groups, axes) stays out."""

    site_title = site_header = gettext_lazy("codeplatform")
    index_title = gettext_lazy("Administration")
    enable_nav_sidebar = False

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[admin.ModelAdmin[Any]] | None = None,
        **options: Any,
    ) -> None:
        if admin_class is not None and issubclass(admin_class, ScopedAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def unregister(self, model_or_iterable: type[Model] | Iterable[type[Model]]) -> None:
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        super().unregister([model for model in models if self.is_registered(model)])

    def get_urls(self) -> list[Any]:
        return [pattern for pattern in super().get_urls() if getattr(pattern, "name", None) not in LEFT_OUT]

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not REFUSED.isdisjoint({*request.GET, *request.POST}):
                raise BadRequest(_("This administration has no pop-ups and no copies."))
            response: HttpResponseBase = view(request, *args, **kwargs)
            return response

        return super().admin_view(update_wrapper(guarded, view), cacheable)

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return sign_out(request)

    def get_log_entries(self, request: HttpRequest) -> QuerySet[LogEntry]:
        """What people of the viewer's school did here."""
        entries = LogEntry.objects.select_related("content_type", "user")
        school_id = viewer(request).school_id
        return entries.filter(user__school=school_id) if school_id else entries
