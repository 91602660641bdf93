"""The database itself keeps class and person of an enrolment in one school."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, models, transaction

import assessment.triggers
import exercises.triggers
import projects.triggers
import schools.triggers
from accounts.ids import uuid7
from accounts.models import User
from codeplatform.testing import Cast, SchoolFactory
from schools.models import Classroom, Enrolment, School

OURS = (schools.triggers, projects.triggers, exercises.triggers, assessment.triggers)


def insert(school: School, classroom: Classroom, user: User) -> None:
    fields = [Enrolment._meta.get_field(name) for name in ("id", "school", "classroom", "user")]
    keys = [
        field.get_db_prep_value(value, connection)
        for field, value in zip(fields, (uuid7(), school.pk, classroom.pk, user.pk), strict=True)
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO schools_enrolment (id, school_id, classroom_id, user_id, role, since) "
            "VALUES (%s, %s, %s, %s, 'student', '2026-09-01 00:00:00+00:00')",
            keys,
        )


@pytest.mark.parametrize("school", ["home", "away"])
def test_raw_sql_cannot_enrol_across_schools(cast: Cast, school: str) -> None:
    owner = getattr(cast, school).school
    with pytest.raises(DatabaseError, match="enrolment_"):
        insert(owner, cast.away.classrooms["10A"], cast.home["ada"])


def test_raw_sql_can_enrol_within_a_school(cast: Cast) -> None:
    insert(cast.home.school, cast.home.classrooms["10B"], cast.home["ada"])


@pytest.mark.parametrize("model", [User, Classroom])
def test_nobody_who_is_enrolled_changes_school(cast: Cast, model: type[models.Model]) -> None:
    elsewhere = SchoolFactory.create()  # where nobody has the same name
    row = cast.home["ada"] if model is User else cast.home.classrooms["10A"]
    with pytest.raises(DatabaseError, match="enrolment_"), transaction.atomic():
        model._default_manager.filter(pk=row.pk).update(school=elsewhere)


def test_an_enrolment_does_not_move_to_another_school(cast: Cast) -> None:
    with pytest.raises(DatabaseError, match="enrolment_"), transaction.atomic():
        cast.home["ada"].enrolments.update(classroom=cast.away.classrooms["10A"])


@pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite makes tables anew.")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("model", [User, Classroom, Enrolment])
def test_sqlite_can_still_alter_these_tables(model: type[models.Model]) -> None:
    from django.apps import apps
    from django.db.models.signals import post_migrate, pre_migrate

    def send(signal: models.signals.ModelSignal) -> None:
        for app in apps.get_app_configs():
            signal.send(app, app_config=app, verbosity=0, interactive=False, using="default", apps=apps, plan=[])

    send(pre_migrate)
    with connection.schema_editor() as editor:
        editor._remake_table(model)
    send(post_migrate)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")
        assert cursor.fetchone() == (sum(len(each.TRIGGERS) for each in OURS),)
