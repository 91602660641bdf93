"""Class and person of an enrolment in one school, for SQLite; migration 0002 says the same to PostgreSQL.

SQLite takes composite foreign keys only when a table is made, and Django makes tables anew without them.
"""

_MISFIT = """
    NOT EXISTS (SELECT 1 FROM schools_classroom WHERE id = NEW.classroom_id AND school_id = NEW.school_id)
    OR NOT EXISTS (SELECT 1 FROM accounts_user WHERE id = NEW.user_id AND school_id = NEW.school_id)
"""
_REFUSE = "BEGIN SELECT RAISE(ABORT, 'enrolment_school: class and person are in different schools'); END"

_MOVED = "NEW.school_id IS NOT OLD.school_id"
_ENROLLED = "EXISTS (SELECT 1 FROM schools_enrolment WHERE OLD.id = {column})"

TRIGGERS = {
    "enrolment_school_insert": f"BEFORE INSERT ON schools_enrolment WHEN {_MISFIT} {_REFUSE}",
    "enrolment_school_update": f"BEFORE UPDATE ON schools_enrolment WHEN {_MISFIT} {_REFUSE}",
    "enrolment_school_user": (
        f"BEFORE UPDATE OF school_id ON accounts_user WHEN {_MOVED} AND {_ENROLLED.format(column='user_id')} {_REFUSE}"
    ),
    "enrolment_school_classroom": (
        "BEFORE UPDATE OF school_id ON schools_classroom "
        f"WHEN {_MOVED} AND {_ENROLLED.format(column='classroom_id')} {_REFUSE}"
    ),
}
