"""Work that is set, done, handed in and marked. What is set with what dates is in assignment_models."""

from __future__ import annotations

from assessment.assignment_models import AssignedExercise, Assignment, Extension
from assessment.feedback_models import Comment, SavedComment
from assessment.marking_models import Mark, MarkingItem, MarkingRun, Result
from assessment.work_models import Submission, SubmissionFile, Work

__all__ = [
    "AssignedExercise",
    "Assignment",
    "Comment",
    "Extension",
    "Mark",
    "MarkingItem",
    "MarkingRun",
    "Result",
    "SavedComment",
    "Submission",
    "SubmissionFile",
    "Work",
]
