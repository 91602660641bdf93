"""What school admins and operators do in the admin, and what they cannot do there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from codeplatform.testing import PASSWORD, Cast, EnrolmentFactory, SchoolFactory, UserFactory, signed_in
from schools.audit_events import AuditEvent, What
from schools.models import Classroom, JoinCode, School

PEOPLE = "/admin/accounts/user/"
CLASSES = "/admin/schools/classroom/"


@pytest.fixture
def head(cast: Cast) -> Client:
    return signed_in(cast.home["head"])


def act(client: Client, url: str, action: str, *rows: Any) -> HttpResponse:
    return client.post(url, {"action": action, "index": "0", "_selected_action": [row.pk for row in rows]}, follow=True)


def form(person: User, **changes: Any) -> dict[str, Any]:
    """The change form of a person as the page sends it."""
    classes = [row.classroom_id for row in person.enrolments.active()]
    return {"display_name": person.display_name, "role": person.role, "classrooms": classes} | changes


def trail(**about: Any) -> list[str]:
    """What was done, in order; that somebody signed in to see it end is no part of it."""
    events = AuditEvent.objects.filter(**about).exclude(what=What.SIGNED_IN)
    return list(events.order_by("at", "pk").values_list("what", flat=True))


class TestAddingPeople:
    def test_makes_an_account_in_the_own_school_with_a_pass_phrase_shown_once(self, cast: Cast, head: Client) -> None:
        classroom = cast.home.classrooms["10A"]
        data = {"short_name": "Zoë", "display_name": "Zoë Z.", "role": "student", "classrooms": [classroom.pk]}
        response = head.post(f"{PEOPLE}add/", data)

        zoe = User.objects.get(username="zoë@home")
        (_, phrase) = response.context["made"][0]
        assert phrase in response.content.decode() and zoe.check_password(phrase)
        assert "no-store" in response.headers["Cache-Control"]
        assert (zoe.school, zoe.role, zoe.display_name) == (cast.home.school, "student", "Zoë Z.")
        assert [row.classroom for row in zoe.enrolments.all()] == [classroom]
        assert trail(about=zoe.pk) == [What.ACCOUNT_CREATED, What.ENROLLED]

    def test_the_school_can_have_them_choose_their_own_password(self, cast: Cast, head: Client) -> None:
        School.objects.filter(slug="home").update(must_change_passwords=True)
        head.post(f"{PEOPLE}add/", {"short_name": "zoe", "role": "student"})

        assert User.objects.get(username="zoe@home").must_change_password

    @pytest.mark.parametrize("name", ["ada", "ADA", "аda", "a b", "zoe@away", "", "x" * 65, "zoe\u200b"])
    def test_a_name_that_is_taken_confusable_or_odd_is_an_error_in_the_form(self, head: Client, name: str) -> None:
        people = User.objects.count()
        response = head.post(f"{PEOPLE}add/", {"short_name": name, "role": "student"})

        assert (response.status_code, User.objects.count()) == (200, people)
        assert response.context["adminform"].form.errors

    @pytest.mark.parametrize("role", ["school_admin", "operator", "", "nonsense"])
    def test_no_other_roles_are_given(self, head: Client, role: str) -> None:
        people = User.objects.count()
        response = head.post(f"{PEOPLE}add/", {"short_name": "zoe", "role": role})

        assert User.objects.count() == people
        assert "role" in response.context["adminform"].form.errors

    def test_a_class_of_another_school_is_an_error_in_the_form(self, cast: Cast, head: Client) -> None:
        data = {"short_name": "zoe", "role": "student", "classrooms": [cast.away.classrooms["10A"].pk]}
        response = head.post(f"{PEOPLE}add/", data)

        assert "classrooms" in response.context["adminform"].form.errors
        assert not User.objects.filter(username="zoe@home").exists()

    def test_operators_choose_the_school_and_may_make_its_school_admin(self, cast: Cast) -> None:
        data = {"school": cast.away.school.pk, "short_name": "boss", "role": "school_admin"}
        signed_in(cast.operator).post(f"{PEOPLE}add/", data)

        assert User.objects.get(username="boss@away").role == Role.SCHOOL_ADMIN

    def test_operators_cannot_mix_two_schools(self, cast: Cast) -> None:
        data = {"school": cast.away.school.pk, "short_name": "zoe", "role": "student"}
        response = signed_in(cast.operator).post(
            f"{PEOPLE}add/", data | {"classrooms": [cast.home.classrooms["10A"].pk]}
        )

        assert "classrooms" in response.context["adminform"].form.errors


class TestChangingPeople:
    def test_a_name_and_the_classes_are_changed(self, cast: Cast, head: Client) -> None:
        ada, ten_b = cast.home["ada"], cast.home.classrooms["10B"]
        head.post(f"{PEOPLE}{ada.pk}/change/", form(ada, display_name="Ada L.", classrooms=[ten_b.pk]))

        ada.refresh_from_db()
        assert ada.display_name == "Ada L."
        assert [row.classroom for row in ada.enrolments.active()] == [ten_b]
        assert trail(about=ada.pk) == [What.ACCOUNT_CHANGED, What.UNENROLLED, What.ENROLLED]

    def test_nothing_changed_writes_nothing(self, cast: Cast, head: Client) -> None:
        ada = cast.home["ada"]
        head.post(f"{PEOPLE}{ada.pk}/change/", form(ada))

        assert trail(about=ada.pk) == []

    def test_a_teacher_becomes_a_student_and_leaves_the_classes_taught(self, cast: Cast, head: Client) -> None:
        teacher = cast.home["teacher"]
        was_signed_in = signed_in(teacher)
        head.post(f"{PEOPLE}{teacher.pk}/change/", form(teacher, role="student", classrooms=[]))

        teacher.refresh_from_db()
        assert (teacher.role, teacher.enrolments.active().count()) == ("student", 0)
        assert trail(about=teacher.pk) == [What.UNENROLLED, What.ROLE_CHANGED]
        assert was_signed_in.get("/projects/").status_code == 302

    @pytest.mark.parametrize("role", ["school_admin", "operator", "nonsense"])
    def test_nobody_is_raised_by_a_school_admin(self, cast: Cast, head: Client, role: str) -> None:
        ada = cast.home["ada"]
        response = head.post(f"{PEOPLE}{ada.pk}/change/", form(ada, role=role))

        ada.refresh_from_db()
        assert (response.status_code, ada.role) == (200, "student")

    def test_school_admins_change_their_own_name_but_not_their_role(self, cast: Cast, head: Client) -> None:
        me = cast.home["head"]
        head.post(f"{PEOPLE}{me.pk}/change/", {"display_name": "Head", "role": "student", "is_superuser": "on"})

        me.refresh_from_db()
        assert (me.display_name, me.role, me.is_superuser) == ("Head", "school_admin", False)

    def test_a_second_school_admin_is_seen_but_not_touched(self, cast: Cast, head: Client) -> None:
        second = UserFactory.create(username="deputy", school=cast.home.school, role=Role.SCHOOL_ADMIN)
        response = head.post(f"{PEOPLE}{second.pk}/change/", {"display_name": "Taken over"})

        assert head.get(f"{PEOPLE}{second.pk}/change/").status_code == 200
        assert response.status_code == 403
        for action in ("give_new_passphrases", "sign_out_everywhere", "close_accounts", "open_accounts"):
            act(head, PEOPLE, action, second)
        before, after = second.password, User.objects.get(pk=second.pk)
        assert (after.password, after.is_active, after.session_round) == (before, True, 0)

    def test_the_data_of_a_person_are_a_link_away_for_whoever_may_have_them(self, cast: Cast, head: Client) -> None:
        second = UserFactory.create(username="deputy", school=cast.home.school, role=Role.SCHOOL_ADMIN)
        for person, status in ((cast.home["ada"], 200), (second, 403)):
            address = f"/account/export/{person.pk}/"
            assert (address in head.get(f"{PEOPLE}{person.pk}/change/").text) == (status == 200)
            assert head.get(address).status_code == status

    def test_operators_are_seen_by_operators_alone_and_changed_by_nobody(self, cast: Cast, head: Client) -> None:
        url = f"{PEOPLE}{cast.operator.pk}/change/"
        assert (head.get(url).status_code, head.post(url).status_code) == (404, 404)
        assert (signed_in(cast.operator).get(url).status_code, signed_in(cast.operator).post(url).status_code) == (
            200,
            403,
        )

    def test_people_are_not_deleted_here(self, cast: Cast, head: Client) -> None:
        for client in (head, signed_in(cast.operator)):
            assert client.post(f"{PEOPLE}{cast.home['ada'].pk}/delete/", {"post": "yes"}).status_code == 403


class TestActionsOnPeople:
    def test_new_pass_phrases_are_shown_once_and_end_sessions(self, cast: Cast, head: Client) -> None:
        ada, ben = cast.home["ada"], cast.home["ben"]
        was_signed_in = signed_in(ada)
        response = act(head, PEOPLE, "give_new_passphrases", ada, ben, cast.away["ada"])

        phrases = {person.username: phrase for person, phrase in response.context["made"]}
        assert phrases.keys() == {"ada@home", "ben@home"}
        assert User.objects.get(pk=ada.pk).check_password(phrases["ada@home"])
        assert User.objects.get(pk=cast.away["ada"].pk).check_password(PASSWORD)
        assert was_signed_in.get("/projects/").status_code == 302
        assert trail(what=What.PASSWORD_RESET, about=ada.pk) == [What.PASSWORD_RESET]

    def test_closing_takes_out_of_classes_and_signs_out(self, cast: Cast, head: Client) -> None:
        ada = cast.home["ada"]
        was_signed_in = signed_in(ada)
        act(head, PEOPLE, "close_accounts", ada)

        ada.refresh_from_db()
        assert (ada.is_active, ada.left_at is not None, ada.enrolments.active().count()) == (False, True, 0)
        assert was_signed_in.get("/projects/").status_code == 302
        assert trail(about=ada.pk) == [What.UNENROLLED, What.ACCOUNT_CLOSED]

    def test_opening_again_brings_the_account_back(self, cast: Cast, head: Client) -> None:
        ada = cast.home["ada"]
        act(head, PEOPLE, "close_accounts", ada)
        act(head, PEOPLE, "open_accounts", ada)

        ada.refresh_from_db()
        assert (ada.is_active, ada.left_at) == (True, None)

    def test_nobody_closes_the_own_account(self, cast: Cast, head: Client) -> None:
        act(head, PEOPLE, "close_accounts", cast.home["head"])

        assert User.objects.get(pk=cast.home["head"].pk).is_active

    def test_signing_out_everywhere(self, cast: Cast, head: Client) -> None:
        was_signed_in = signed_in(cast.home["ada"])
        act(head, PEOPLE, "sign_out_everywhere", cast.home["ada"])

        assert was_signed_in.get("/projects/").status_code == 302
        assert trail(about=cast.home["ada"].pk) == [What.SESSIONS_ENDED]


class TestClassesAndCodes:
    def test_a_class_is_made_in_the_own_school(self, cast: Cast, head: Client) -> None:
        head.post(f"{CLASSES}add/", {"name": "11C", "year": "2026", "school": cast.away.school.pk})

        made = Classroom.objects.get(name="11C")
        assert made.school == cast.home.school
        assert trail(what=What.CLASSROOM_CREATED, school=cast.home.school) == [What.CLASSROOM_CREATED]

    def test_the_same_class_twice_is_an_error_in_the_form(self, cast: Cast, head: Client) -> None:
        response = head.post(f"{CLASSES}add/", {"name": "10A", "year": "2026"})

        assert response.status_code == 200 and response.context["errors"]

    def test_archiving_and_using_again(self, cast: Cast, head: Client) -> None:
        classroom = cast.home.classrooms["10A"]
        act(head, CLASSES, "archive", classroom, cast.away.classrooms["10A"])
        assert {c.school.slug for c in Classroom.objects.filter(archived_at__isnull=False)} == {"home"}

        act(head, CLASSES, "use_again", classroom)
        assert not Classroom.objects.filter(archived_at__isnull=False).exists()

    def test_only_a_class_that_nobody_was_in_is_deleted(self, cast: Cast, head: Client) -> None:
        empty = Classroom.objects.create(school=cast.home.school, name="mistake", year=2026)
        for classroom in (empty, cast.home.classrooms["10A"]):
            head.post(f"{CLASSES}{classroom.pk}/delete/", {"post": "yes"})

        assert set(Classroom.objects.filter(school=cast.home.school)) == set(cast.home.classrooms.values())
        assert trail(what=What.CLASSROOM_DELETED) == [What.CLASSROOM_DELETED]

    def test_somebody_is_taken_out_of_a_class(self, cast: Cast, head: Client) -> None:
        ours, theirs = (school["ada"].enrolments.get() for school in (cast.home, cast.away))
        act(head, "/admin/schools/enrolment/", "take_out", ours, theirs)

        assert cast.home["ada"].enrolments.active().count() == 0
        assert cast.away["ada"].enrolments.active().count() == 1

    def test_a_code_is_revoked(self, cast: Cast, head: Client) -> None:
        soon = timezone.now() + timedelta(days=1)
        codes = [
            JoinCode.objects.create(classroom=school.classrooms["10A"], code=school.school.slug, expires_at=soon)
            for school in (cast.home, cast.away)
        ]
        act(head, "/admin/schools/joincode/", "revoke", *codes)

        assert [code.code for code in JoinCode.objects.open()] == ["away"]
        assert trail(what=What.JOIN_CODE_REVOKED, school=cast.home.school) == [What.JOIN_CODE_REVOKED]


class TestSchoolSettings:
    def test_the_own_schools_settings_are_changed_but_not_its_slug(self, cast: Cast, head: Client) -> None:
        school = cast.home.school
        data = {"name": "New name", "slug": "taken", "time_zone": "Europe/Berlin", "leavers_days": "90"}
        data |= {"bin_days": "30", "history_days": "365", "audit_days": "365", "has_join_codes": "on"}
        head.post(f"/admin/schools/school/{school.pk}/change/", data)

        school.refresh_from_db()
        assert (school.name, school.slug, school.time_zone, school.leavers_days) == (
            "New name",
            "home",
            "Europe/Berlin",
            90,
        )
        event = AuditEvent.objects.get(what=What.SCHOOL_CHANGED)
        assert event.details == {"fields": ["name", "time_zone", "leavers_days", "history_days"]}

    def test_a_school_admin_adds_none(self, head: Client) -> None:
        assert head.get("/admin/schools/school/add/").status_code == 403


def crowd(count: int) -> Client:
    school = SchoolFactory.create(slug=f"crowd-{count}")
    head = UserFactory.create(username="head", school=school, role=Role.SCHOOL_ADMIN)
    classroom = Classroom.objects.create(school=school, name="1A", year=2026)
    soon = timezone.now() + timedelta(days=1)
    for number in range(count):
        student = UserFactory.create(username=f"s{number}", school=school)
        EnrolmentFactory.create(classroom=classroom, user=student)
        student.projects.create(name=f"p{number}")
        AuditEvent.objects.create(school=school, what=What.SIGNED_IN, actor=student.pk, about=student.pk)
        JoinCode.objects.create(classroom=classroom, code=f"{count}-{number}", expires_at=soon)
        Classroom.objects.create(school=school, name=f"c{number}", year=2025)
    return signed_in(head)


def test_lists_need_as_many_queries_for_300_rows_as_for_one(db: None) -> None:
    lists = ["accounts/user", *(f"schools/{name}" for name in ("classroom", "enrolment", "joincode", "auditevent"))]
    queries: dict[str, list[int]] = {name: [] for name in [*lists, "projects/project"]}
    for count in (1, 30, 300):
        client = crowd(count)
        for name, counts in queries.items():
            with CaptureQueriesContext(connection) as captured:
                assert client.get(f"/admin/{name}/").status_code == 200
            counts.append(len(captured))

    assert {name: counts for name, counts in queries.items() if len(set(counts)) > 1} == {}
    assert max(max(counts) for counts in queries.values()) <= 12
