"""How many have begun and handed in what is set: in so many queries, whatever the number of students."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Max

from accounts.models import Viewer
from assessment.assignment_models import AssignedExercise, Assignment
from assessment.deadlines import terms_for
from assessment.work_models import Submission, Work
from schools.models import Classroom, Enrolment


@dataclass(frozen=True)
class Done:
    """Of a class's students, how many have handed in every exercise."""

    classroom: Classroom
    student_count: int
    done_count: int


@dataclass(frozen=True)
class Tally:
    """Of so many students: who is at work, who has handed in, and how many of these were late the last time."""

    student_count: int
    working_count: int
    handed_in_count: int
    late_count: int

    @property
    def not_begun_count(self) -> int:
        return self.student_count - self.working_count - self.handed_in_count


@dataclass(frozen=True)
class Tallies:
    """Of one assignment. In a class, somebody has handed in when they have handed in every exercise."""

    by_exercise: dict[UUID, Tally]
    by_classroom: list[tuple[Classroom, Tally]]


def done_by_classroom(assignments: Iterable[Assignment], viewer: Viewer) -> dict[UUID, list[Done]]:
    """By assignment the classes that the viewer looks after. Prefetch `classrooms` and `exercises`."""
    own = set(Classroom.objects.editable_by(viewer).values_list("pk", flat=True))
    rooms = {each.pk: [room for room in each.classrooms.all() if room.pk in own] for each in assignments}
    members = _members({room.pk for found in rooms.values() for room in found})
    exercise_counts = {each.pk: len(each.exercises.all()) for each in assignments}
    done = defaultdict(set)
    first = Submission.objects.filter(attempt=1, work__assigned__assignment__in=list(rooms)).order_by()
    pairs = first.values_list("work__assigned__assignment_id", "student_id").annotate(count=Count("pk"))
    for assignment, student, count in pairs:
        if count == exercise_counts[assignment]:
            done[assignment].add(student)
    return {
        assignment: [Done(room, len(members[room.pk]), len(members[room.pk] & done[assignment])) for room in found]
        for assignment, found in rooms.items()
    }


def tallies_of(assignment: Assignment, exercises: Collection[AssignedExercise], viewer: Viewer) -> Tallies:
    """Of the classes that the viewer looks after."""
    rooms = list(Classroom.objects.editable_by(viewer).filter(assignments=assignment).distinct())
    members = _members({room.pk for room in rooms})
    students = {student for found in members.values() for student in found}
    terms = defaultdict(lambda: terms_for(assignment))
    for extension in assignment.extensions.all():
        terms[extension.student_id] = terms_for(assignment, extension)
    works = Work.objects.filter(assigned__assignment=assignment).order_by()
    begun: dict[UUID, set[UUID]] = {each.pk: set() for each in exercises}
    handed_in: dict[UUID, set[UUID]] = {each.pk: set() for each in exercises}
    late: dict[UUID, set[UUID]] = {each.pk: set() for each in exercises}
    rows = works.annotate(last=Max("submissions__received_at")).values_list("assigned_id", "student_id", "last")
    for assigned, student, last in rows:
        if assigned is None or assigned not in begun or student not in students:
            continue
        begun[assigned].add(student)
        if isinstance(last, datetime):
            handed_in[assigned].add(student)
            if terms[student].is_late(last):
                late[assigned].add(student)
    by_exercise = {
        key: Tally(len(students), len(begun[key] - handed_in[key]), len(handed_in[key]), len(late[key]))
        for key in begun
    }
    counts = Counter(student for found in handed_in.values() for student in found)
    done = {student for student, count in counts.items() if count == len(exercises)}
    any_begun, any_late = set().union(*begun.values()), set().union(*late.values())
    by_classroom = []
    for room in rooms:
        there = members[room.pk]
        finished = there & done
        tally = Tally(len(there), len((there & any_begun) - done), len(finished), len(finished & any_late))
        by_classroom.append((room, tally))
    return Tallies(by_exercise, by_classroom)


def _members(classrooms: Collection[UUID]) -> defaultdict[UUID, set[UUID]]:
    """By class the students in it now whose account is open."""
    members: defaultdict[UUID, set[UUID]] = defaultdict(set)
    rows = Enrolment.objects.filter(
        classroom__in=classrooms, role=Enrolment.Role.STUDENT, until__isnull=True, user__is_active=True
    )
    for classroom, student in rows.order_by().values_list("classroom_id", "user_id"):
        members[classroom].add(student)
    return members
