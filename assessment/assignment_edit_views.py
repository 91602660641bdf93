"""The form of an assignment: new, copied or changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from assessment.assigning import WorkBegun, save_assignment
from assessment.assignment_access import local_times, own_assignment
from assessment.assignment_forms import AssignmentForm, typed, usual_values, values_of_copy
from assessment.assignment_models import Assignment
from assessment.permissions import marks_work
from assessment.picks import Picks
from assessment.work_models import Submission
from exercises.listing import Search, arrange, read_search
from exercises.models import TOPIC_NAMES, Exercise
from schools.models import Classroom

PAGE = "assessment:assignment-detail"


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_new(request: SignedInRequest) -> HttpResponse:
    """`classroom` and `exercise` in the address are chosen to begin with; `copy` is the assignment it begins as."""
    if not marks_work(request.user):
        raise PermissionDenied
    source = _source(request)
    assignment = Assignment(author=request.user)
    with local_times(request, source) as time_zone:
        setting = _Setting(request, assignment, time_zone, source)
        return setting.after_post() if request.method == "POST" else setting.begin()


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_edit(request: SignedInRequest, assignment_id: UUID) -> HttpResponse:
    assignment = own_assignment(request, assignment_id)
    with local_times(request, assignment) as time_zone:
        setting = _Setting(request, assignment, time_zone)
        return setting.after_post() if request.method == "POST" else setting.begin()


@dataclass
class _Setting:
    """One request to the page."""

    request: SignedInRequest
    assignment: Assignment
    time_zone: str
    source: Assignment | None = None
    search: Search = field(default_factory=Search)

    @property
    def is_new(self) -> bool:
        return self.assignment._state.adding

    def begin(self) -> HttpResponse:
        values, picks, more = self._values(), Picks(), {}
        if self.source is not None:
            values, weeks = values_of_copy(self.source, timezone.now())
            more = {"weeks": weeks}
        if not self.is_new or self.source is not None:
            picks = Picks.of_assignment(self.source or self.assignment)
        elif "exercise" in self.request.GET:
            chosen = QueryDict(mutable=True)
            chosen.setlist("add", self.request.GET.getlist("exercise"))
            picks = Picks.of_form(chosen, self._available())
        if "classroom" in self.request.GET:
            values["classrooms"] = [self.request.GET["classroom"]]
        return self._show(AssignmentForm(**self._usual(), initial=values), picks, more=more)

    def after_post(self) -> HttpResponse:
        """`do` names a button that saves nothing; whatever was typed is there again."""
        post = self.request.POST
        self.search = read_search(post.dict())
        picks = Picks.of_form(post, self._available())
        button = post.get("do", "")
        if button:
            known = button in {"search", "add"} or picks.change(button)
            form = AssignmentForm(**self._usual(), initial=typed(post))
            return self._show(form, picks, status=200 if known else 400)
        form = AssignmentForm(post, **self._usual())
        chosen = picks.read()
        if not self.is_new:
            picks.keep_begun(self.assignment)
        if form.is_valid():
            self._check_school(form, picks)
        if not form.is_valid() or picks.has_errors:
            return self._show(form, picks, status=400)
        before = {} if self.is_new else dict(self.assignment.exercises.values_list("exercise_id", "points"))
        classrooms = list(form.cleaned_data["classrooms"])
        form.instance.school_id = classrooms[0].school_id
        changed = [*form.changed_data, *(["exercises"] if before != {p.exercise.pk: p.points for p in chosen} else [])]
        try:
            save_assignment(form.instance, classrooms, chosen, request=self.request, changed=changed)
        except WorkBegun:
            picks.keep_begun(self.assignment)
            return self._show(form, picks, status=409)
        self._say(classrooms, {each.exercise.pk: each.points for each in chosen}, before)
        return redirect(PAGE, form.instance.pk)

    def _usual(self) -> dict[str, Any]:
        return {"instance": self.assignment, "viewer": self.request.user}

    def _values(self) -> dict[str, Any]:
        if self.is_new:
            return usual_values(timezone.now())
        return {"classrooms": [room.pk for room in self.assignment.classrooms.all()]}

    def _available(self) -> QuerySet[Exercise]:
        """The library, and what is in the assignment already, be it archived or a colleague's own."""
        there = [each.pk for each in (self.assignment, self.source) if each is not None and not each._state.adding]
        library = Exercise.objects.visible_to(self.request.user).in_use().values("pk")
        return Exercise.objects.filter(Q(pk__in=library) | Q(assigned__assignment__in=there)).distinct()

    def _check_school(self, form: AssignmentForm, picks: Picks) -> None:
        """Operators see the classes and the exercises of all schools."""
        school_id = form.cleaned_data["classrooms"][0].school_id
        if any(row.exercise.school_id not in {None, school_id} for row in picks.rows):
            picks.problems.append(_("Choose exercises of the school that the class is in."))

    def _say(self, classrooms: list[Classroom], points: dict[UUID, int], before: dict[UUID, int]) -> None:
        title, names = self.assignment.title, _joined([str(classroom) for classroom in classrooms])
        done = _("“%(title)s” is set to %(classes)s.") if self.is_new else _("“%(title)s” is saved for %(classes)s.")
        messages.success(self.request, done % {"title": title, "classes": names})
        other = [key for key in points.keys() & before.keys() if points[key] != before[key]]
        handed_in = Submission.objects.filter(work__assigned__assignment=self.assignment, work__exercise__in=other)
        if other and handed_in.exists():
            sentence = _("What is handed in keeps its marks out of the old points until you re-mark it.")
            messages.warning(self.request, sentence)

    def _show(
        self, form: AssignmentForm, picks: Picks, status: int = 200, more: dict[str, Any] | None = None
    ) -> HttpResponse:
        library = Exercise.objects.visible_to(self.request.user).in_use().exclude(pk__in=picks.keys)
        context = {
            "form": form,
            "assignment": None if self.is_new else self.assignment,
            "source": self.source,
            "picks": picks,
            "topics": arrange(library, self.search, self.request.user, set()),
            "search": self.search,
            "topic_choices": TOPIC_NAMES,
            "time_zone": self.time_zone,
            **(more or {}),
        }
        return render(self.request, "assessment/assignment_edit.html", context, status=status)


def _source(request: SignedInRequest) -> Assignment | None:
    """What is to be copied, where the address says so and the person sees it."""
    try:
        key = UUID(request.GET.get("copy", ""))
    except ValueError:
        return None
    return Assignment.objects.visible_to(request.user).select_related("school").filter(pk=key).first()


def _joined(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
