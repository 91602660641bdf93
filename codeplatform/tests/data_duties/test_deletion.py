"""Deletion is real: what was somebody's is nowhere in a dump of the database, and what is others' still is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.admin.models import LogEntry

from accounts.models import User
from codeplatform.data_duties.data_map import Deletion, data_map
from codeplatform.data_duties.deletion import CannotDelete, delete_classroom, delete_person, delete_school
from codeplatform.data_duties.rows import ROWS
from codeplatform.testing import Cast, signed_in
from codeplatform.tests.data_duties.dump import is_in, whole_database
from codeplatform.tests.data_duties.planting import Planted, plant
from projects.models import Project
from projects.saving import Change, save_revision
from schools.audit import record
from schools.audit_events import AuditEvent, What
from schools.models import Classroom, RetiredSlug, School

Pair = tuple[Planted, Planted]
DELETIONS: dict[str, Callable[[Cast], object]] = {
    "person": lambda cast: delete_person(cast.home["ada"]),
    "class": lambda cast: delete_classroom(cast.home.classrooms["10A"], with_students=True),
    "school": lambda cast: delete_school(cast.home.school),
}


@pytest.fixture
def planted(transactional_db: None, cast: Cast) -> Pair:
    """What is ada's, and what is ben's of the other school, whom each deletion spares."""
    ben = cast.away["ben"]
    return plant(cast.home["ada"], cast.operator), plant(ben, cast.operator)


def found(planted: Planted) -> list[str]:
    dump = whole_database()
    return sorted(kind for kind, marker in planted.markers.items() if is_in(dump, marker))


class TestNothingIsLeft:
    @pytest.mark.parametrize("what", DELETIONS)
    def test_of_whom_was_deleted_and_all_of_the_others(self, cast: Cast, planted: Pair, what: str) -> None:
        adas, bens = planted
        assert (found(adas), found(bens)) == (sorted(adas.markers), sorted(bens.markers))
        DELETIONS[what](cast)

        assert (found(adas), found(bens)) == ([], sorted(bens.markers))

    def test_of_the_session(self, cast: Cast, planted: Pair) -> None:
        delete_person(cast.home["ada"])

        assert [mine.client.get("/projects/").status_code for mine in planted] == [302, 200]

    @pytest.mark.parametrize("what", DELETIONS)
    def test_a_dry_run_counts_the_same_and_leaves_everything(self, cast: Cast, planted: Pair, what: str) -> None:
        dry = {
            "person": lambda: delete_person(cast.home["ada"], dry_run=True),
            "class": lambda: delete_classroom(cast.home.classrooms["10A"], with_students=True, dry_run=True),
            "school": lambda: delete_school(cast.home.school, dry_run=True),
        }[what]
        before = whole_database()
        counts = dry()

        assert whole_database() == before
        assert counts == DELETIONS[what](cast)


class TestPerson:
    def test_the_trail_says_that_it_happened_and_by_whom(self, cast: Cast) -> None:
        number = cast.home["ada"].pk
        counts = delete_person(cast.home["ada"], actor=cast.home["head"])
        event = AuditEvent.objects.get(what=What.ACCOUNT_DELETED)

        assert (event.about, event.actor, event.school) == (number, cast.home["head"].pk, cast.home.school)
        assert event.details["projects.Project"] == counts["projects.Project"] == 1

    def test_events_stay_without_address(self, cast: Cast) -> None:
        record(What.SIGNED_IN, actor=cast.home["ada"], about=cast.home["ada"])
        delete_person(cast.home["ada"])

        assert set(AuditEvent.objects.values_list("what", "address")) == {
            ("signed in", None),
            ("account deleted", None),
        }

    def test_work_of_others_stays_where_they_saved_it(self, cast: Cast) -> None:
        project = cast.home.projects["ben"]
        save_revision(project, cast.home["ada"], 1, "key-00001", [Change("b.py", b"2")])
        delete_person(cast.home["ada"])

        assert list(project.revisions.values_list("number", "author")) == [(2, None), (1, cast.home["ben"].pk)]

    def test_the_last_operator_stays(self, cast: Cast) -> None:
        with pytest.raises(CannotDelete, match="only operator"):
            delete_person(cast.operator)
        User.objects.create_superuser("second")
        delete_person(cast.operator)

        assert User.objects.filter(role="operator").get().username == "second"

    def test_log_entries_of_things_that_are_gone_go_too(self, cast: Cast) -> None:
        plant(cast.home["ada"], cast.operator)
        Project.objects.filter(owner=cast.home["ada"]).delete()
        delete_person(cast.home["ben"])
        entries = LogEntry.objects.values_list("object_repr", flat=True)

        assert len(entries) == 3  # about ada, her place in the class, and the class


class TestClass:
    def test_its_people_stay(self, cast: Cast) -> None:
        delete_classroom(cast.home.classrooms["10A"])

        assert cast.home.school.people.count() == 9
        assert not Classroom.objects.filter(pk=cast.home.classrooms["10A"].pk).exists()

    def test_with_students_spares_those_in_another_class_and_the_teacher(self, cast: Cast) -> None:
        cast.home["ben"].enrolments.create(classroom=cast.home.classrooms["10B"], role="student")
        delete_classroom(cast.home.classrooms["10A"], with_students=True)

        names = {person.short_name for person in cast.home.school.people.all()}
        assert names == {"head", "teacher", "colleague", "ben", "dan", "eve", "finn"}


class TestSchool:
    def test_its_trail_goes_and_the_others_stay(self, cast: Cast) -> None:
        for school in (cast.home, cast.away):
            record(What.SIGNED_IN, about=school["ada"])
        delete_school(cast.home.school, actor=cast.operator)

        assert set(AuditEvent.objects.values_list("what", "school")) == {
            ("signed in", cast.away.school.pk),
            ("school deleted", None),
        }

    def test_the_slug_is_retired(self, cast: Cast) -> None:
        delete_school(cast.home.school)

        assert RetiredSlug.objects.filter(slug="home").exists()
        assert list(School.objects.all()) == [cast.away.school]
        assert signed_in(cast.away["ada"]).get("/projects/").status_code == 200


def test_the_map_sends_to_rows_whatever_goes_with_a_person() -> None:
    of_people = {
        name
        for name, model in data_map().items()
        if {Deletion.WITH_PERSON, Deletion.BLANKED} & {field.deletion for field in model.fields.values()}
    }
    assert of_people == set(ROWS)
