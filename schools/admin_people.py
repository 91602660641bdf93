"""People in the admin: school admins look after the students and teachers of their school, operators after all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from accounts.names import MAX_SHORT_NAME, normalise, validate_short_name
from accounts.roles import Role
from schools import people
from schools.admin_base import ADMINS, Rows, SchoolFilter, ScopedForm, shown_time, viewer
from schools.admin_columns import PeopleList
from schools.admin_export import ExportingAdmin
from schools.admin_filters import AccountFilter, MemberOfClassFilter, RoleFilter
from schools.admin_import_page import ImportingAdmin
from schools.audit_events import What
from schools.models import Classroom, Enrolment

# Each new pass-phrase costs the hasher some 50 ms, and a sheet of cards is for a class or two.
MAX_NEW_PASSPHRASES = 200


if TYPE_CHECKING:
    BaseClassroomsField = forms.ModelMultipleChoiceField[Classroom]
else:
    BaseClassroomsField = forms.ModelMultipleChoiceField


class ClassroomsField(BaseClassroomsField):
    def label_from_instance(self, classroom: Any) -> str:
        return f"{classroom.name} ({classroom.year})"


class PersonForm(ScopedForm):
    """What may be changed of an account: by school admins between student and teacher, and never their own role."""

    class Meta:
        labels = {
            "display_name": gettext_lazy("Name"),
            "must_change_password": gettext_lazy("Chooses an own password"),
        }

    classrooms = ClassroomsField(
        Classroom.objects.filter(archived_at__isnull=True),
        label=gettext_lazy("Classes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "Students learn in them, teachers teach them. Take out a tick, and they leave the class."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person: User = self.instance
        if not person._state.adding and "classrooms" in self.fields:
            self._classrooms.queryset = self._classrooms.queryset.filter(school=person.school_id)
            now_in = person.enrolments.active().filter(role=person.role)
            self.initial["classrooms"] = list(now_in.values_list("classroom_id", flat=True))
        if "role" in self.fields:
            self.fields["role"].choices = [  # type: ignore[attr-defined]
                choice for choice in Role.choices if choice[0] in roles_given_by(self.viewer)
            ]

    @property
    def _classrooms(self) -> Any:
        return self.fields["classrooms"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        role, classrooms = cleaned.get("role", self.instance.role), cleaned.get("classrooms")
        if classrooms and role not in Enrolment.Role.values and "classrooms" not in self.errors:
            self.add_error("classrooms", _("Only students and teachers are in classes."))
        return cleaned


class NewPersonForm(PersonForm):
    short_name = forms.CharField(
        label=gettext_lazy("Login name"),
        max_length=MAX_SHORT_NAME,
        help_text=gettext_lazy(
            "Short, without spaces, for instance ada.lovelace. @ and the school's short name are added."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean_short_name(self) -> str:
        name = normalise(self.cleaned_data["short_name"])
        validate_short_name(name)
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        school = self.instance.school if self.viewer.school_id else cleaned.get("school")
        name = cleaned.get("short_name")
        if school and name:
            self.instance.username = f"{name}@{school.slug}"
            if User.objects.filter(username=self.instance.username).exists():
                self.add_error("short_name", _("Somebody in the school has this login name already."))
        if school and any(classroom.school_id != school.pk for classroom in cleaned.get("classrooms") or ()):
            self.add_error("classrooms", _("These are classes of another school."))
        return cleaned


def roles_given_by(person: User) -> set[str]:
    """A second school admin is made by an operator; an operator by the command createsuperuser alone."""
    given: set[str] = {Role.STUDENT, Role.TEACHER}
    return given | {Role.SCHOOL_ADMIN} if person.role == Role.OPERATOR else given


@admin.register(User)
class PersonAdmin(ImportingAdmin, ExportingAdmin):
    resource = PeopleList
    adders = ADMINS
    changers = ADMINS
    created = What.ACCOUNT_CREATED
    changed = What.ACCOUNT_CHANGED

    form = PersonForm
    list_display = ["name", "short", "role", "classes", "account", "seen", "school"]
    list_filter = [SchoolFilter, MemberOfClassFilter, RoleFilter, AccountFilter]
    search_fields = ["display_name", "username"]
    search_help_text = gettext_lazy("Name or login name")
    list_select_related = ["school"]
    readonly_fields = ["login", "account", "classes", "seen", "made", "data"]
    actions = ["give_new_passphrases", "sign_out_everywhere", "close_accounts", "open_accounts"]

    def editable_rows(self, by: User) -> Rows:
        """Operators' own accounts are changed by commands alone."""
        return super().editable_rows(by).exclude(role=Role.OPERATOR)

    def get_queryset(self, request: HttpRequest) -> Rows:
        now_in = Enrolment.objects.active().select_related("classroom").order_by("classroom__name")
        return super().get_queryset(request).prefetch_related(Prefetch("enrolments", now_in, to_attr="now_in"))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            fields = ["school", "short_name", "display_name", "role", "classrooms"]
            return [(None, {"fields": self._without_school(request, fields)})]
        is_member = obj.role in Enrolment.Role.values and self.has_change_permission(request, obj)
        shown = ["school", "display_name", "login", "role", "classrooms" if is_member else "classes"]
        signing_in = ["account", "must_change_password", "seen", "made"]
        if self.has_change_permission(request, obj):
            signing_in.append("data")
        return [
            (None, {"fields": self._without_school(request, shown)}),
            (_("Signing in"), {"fields": signing_in}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        is_fixed = obj is not None and (obj == request.user or obj.role not in roles_given_by(viewer(request)))
        return [*fields, "role"] if is_fixed else fields

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, **({} if obj else {"form": NewPersonForm}) | kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        role = obj.role
        if not change:
            obj.display_name = obj.display_name or obj.short_name
            obj.new_passphrase = people.set_new_passphrase(obj)
        elif "role" in form.changed_data:
            obj.role = form.initial["role"]
            people.change_role(obj, role, request=request)
        super().save_model(request, obj, form, change)
        if "classrooms" in form.changed_data:
            people.set_classes(obj, form.cleaned_data["classrooms"], request=request)

    def record_save(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        fields = [name for name in form.changed_data if name not in {"role", "classrooms"}]
        if not change:
            self.record(request, What.ACCOUNT_CREATED, obj, role=obj.role)
        elif fields:
            self.record(request, What.ACCOUNT_CHANGED, obj, fields=fields)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self.show_passphrases(request, [(obj, obj.new_passphrase)])

    # Columns

    @admin.display(description=gettext_lazy("name"), ordering="display_name")
    def name(self, person: User) -> str:
        return str(person)

    @admin.display(description=gettext_lazy("login name"))
    def login(self, person: User) -> str:
        return person.username

    @admin.display(description=gettext_lazy("last seen"), ordering="last_seen_at")
    def seen(self, person: User) -> str:
        return shown_time(person.last_seen_at)

    @admin.display(description=gettext_lazy("account made"))
    def made(self, person: User) -> str:
        return shown_time(person.date_joined)

    @admin.display(description=gettext_lazy("data"))
    def data(self, person: User) -> str:
        address = reverse("export-person", args=[person.pk])
        return format_html('<a href="{}">{}</a>', address, _("Download the data"))

    @admin.display(description=gettext_lazy("login name"), ordering="username")
    def short(self, person: User) -> str:
        return person.short_name

    @admin.display(description=gettext_lazy("classes"))
    def classes(self, person: Any) -> str:
        return ", ".join(enrolment.classroom.name for enrolment in person.now_in)

    @admin.display(description=gettext_lazy("account"))
    def account(self, person: User) -> str:
        if person.is_active:
            return _("Open")
        if person.left_at is None:
            return _("Closed")
        return _("Left on %(date)s") % {"date": date_format(person.left_at, "d F Y")}

    # Actions

    @admin.action(description=gettext_lazy("Make new pass-phrases"), permissions=["change"])
    def give_new_passphrases(self, request: HttpRequest, queryset: Rows) -> HttpResponse | None:
        chosen = self._looked_after(request, queryset.filter(is_active=True))
        if len(chosen) > MAX_NEW_PASSPHRASES:
            messages.error(
                request,
                _("Choose at most %(max_new_passphrases)s people at once. Nothing was changed.")
                % {"max_new_passphrases": MAX_NEW_PASSPHRASES},
            )
            return None
        if not chosen:
            return None
        return self.show_passphrases(request, [(person, people.reset_password(person, request)) for person in chosen])

    @admin.action(description=gettext_lazy("Sign out everywhere"), permissions=["change"])
    def sign_out_everywhere(self, request: HttpRequest, queryset: Rows) -> None:
        for person in (chosen := self._looked_after(request, queryset)):
            people.sign_out_everywhere(person, request=request)
        done = ngettext(
            "%(count)s account signed out everywhere.", "%(count)s accounts signed out everywhere.", len(chosen)
        )
        self._say(request, len(chosen), done)

    @admin.action(description=gettext_lazy("Close accounts: they left the school"), permissions=["change"])
    def close_accounts(self, request: HttpRequest, queryset: Rows) -> None:
        others = queryset.filter(left_at__isnull=True).exclude(pk=viewer(request).pk)
        for person in (chosen := self._looked_after(request, others)):
            people.close_account(person, request=request)
        done = ngettext("%(count)s account closed.", "%(count)s accounts closed.", len(chosen))
        self._say(request, len(chosen), done)

    @admin.action(description=gettext_lazy("Open accounts again"), permissions=["change"])
    def open_accounts(self, request: HttpRequest, queryset: Rows) -> None:
        for person in (chosen := self._looked_after(request, queryset.filter(is_active=False))):
            people.open_account(person, request=request)
        done = ngettext("%(count)s account opened again.", "%(count)s accounts opened again.", len(chosen))
        self._say(request, len(chosen), done)

    def _looked_after(self, request: HttpRequest, queryset: Rows) -> list[User]:
        """Those of the chosen people whose accounts the viewer looks after."""
        chosen = list(self.editable_rows(viewer(request)).filter(pk__in=queryset.values("pk")).select_related("school"))
        if not chosen:
            messages.warning(request, _("None of the people you chose can be changed like this by you."))
        return chosen

    @staticmethod
    def _say(request: HttpRequest, count: int, done: str) -> None:
        if count:
            messages.success(request, done % {"count": count})
