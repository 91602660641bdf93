import pytest
from django.core.management import call_command
from django.db import connection

import assessment.triggers
import exercises.triggers
import projects.triggers
import schools.triggers


def test_no_migration_is_missing(db: None) -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("app", ["schools", "projects", "exercises", "assessment"])
def test_ours_can_be_taken_back(app: str) -> None:
    call_command("migrate", app, "0001", verbosity=0)
    call_command("migrate", verbosity=0)

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")
            ours = (schools.triggers, projects.triggers, exercises.triggers, assessment.triggers)
            assert cursor.fetchone() == (sum(len(app.TRIGGERS) for app in ours),)
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname")
            assert [name for (name,) in cursor.fetchall()] == [
                *sorted(
                    ["audit_event_is_only_added_to", "project_revision_only_grows"]
                    + [*exercises.triggers.TRIGGERS, *assessment.triggers.TRIGGERS]
                )
            ]
