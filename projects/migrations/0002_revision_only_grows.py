"""A project's revision never goes back, and PostgreSQL sees to it (SQLite: projects/triggers.py)."""

from django.db import migrations

ADD = [
    """
    CREATE FUNCTION project_revision_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'project_revision: it only grows' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER project_revision_only_grows BEFORE UPDATE OF revision ON projects_project
    FOR EACH ROW WHEN (NEW.revision < OLD.revision) EXECUTE FUNCTION project_revision_only_grows()
    """,
]
REMOVE = [
    "DROP TRIGGER project_revision_only_grows ON projects_project",
    "DROP FUNCTION project_revision_only_grows",
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
    dependencies = [("projects", "0001_initial")]
    operations = [migrations.RunPython(add, remove)]
