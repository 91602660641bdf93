"""What was handed in, how it went and what it was worth is only added to, for SQLite; migration 0002 for PostgreSQL.

An account may be deleted, and a run: whoever gave a mark is blanked then, and the run that it came from.
"""

_REFUSE = "BEGIN SELECT RAISE(ABORT, 'assessment: it is only added to'); END"


def _changed(*columns: str) -> str:
    return " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns)


SUBMISSION = ("id", "work_id", "student_id", "attempt", "revision", "code_hash", "key", "received_at", "client_at")
RESULT = ("id", "submission_id", "test_id", "outcome", "share", "detail", "created_at")
MARK = ("id", "submission_id", "source", "points", "out_of", "reason", "created_at")

TRIGGERS = {
    "submission_update": f"BEFORE UPDATE ON assessment_submission WHEN {_changed(*SUBMISSION)} {_REFUSE}",
    "submission_file_update": f"BEFORE UPDATE ON assessment_submissionfile {_REFUSE}",
    "result_update": f"BEFORE UPDATE ON assessment_result WHEN {_changed(*RESULT)} {_REFUSE}",
    "mark_update": f"BEFORE UPDATE ON assessment_mark WHEN {_changed(*MARK)} {_REFUSE}",
}
