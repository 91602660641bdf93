"""Class and person of an enrolment belong to one school, and PostgreSQL sees to it (SQLite: schools/triggers.py)."""

from django.db import migrations

ADD = """
ALTER TABLE schools_enrolment
    ADD CONSTRAINT enrolment_classroom_school FOREIGN KEY (classroom_id, school_id)
        REFERENCES schools_classroom (id, school_id),
    ADD CONSTRAINT enrolment_user_school FOREIGN KEY (user_id, school_id)
        REFERENCES accounts_user (id, school_id)
"""
REMOVE = """
ALTER TABLE schools_enrolment
    DROP CONSTRAINT enrolment_classroom_school,
    DROP CONSTRAINT enrolment_user_school
"""


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ADD)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REMOVE)


class Migration(migrations.Migration):
    dependencies = [("schools", "0001_initial"), ("accounts", "0002_user_school")]
    operations = [migrations.RunPython(add, remove)]
