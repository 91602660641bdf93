"""The audit trail is only added to, and PostgreSQL sees to it (SQLite: schools/triggers.py)."""

from django.db import migrations

ADD = [
    """
    CREATE FUNCTION audit_event_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF coalesce(current_setting('codeplatform.erasing_audit', true), '') = 'on' THEN
            RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        END IF;
        RAISE EXCEPTION 'audit_event: the audit trail is only added to' USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE TRIGGER audit_event_is_only_added_to BEFORE UPDATE OR DELETE ON schools_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_event_is_only_added_to()
    """,
]
REMOVE = [
    "DROP TRIGGER audit_event_is_only_added_to ON schools_auditevent",
    "DROP FUNCTION audit_event_is_only_added_to",
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
    dependencies = [("schools", "0003_settings_codes_audit")]
    operations = [migrations.RunPython(add, remove)]
