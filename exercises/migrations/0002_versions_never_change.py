"""Versions of exercises never change, and PostgreSQL sees to it (SQLite: exercises/triggers.py)."""

from django.db import migrations

CLOSED = """EXISTS (
    SELECT 1 FROM exercises_exerciseversion AS mine
    JOIN exercises_exercise ON exercises_exercise.id = mine.exercise_id
    JOIN exercises_exerciseversion AS newest ON newest.id = exercises_exercise.current_id
    WHERE mine.id = NEW.version_id AND newest.number >= mine.number
)"""
REFUSE = """
    RAISE EXCEPTION 'exercise_version: it never changes' USING ERRCODE = 'integrity_constraint_violation';
"""
ADD = [
    f"CREATE FUNCTION exercise_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {REFUSE} END $$",
    f"""
    CREATE FUNCTION exercise_version_is_closed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {CLOSED} THEN {REFUSE} END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER exercise_version_update BEFORE UPDATE ON exercises_exerciseversion FOR EACH ROW
    WHEN (
        (NEW.id, NEW.exercise_id, NEW.number, NEW.statement, NEW.entry, NEW.hints, NEW.digest, NEW.created_at)
        IS DISTINCT FROM
        (OLD.id, OLD.exercise_id, OLD.number, OLD.statement, OLD.entry, OLD.hints, OLD.digest, OLD.created_at)
        OR NEW.author_id IS NOT NULL
    ) EXECUTE FUNCTION exercise_never_changes()
    """,
    """
    CREATE TRIGGER exercise_file_update BEFORE UPDATE ON exercises_exercisefile
    FOR EACH ROW EXECUTE FUNCTION exercise_never_changes()
    """,
    """
    CREATE TRIGGER exercise_file_insert BEFORE INSERT ON exercises_exercisefile
    FOR EACH ROW EXECUTE FUNCTION exercise_version_is_closed()
    """,
    """
    CREATE TRIGGER exercise_test_update BEFORE UPDATE ON exercises_testcase
    FOR EACH ROW EXECUTE FUNCTION exercise_never_changes()
    """,
    """
    CREATE TRIGGER exercise_test_insert BEFORE INSERT ON exercises_testcase
    FOR EACH ROW EXECUTE FUNCTION exercise_version_is_closed()
    """,
]
REMOVE = [
    "DROP TRIGGER exercise_test_insert ON exercises_testcase",
    "DROP TRIGGER exercise_test_update ON exercises_testcase",
    "DROP TRIGGER exercise_file_insert ON exercises_exercisefile",
    "DROP TRIGGER exercise_file_update ON exercises_exercisefile",
    "DROP TRIGGER exercise_version_update ON exercises_exerciseversion",
    "DROP FUNCTION exercise_version_is_closed",
    "DROP FUNCTION exercise_never_changes",
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
    dependencies = [("exercises", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
