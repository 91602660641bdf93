"""What was handed in and how it was marked is only added to, and PostgreSQL sees to it (SQLite: assessment/triggers.py)."""

from django.db import migrations

FROZEN = {
    "submission": ("id", "work_id", "student_id", "attempt", "revision", "code_hash", "key", "received_at", "client_at"),
    "result": ("id", "submission_id", "test_id", "outcome", "share", "detail", "created_at"),
    "mark": ("id", "submission_id", "source", "points", "out_of", "reason", "created_at"),
}


def rows(columns):
    new, old = (", ".join(f"{which}.{column}" for column in columns) for which in ("NEW", "OLD"))
    return f"({new}) IS DISTINCT FROM ({old})"


ADD = [
    """
    CREATE FUNCTION assessment_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'assessment: it is only added to' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    *(
        f"""
        CREATE TRIGGER {name}_update BEFORE UPDATE ON assessment_{name} FOR EACH ROW
        WHEN ({rows(columns)}) EXECUTE FUNCTION assessment_is_only_added_to()
        """
        for name, columns in FROZEN.items()
    ),
    """
    CREATE TRIGGER submission_file_update BEFORE UPDATE ON assessment_submissionfile
    FOR EACH ROW EXECUTE FUNCTION assessment_is_only_added_to()
    """,
]
REMOVE = [
    "DROP TRIGGER submission_file_update ON assessment_submissionfile",
    *(f"DROP TRIGGER {name}_update ON assessment_{name}" for name in FROZEN),
    "DROP FUNCTION assessment_is_only_added_to",
]


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in ADD:
            schema_editor.execute(statement)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in REMOVE:
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
