"""What each model in the admin is registered with: `visible_to` and `editable_by` decide, not rows of permissions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters, ShowFacets
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import BadRequest, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError, models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.roles import Role
from schools.audit import record
from schools.audit_events import What
from schools.models import School

if TYPE_CHECKING:
    BaseAdmin = admin.ModelAdmin[Any]
    BaseForm = forms.ModelForm[Any]
    Rows = models.QuerySet[Any]
else:
    BaseAdmin = admin.ModelAdmin
    BaseForm = forms.ModelForm
    Rows = models.QuerySet

NOBODY: frozenset[str] = frozenset()
OPERATORS: frozenset[str] = frozenset({Role.OPERATOR})
ADMINS: frozenset[str] = frozenset({Role.OPERATOR, Role.SCHOOL_ADMIN})

# A longer search is no search: each word is a condition for each column.
MAX_SEARCH_CHARACTERS = 200
MAX_SEARCH_WORDS = 8


def viewer(request: HttpRequest) -> User:
    """Who asks; the admin site lets nobody in who is not signed in."""
    return cast(User, request.user)


def visible(rows: Rows, to: User) -> Rows:
    """Those of the rows that the person may see; none where their model does not say who may."""
    if not hasattr(rows, "visible_to"):
        return rows.none()
    return cast(Rows, rows.visible_to(to))


def shown_time(moment: datetime | None) -> str:
    return date_format(localtime(moment), "DATETIME_FORMAT") if moment else "-"


class ScopedForm(BaseForm):
    """Offers and takes only what the viewer may see, whatever the field, and puts new rows into the viewer's school."""

    viewer: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = visible(cast(Rows, field.queryset), self.viewer)
        if self.instance._state.adding and hasattr(self.instance, "school_id") and self.viewer.school_id:
            self.instance.school = self.viewer.school

    def _post_clean(self) -> None:
        """Django asks the database's own rules only about the columns of the form; a school is not one of them."""
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            self.add_error(None, forms.ValidationError(error.messages))


class ScopedFilter(admin.SimpleListFilter):
    """A list filter of a few choices; whatever else stands in the address is refused."""

    def queryset(self, request: HttpRequest, queryset: Rows) -> Rows:
        value = self.value()
        if value is None:
            return queryset
        if value not in {str(key) for key, _ in self.lookup_choices}:
            raise IncorrectLookupParameters
        return self.chosen(queryset, value)

    def chosen(self, queryset: Rows, value: str) -> Rows:
        raise NotImplementedError


class ScopedAdmin(BaseAdmin):
    """Shows the rows of the viewer's school and nothing else; changes nothing unless a subclass names who may.

    `viewers`, `adders`, `changers` and `deleters` are roles. Within them `visible_to` says which rows are seen,
    `editable_by` (where the model has it) which are changed. What is done is written to the audit trail as `created`,
    `changed` and `deleted`. `school_path` leads from a row to its school; a column or field named `school` is for
    operators, as a school admin's rows are all in one. List filters are subclasses of ScopedFilter. There are no
    inlines: a forged count of their rows is a 500 in Django.
    """

    viewers = ADMINS
    adders = NOBODY
    changers = NOBODY
    deleters = NOBODY
    created: What | None = None
    changed: What | None = None
    deleted: What | None = None
    school_path = "school"

    form = ScopedForm
    list_per_page = 100
    list_max_show_all = 100
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    save_as = False
    view_on_site = False
    preserve_filters = True

    # Which rows

    def rows(self, to: User) -> Rows:
        return visible(self.model._default_manager.all(), to)

    def editable_rows(self, by: User) -> Rows:
        rows = self.model._default_manager.all()
        return cast(Rows, rows.editable_by(by)) if hasattr(rows, "editable_by") else self.rows(by)

    def get_queryset(self, request: HttpRequest) -> Rows:
        person = viewer(request)
        rows = self.rows(person) if person.role in self.viewers else self.model._default_manager.none()
        return rows.order_by(*ordering) if (ordering := self.get_ordering(request)) else rows

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row, or the same 404 for what is not there and for what is not the viewer's."""
        found = None if "\x00" in object_id else super().get_object(request, object_id)
        if found is None:
            raise Http404
        return found

    def get_search_results(self, request: HttpRequest, queryset: Rows, search_term: str) -> tuple[Rows, bool]:
        words = search_term[:MAX_SEARCH_CHARACTERS].split()[:MAX_SEARCH_WORDS]
        return super().get_search_results(request, queryset, " ".join(words).replace("\x00", ""))

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:  # type: ignore[override]
        """Only what a filter of the list puts there: no other column can be asked about in the address."""
        return lookup in {shown.parameter_name for shown in self.get_list_filter(request)}

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        return False

    # Who may do what

    def has_module_permission(self, request: HttpRequest) -> bool:
        return viewer(request).role in self.viewers

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, self.viewers, self.rows, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return viewer(request).role in self.adders

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, self.changers, self.editable_rows, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, self.deleters, self.editable_rows, obj)

    @staticmethod
    def _may(request: HttpRequest, roles: frozenset[str], rows: Callable[[User], Rows], obj: Any) -> bool:
        person = viewer(request)
        return person.role in roles and (obj is None or rows(person).filter(pk=obj.pk).exists())

    # What is shown

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return self._without_school(request, super().get_list_display(request))

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return [
            shown for shown in super().get_list_filter(request) if shown is not SchoolFilter or _is_operator(request)
        ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return [
            (name, options | {"fields": self._without_school(request, options["fields"])})
            for name, options in super().get_fieldsets(request, obj)
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "school"] if obj is not None and _has_school(self.model) else fields

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"viewer": viewer(request)})

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget  # without the links that open pop-ups
        return field

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, str | list[str]]:
        return {}

    @staticmethod
    def _without_school(request: HttpRequest, names: Sequence[Any]) -> list[Any]:
        return [name for name in names if name != "school" or _is_operator(request)]

    # What is done

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Writes the columns that changed, so that what happens to the others meanwhile stays."""
        columns = {field.name for field in self.opts.concrete_fields}
        if not change:
            obj.save()
        elif written := columns.intersection(form.changed_data):
            obj.save(update_fields=written)
        self.record_save(request, obj, form, change)

    def record_save(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Writes to the audit trail who added or changed the row, and which fields."""
        what = self.changed if change else self.created
        if what is not None and (form.changed_data or not change):
            self.record(request, what, obj, fields=list(form.changed_data) if change else None)

    def record(self, request: HttpRequest, what: What, obj: Any, **details: Any) -> None:
        details = {key: value for key, value in details.items() if value is not None}
        about = obj if isinstance(obj, User) else None
        record(what, request=request, about=about, school=self.school_of(obj), details=details)

    def school_of(self, obj: Any) -> Any:
        for name in self.school_path.split("__"):
            obj = getattr(obj, name)
        return obj

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        if self.deleted is not None:
            self.record(request, self.deleted, obj, **{self.opts.model_name or "": str(obj.pk)})
        super().delete_model(request, obj)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            messages.error(request, _("Somebody else saved the same just now, so nothing was changed. Try again."))
            return redirect(request.path)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        title = str(self.opts.verbose_name_plural).capitalize()
        return super().changelist_view(request, {"title": title} | (extra_context or {}))

    def response_action(self, request: HttpRequest, queryset: Rows) -> HttpResponse | None:
        for key in request.POST.getlist(ACTION_CHECKBOX_NAME):
            try:
                self.opts.pk.to_python(key)
            except ValidationError as error:
                raise BadRequest(_("What was chosen is not in this list.")) from error
        return super().response_action(request, queryset)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        entries = (
            cast(Any, self.admin_site)
            .get_log_entries(request)
            .filter(
                content_type__app_label=self.opts.app_label,
                content_type__model=self.opts.model_name,
                object_id=self.get_object(request, unquote(object_id)).pk,
            )
        )
        page = Paginator(entries.order_by("action_time"), 100).get_page(request.GET.get("p"))
        context = {"action_list": page, "page_range": page.paginator.get_elided_page_range(page.number)}
        return super().history_view(request, object_id, context | (extra_context or {}))


class SchoolFilter(ScopedFilter):
    """For operators, who see more than one school."""

    title = gettext_lazy("school")
    parameter_name = "school"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, str]]:
        self.path = model_admin.school_path
        return list(School.objects.visible_to(viewer(request)).order_by("name").values_list("pk", "name"))

    def chosen(self, queryset: Rows, value: str) -> Rows:
        return queryset.filter(**{self.path: value})


def _is_operator(request: HttpRequest) -> bool:
    return viewer(request).role == Role.OPERATOR


def _has_school(model: type[models.Model]) -> bool:
    return any(field.name == "school" for field in model._meta.concrete_fields)
