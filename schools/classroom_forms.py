from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.names import MAX_LOGIN_NAME, normalise
from accounts.roles import Role
from schools.classroom_access import students_of, teachers_of
from schools.models import FIRST_YEAR, LAST_YEAR, Classroom, School

if TYPE_CHECKING:
    _Form = forms.ModelForm[Classroom]
else:
    _Form = forms.ModelForm


def school_year() -> int:
    """The year in which the school year begins that goes on now, where it begins in summer."""
    now = timezone.localdate()
    return now.year if now.month >= 7 else now.year - 1


class ClassroomForm(_Form):
    """Name and school year of a class, new or not; other keys have no effect."""

    year = forms.IntegerField(
        label=gettext_lazy("School year"),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text=gettext_lazy("The year in which it begins."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    class Meta:
        model = Classroom
        fields = ["name", "year"]
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "off"})}

    def __init__(self, *args: Any, school: School, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.school = school
        self.initial.setdefault("year", school_year())

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not name.isprintable():
            raise ValidationError(_("The name holds a character that cannot be shown. Type it again."))
        return name

    def clean(self) -> dict[str, Any]:
        twins = Classroom.objects.filter(school=self.instance.school, **_given(self.cleaned_data, "name", "year"))
        if {"name", "year"} <= self.cleaned_data.keys() and twins.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("The school has a class of this name in this school year."))
        return self.cleaned_data


class StudentsForm(forms.Form):
    """The students ticked on the page of a class, and for a move the class they go to."""

    students = forms.ModelMultipleChoiceField(
        User.objects.none(),
        error_messages={
            "required": gettext_lazy("Tick the students first."),
            "invalid_choice": gettext_lazy("Some of these students are not in this class any more. Tick them again."),
            "invalid_pk_value": gettext_lazy("Tick the students again."),
        },
    )

    def __init__(self, *args: Any, classroom: Classroom, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = students_of(classroom, viewer).filter(pk__in=User.objects.editable_by(viewer).values("pk"))
        self.fields["students"].queryset = mine  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    target = forms.ModelChoiceField(
        Classroom.objects.none(),
        label=gettext_lazy("Move to"),
        empty_label=None,
        error_messages={
            "required": gettext_lazy("Choose the class."),
            "invalid_choice": gettext_lazy("Choose one of your own classes."),
        },
    )

    def __init__(self, *args: Any, classroom: Classroom, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].queryset = other_classrooms(classroom, viewer)  # type: ignore[attr-defined]


class CoTeacherForm(forms.Form):
    """A teacher of the school, by login name; `teacher` is who it is."""

    login = forms.CharField(
        label=gettext_lazy("Login name of the teacher"),
        max_length=MAX_LOGIN_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, classroom: Classroom, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.classroom = classroom

    def clean_login(self) -> str:
        slug = self.classroom.school.slug
        name = normalise(self.cleaned_data["login"]).removesuffix(f"@{slug}")
        teachers = User.objects.filter(school=self.classroom.school, role=Role.TEACHER, is_active=True)
        found = teachers.filter(username=f"{name}@{slug}").first()
        if found is None:
            raise ValidationError(_("This school has no teacher with this login name."))
        if teachers_of(self.classroom).filter(pk=found.pk).exists():
            raise ValidationError(_("%(found)s teaches this class already.") % {"found": found})
        self.teacher = found
        return name


def other_classrooms(classroom: Classroom, viewer: User) -> QuerySet[Classroom]:
    """Where the viewer may move students of this class."""
    mine = Classroom.objects.editable_by(viewer).filter(school=classroom.school_id, archived_at=None)
    return mine.exclude(pk=classroom.pk)


def _given(data: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: data[name] for name in names if name in data}
