"""The gradebook of a class, its spreadsheet, and the page of one student for an evening with parents."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from assessment.distribution import PART_NAMES, histogram, spread_of
from assessment.gradebook import Gradebook, Line, gradebook_of
from assessment.gradebook_file import CONTENT_TYPES, as_csv, as_xlsx, sheet_of, state_in_words
from assessment.grid_cells import CellWriter, ShownCell
from assessment.grid_views import assignments_of, chosen_assignment
from assessment.models import Assignment, Comment
from schools.audit import Detail, record
from schools.audit_events import What
from schools.classroom_access import own_classroom, students_of


@require_safe
def gradebook(request: SignedInRequest, classroom_id: UUID) -> HttpResponse:
    """Totals of all assignments; with `assignment`, the exercises of one."""
    classroom = own_classroom(request, classroom_id, change=False)
    assignments = assignments_of(classroom, request.user)
    chosen = chosen_assignment(request, assignments)
    book = gradebook_of(classroom, request.user, chosen)
    context = {
        "classroom": classroom,
        "assignments": assignments,
        "chosen": chosen,
        "book": book,
        "lines": _lines(book, chosen),
        **_charts(book, chosen),
    }
    with timezone.override(classroom.school.time_zone):
        return render(request, "assessment/gradebook.html", context)


@require_safe
def gradebook_export(request: SignedInRequest, classroom_id: UUID) -> HttpResponse:
    """The marks as a spreadsheet: `format` is csv or xlsx. Each download is in the audit trail."""
    classroom = own_classroom(request, classroom_id, change=False)
    extension = request.GET.get("format", "csv")
    if extension not in CONTENT_TYPES:
        raise BadRequest(_("Marks are exported as csv or xlsx."))
    chosen = chosen_assignment(request, assignments_of(classroom, request.user))
    book = gradebook_of(classroom, request.user, chosen)
    sheet = sheet_of(book)
    body = as_csv(sheet) if extension == "csv" else as_xlsx(sheet)
    details: dict[str, Detail] = {
        "kind": "marks",
        "classroom": str(classroom.pk),
        "count": len(book.lines),
        "format": extension,
    }
    record(What.EXPORTED, request=request, school=classroom.school, details=details)
    with timezone.override(classroom.school.time_zone):
        parts = ["marks", slugify(classroom.name), slugify(chosen.title) if chosen else "", f"{timezone.localdate()}"]
    name = "-".join(part for part in parts if part)
    response = HttpResponse(body, content_type=CONTENT_TYPES[extension])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
def gradebook_student(request: SignedInRequest, classroom_id: UUID, student_id: UUID) -> HttpResponse:
    """One student's marks and comments, of assignments whose results are released: to be printed and handed out."""
    classroom = own_classroom(request, classroom_id, change=False)
    students = students_of(classroom, request.user).filter(pk=student_id)
    student = get_object_or_404(students)
    book = gradebook_of(classroom, request.user, students=students, only_released=True)
    line = book.lines[0]
    comments: dict[UUID, list[Comment]] = {}
    submissions = [cell.submission_id for cell in line.cells if cell.submission_id]
    said = Comment.objects.visible_to(request.user).filter(submission__in=submissions).exclude(author=student)
    for comment in said.select_related("author"):
        comments.setdefault(comment.submission_id, []).append(comment)
    context = {
        "classroom": classroom,
        "student": student,
        "line": line,
        "parts": [
            (
                assignment,
                score,
                [
                    (column, cell, state_in_words(cell), comments.get(cell.submission_id, []))  # type: ignore[arg-type]
                    for column, cell in zip(columns, cells, strict=True)
                ],
            )
            for (assignment, columns), cells, score in zip(book.groups, line.parts, line.scores, strict=True)
        ],
        "today": timezone.now(),
    }
    with timezone.override(classroom.school.time_zone):
        return render(request, "assessment/gradebook_student.html", context)


def _lines(book: Gradebook, chosen: Assignment | None) -> list[tuple[Line, list[ShownCell | None]]]:
    """Each line, with the cells of the one assignment: what was not handed in is blank."""
    show = CellWriter().show
    return [
        (line, [show(cell) if cell.is_handed_in else None for cell in line.cells] if chosen else [])
        for line in book.lines
    ]


def _charts(book: Gradebook, chosen: Assignment | None) -> dict[str, Any]:
    totals = [line.scores[0].percent if chosen and line.scores else line.overall for line in book.lines]
    marked = [total for total in totals if total is not None]
    by_column = zip(*(line.cells for line in book.lines), strict=True)
    spreads = [spread_of(cells) for cells in by_column]
    return {
        "bins": histogram(marked),
        "marked_count": len(marked),
        "spread_parts": PART_NAMES,
        "difficulty": list(zip(book.columns, spreads, strict=False)),
    }
