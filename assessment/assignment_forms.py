from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assessment.assigning import begun_in
from assessment.assignment_models import Assignment
from schools.models import FIRST_YEAR, LAST_YEAR, Classroom, School

if TYPE_CHECKING:
    _Form = forms.ModelForm[Assignment]
else:
    _Form = forms.ModelForm

_WEEK = timedelta(weeks=1)
_DATES = ("opens_at", "due_at", "closes_at")


class MomentField(forms.DateTimeField):
    """A day and a time in the school's time zone, to the minute."""

    default_error_messages = {"invalid": gettext_lazy("Give a day and a time, such as 2026-11-30 18:00.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"), required=False, **kwargs
        )

    def clean(self, value: Any) -> datetime | None:
        moment: datetime | None = super().clean(value)
        if moment is None:
            return None
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise ValidationError(
                _("Give a year from %(first_year)s to %(last_year)s.")
                % {"first_year": FIRST_YEAR, "last_year": LAST_YEAR}
            )
        return moment.replace(second=0, microsecond=0)


class AssignmentForm(_Form):
    """All of an assignment but its exercises. Read and shown with the school's time zone as the current one."""

    opens_at = MomentField(label=gettext_lazy("Opens"), help_text=gettext_lazy("Empty: now."))
    due_at = MomentField(label=gettext_lazy("Due"), help_text=gettext_lazy("Empty: no due time."))
    closes_at = MomentField(
        label=gettext_lazy("Closes"), help_text=gettext_lazy("Nothing is accepted after that. Empty: never.")
    )
    classrooms = forms.ModelMultipleChoiceField(
        Classroom.objects.none(),
        label=gettext_lazy("Classes"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose at least one class."),
            "invalid_choice": gettext_lazy("Choose among your own classes."),
            "invalid_pk_value": gettext_lazy("Choose among your own classes."),
        },
    )

    class Meta:
        model = Assignment
        fields = [
            "title",
            "instructions",
            *_DATES,
            "grace_minutes",
            "late_policy",
            "late_cap_percent",
            "max_attempts",
            "shows_results",
            "weight",
        ]
        widgets = {
            "title": forms.TextInput({"autocomplete": "off"}),
            "instructions": forms.Textarea({"rows": 4}),
            "late_policy": forms.RadioSelect,
            "shows_results": forms.RadioSelect,
        }

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = classrooms_of(viewer, self.instance)
        self.fields["classrooms"].queryset = own  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        title = " ".join(self.cleaned_data["title"].split())
        if not title.isprintable():
            raise ValidationError(_("The title holds a character that cannot be shown. Type it again."))
        return title

    def clean_opens_at(self) -> datetime:
        there = self.instance.opens_at if not self.instance._state.adding else timezone.now()
        moment: datetime = self.cleaned_data["opens_at"] or there.replace(second=0, microsecond=0)
        return moment

    def clean_classrooms(self) -> QuerySet[Classroom]:
        chosen: QuerySet[Classroom] = self.cleaned_data["classrooms"]
        schools = {classroom.school_id for classroom in chosen}
        if len(schools) > 1:
            raise ValidationError(_("Choose classes of one school."))
        if not self.instance._state.adding:
            leaving = self.instance.classrooms.exclude(pk__in=chosen)
            if leaving and begun_in(self.instance, leaving, chosen):
                names = ", ".join(str(classroom) for classroom in leaving)
                raise ValidationError(
                    _("Students of %(names)s have begun this, so it stays set to them.") % {"names": names}
                )
        return chosen

    def clean(self) -> dict[str, Any]:
        opens, due, closes = (self.cleaned_data.get(name) for name in _DATES)
        if opens and due and due < opens:
            self.add_error("due_at", _("It cannot be due before it opens."))
        if opens and closes and closes < opens:
            self.add_error("closes_at", _("It cannot close before it opens."))
        elif due and closes and closes < due:
            self.add_error("closes_at", _("It cannot close before it is due."))
        return self.cleaned_data


class ExtensionForm(forms.Form):
    student = forms.ModelChoiceField(
        User.objects.none(),
        empty_label=gettext_lazy("Choose a student"),
        error_messages={
            "required": gettext_lazy("Choose the student."),
            "invalid_choice": gettext_lazy("Choose a student of these classes."),
        },
    )
    due_at = MomentField(label=gettext_lazy("Due for this student"))

    def __init__(self, *args: Any, students: QuerySet[User], assignment: Assignment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assignment = assignment
        self.fields["student"].queryset = students  # type: ignore[attr-defined]

    def clean_due_at(self) -> datetime:
        moment: datetime | None = self.cleaned_data["due_at"]
        if moment is None:
            raise ValidationError(_("Give a day and a time."))
        if moment < self.assignment.opens_at:
            raise ValidationError(_("It cannot be due before it opens."))
        if self.assignment.due_at and moment <= self.assignment.due_at:
            raise ValidationError(_("That is no more time than everybody has. Give a later time."))
        return moment


def classrooms_of(viewer: User, assignment: Assignment) -> QuerySet[Classroom]:
    """Where the viewer may set this: the classes they look after; for what is set already, those of its school."""
    own = Classroom.objects.editable_by(viewer)
    if assignment._state.adding:
        return own.filter(archived_at=None).select_related("school")
    fits = Q(archived_at=None, school=assignment.school_id) | Q(assignments=assignment)
    return own.filter(fits).select_related("school").distinct()


def typed(data: QueryDict) -> dict[str, Any]:
    """What was typed, to be shown in a form that is not judged yet."""
    return {name: data.getlist(name) if name == "classrooms" else data.get(name, "") for name in _NAMES}


def usual_values(now: datetime) -> dict[str, Any]:
    """What a new assignment begins with: due in a week, at the end of that day."""
    in_a_week = timezone.localtime(now) + _WEEK
    return {"due_at": in_a_week.replace(hour=23, minute=59, second=0, microsecond=0)}


def values_of_copy(source: Assignment, now: datetime) -> tuple[dict[str, Any], int]:
    """The fields of another assignment, its dates moved by whole weeks to where it does not open before now.

    The second is the number of weeks. Weekday and time of day stay what they are in the school's time zone.
    """
    weeks = max(0, -((source.opens_at - now) // _WEEK))
    values = forms.model_to_dict(source, [name for name in _NAMES if name not in {"classrooms", *_DATES}])
    for name in _DATES:
        moment: datetime | None = getattr(source, name)
        values[name] = moment and _moved(moment, weeks, source.school)
    return values, weeks


def _moved(moment: datetime, weeks: int, school: School) -> datetime:
    # Arithmetic within one time zone keeps the clock time, whatever happens to it in between.
    return timezone.localtime(moment, ZoneInfo(school.time_zone)) + weeks * _WEEK


_NAMES = ("classrooms", *AssignmentForm.Meta.fields)
