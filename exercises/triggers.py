"""Versions of exercises never change, for SQLite; migration 0002 says the same to PostgreSQL.

A version is closed once it is, or was, its exercise's newest: no file and no test comes to it then. The author's
account may be deleted; the version then has none.
"""

_REFUSE = "BEGIN SELECT RAISE(ABORT, 'exercise_version: it never changes'); END"
_CHANGED = " OR ".join(
    f"NEW.{column} IS NOT OLD.{column}"
    for column in ("id", "exercise_id", "number", "statement", "entry", "hints", "digest", "created_at")
)
_CLOSED = """EXISTS (
    SELECT 1 FROM exercises_exerciseversion AS mine
    JOIN exercises_exercise ON exercises_exercise.id = mine.exercise_id
    JOIN exercises_exerciseversion AS newest ON newest.id = exercises_exercise.current_id
    WHERE mine.id = NEW.version_id AND newest.number >= mine.number
)"""

TRIGGERS = {
    "exercise_version_update": f"""
        BEFORE UPDATE ON exercises_exerciseversion WHEN {_CHANGED} OR NEW.author_id IS NOT NULL {_REFUSE}
    """,
    "exercise_file_update": f"BEFORE UPDATE ON exercises_exercisefile {_REFUSE}",
    "exercise_file_insert": f"BEFORE INSERT ON exercises_exercisefile WHEN {_CLOSED} {_REFUSE}",
    "exercise_test_update": f"BEFORE UPDATE ON exercises_testcase {_REFUSE}",
    "exercise_test_insert": f"BEFORE INSERT ON exercises_testcase WHEN {_CLOSED} {_REFUSE}",
}
