"""Rules that the database keeps on SQLite; migrations 0002 and 0004 say the same to PostgreSQL.

Class and person of an enrolment are in one school: SQLite takes composite foreign keys only when a table is made, and
Django makes tables anew without them. The audit trail is only added to, but within schools.audit_events.erasing().
"""

_MISFIT = """
    NOT EXISTS (SELECT 1 FROM schools_classroom WHERE id = NEW.classroom_id AND school_id = NEW.school_id)
    OR NOT EXISTS (SELECT 1 FROM accounts_user WHERE id = NEW.user_id AND school_id = NEW.school_id)
"""
_REFUSE = "BEGIN SELECT RAISE(ABORT, 'enrolment_school: class and person are in different schools'); END"

_MOVED = "NEW.school_id IS NOT OLD.school_id"
_ENROLLED = "EXISTS (SELECT 1 FROM schools_enrolment WHERE OLD.id = {column})"

_KEEP = "WHEN NOT audit_is_erasing() BEGIN SELECT RAISE(ABORT, 'audit_event: the audit trail is only added to'); END"

TRIGGERS = {
    "audit_event_update": f"BEFORE UPDATE ON schools_auditevent {_KEEP}",
    "audit_event_delete": f"BEFORE DELETE ON schools_auditevent {_KEEP}",
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
