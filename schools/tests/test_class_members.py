"""What staff do on the page of a class: to its students, its teachers, and the class itself."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.brake import is_delayed
from accounts.models import User
from codeplatform.testing import Cast, ClassroomFactory, EnrolmentFactory, signed_in
from schools.audit_events import AuditEvent, What
from schools.models import Classroom


@pytest.fixture
def classroom(cast: Cast) -> Classroom:
    return cast.home.classrooms["10A"]


@pytest.fixture
def teacher(cast: Cast) -> Client:
    return signed_in(cast.home["teacher"])


def page(client: Client, classroom: Classroom) -> str:
    return re.sub(r"\s+", " ", client.get(f"/classes/{classroom.pk}/").content.decode())


def change(client: Client, classroom: Classroom, action: str, *students: User, **more: str) -> int:
    data = {"action": action, "students": [str(student.pk) for student in students], **more}
    return client.post(f"/classes/{classroom.pk}/students/change/", data).status_code


def in_class(classroom: Classroom) -> set[str]:
    active = classroom.enrolments.filter(role="student", until=None)
    return {enrolment.user.short_name for enrolment in active.select_related("user")}


class TestStudents:
    def test_asking_comes_before_doing(self, cast: Cast, teacher: Client, classroom: Classroom) -> None:
        for action in ("move", "remove", "close"):
            assert change(teacher, classroom, action, cast.home["ada"]) == 200

        assert in_class(classroom) == {"ada", "ben", "cleo"}

    def test_a_removed_student_is_out_of_sight_at_once(self, cast: Cast, teacher: Client, classroom: Classroom) -> None:
        change(teacher, classroom, "remove", cast.home["ada"], confirmed="yes")

        assert in_class(classroom) == {"ben", "cleo"}
        assert teacher.get(f"/projects/{cast.home.projects['ada'].pk}/").status_code == 404
        assert AuditEvent.objects.filter(what=What.UNENROLLED, about=cast.home["ada"].pk).exists()

    def test_moving_goes_to_own_classes_only(self, cast: Cast, teacher: Client, classroom: Classroom) -> None:
        other = cast.home.classrooms["10B"]
        assert change(teacher, classroom, "move", cast.home["ada"], confirmed="yes", target=str(other.pk)) == 400
        mine = ClassroomFactory.create(school=cast.home.school)
        EnrolmentFactory.create(classroom=mine, user=cast.home["teacher"])
        change(teacher, classroom, "move", cast.home["ada"], confirmed="yes", target=str(mine.pk))

        assert (in_class(classroom), in_class(mine), in_class(other)) == (
            {"ben", "cleo"},
            {"ada"},
            {"dan", "eve", "finn"},
        )

    def test_an_admin_moves_to_any_class_of_the_school_and_of_no_other(self, cast: Cast, classroom: Classroom) -> None:
        head = signed_in(cast.home["head"])
        for target, status in ((cast.away.classrooms["10B"], 400), (cast.home.classrooms["10B"], 302)):
            assert change(head, classroom, "move", cast.home["ada"], confirmed="yes", target=str(target.pk)) == status

        assert "ada" in in_class(cast.home.classrooms["10B"])

    def test_a_closed_account_is_signed_out_and_can_be_opened_again(
        self, cast: Cast, teacher: Client, classroom: Classroom
    ) -> None:
        ada = signed_in(cast.home["ada"])
        change(teacher, classroom, "close", cast.home["ada"], confirmed="yes")
        cast.home["ada"].refresh_from_db()

        assert (cast.home["ada"].is_active, cast.home["ada"].left_at is not None) == (False, True)
        assert ada.get("/projects/").status_code == 302
        assert "Closed just now" in page(teacher, classroom)
        teacher.post(f"/classes/{classroom.pk}/students/{cast.home['ada'].pk}/reopen/")
        cast.home["ada"].refresh_from_db()
        assert (cast.home["ada"].is_active, cast.home["ada"].left_at, "ada" in in_class(classroom)) == (
            True,
            None,
            True,
        )

    def test_who_left_before_cannot_be_opened_from_here(
        self, cast: Cast, teacher: Client, classroom: Classroom
    ) -> None:
        change(teacher, classroom, "close", cast.home["ada"], confirmed="yes")
        User.objects.filter(pk=cast.home["ada"].pk).update(left_at=timezone.now() - timedelta(days=2))

        assert teacher.post(f"/classes/{classroom.pk}/students/{cast.home['ada'].pk}/reopen/").status_code == 404

    @pytest.mark.parametrize("name", ["dan", "teacher", "head"])
    @pytest.mark.parametrize("action", ["reset", "remove", "close"])
    def test_nobody_but_the_students_of_the_class_is_touched(
        self, cast: Cast, teacher: Client, classroom: Classroom, name: str, action: str
    ) -> None:
        before = User.objects.filter(pk=cast.home[name].pk).values("is_active", "password", "session_round").get()
        change(teacher, classroom, action, cast.home[name], confirmed="yes")

        assert (
            User.objects.filter(pk=cast.home[name].pk).values("is_active", "password", "session_round").get() == before
        )
        assert not classroom.roster_batches.exists()

    def test_without_a_tick_it_says_so(self, teacher: Client, classroom: Classroom) -> None:
        assert change(teacher, classroom, "reset") == 302
        assert "Tick the students first" in page(teacher, classroom)

    def test_new_pass_phrases_ask_first_and_end_in_cards(
        self, cast: Cast, teacher: Client, classroom: Classroom
    ) -> None:
        data = {"action": "reset", "students": [cast.home["ada"].pk, cast.home["ben"].pk]}
        url = teacher.post(f"/classes/{classroom.pk}/students/change/", data).headers["Location"]
        assert "New pass-phrases for 2 students?" in teacher.get(url).content.decode()
        teacher.post(url)
        phrases = re.findall(r'class="pass-phrase">([a-z-]+)<', teacher.post(f"{url}cards/").content.decode())

        assert Client().post("/login/home/", {"username": "ada", "password": phrases[0]}).status_code == 302

    def test_who_waits_is_marked_and_released_by_one_click(
        self, cast: Cast, teacher: Client, classroom: Classroom
    ) -> None:
        for _ in range(8):
            Client().post("/login/", {"username": "ada@home", "password": "wrong"})
        assert "Waits after wrong passwords" in page(teacher, classroom)
        teacher.post(f"/classes/{classroom.pk}/students/{cast.home['ada'].pk}/release/")

        assert "Waits after wrong passwords" not in page(teacher, classroom)
        assert not is_delayed(cast.home["ada"])
        event = AuditEvent.objects.get(what=What.SIGN_IN_RELEASED)
        assert (event.actor, event.about) == (cast.home["teacher"].pk, cast.home["ada"].pk)

    def test_the_page_of_a_student_shows_the_work(self, cast: Cast, teacher: Client, classroom: Classroom) -> None:
        body = teacher.get(f"/classes/{classroom.pk}/students/{cast.home['ada'].pk}/").content.decode()

        assert (f"/projects/{cast.home.projects['ada'].pk}/history/" in body, "Work of ben" in body) == (True, False)
        assert teacher.get(f"/classes/{classroom.pk}/students/{cast.home['dan'].pk}/").status_code == 404


class TestLooking:
    def test_each_look_at_a_students_work_is_in_the_trail_once_an_hour(self, cast: Cast, teacher: Client) -> None:
        project = cast.home.projects["ada"]
        for url in ("", "files/", "history/", "history/1/", "zip/", ""):
            assert teacher.get(f"/projects/{project.pk}/{url}").status_code == 200
        signed_in(cast.home["head"]).get(f"/projects/{project.pk}/zip/")
        signed_in(cast.home["ada"]).get(f"/projects/{project.pk}/")
        seen = AuditEvent.objects.filter(what=What.WORK_SEEN)

        assert {(event.actor, event.about, event.details["project"]) for event in seen} == {
            (cast.home[name].pk, cast.home["ada"].pk, str(project.pk)) for name in ("teacher", "head")
        }
        assert seen.count() == 2


class TestTeachers:
    def test_a_colleague_is_added_by_login_name_and_sees_the_class(
        self, cast: Cast, teacher: Client, classroom: Classroom
    ) -> None:
        teacher.post(f"/classes/{classroom.pk}/teachers/", {"login": "Colleague@home"})

        assert signed_in(cast.home["colleague"]).get(f"/classes/{classroom.pk}/").status_code == 200

    @pytest.mark.parametrize("login", ["ada", "head", "nobody", "teacher", "colleague@away", "x\u0000", ""])
    def test_nobody_else_is(self, teacher: Client, classroom: Classroom, login: str) -> None:
        assert teacher.post(f"/classes/{classroom.pk}/teachers/", {"login": login}).status_code == 400
        assert classroom.enrolments.filter(role="teacher").count() == 1

    def test_the_last_teacher_cannot_leave_without_the_admin(
        self, cast: Cast, teacher: Client, classroom: Classroom
    ) -> None:
        url = f"/classes/{classroom.pk}/teachers/{cast.home['teacher'].pk}/remove/"
        teacher.post(url)
        assert classroom.enrolments.filter(role="teacher", until=None).exists()
        signed_in(cast.home["head"]).post(url)

        assert not classroom.enrolments.filter(role="teacher", until=None).exists()
        assert teacher.get(f"/classes/{classroom.pk}/").status_code == 404


class TestClasses:
    def test_a_teacher_makes_one_and_teaches_it(self, cast: Cast, teacher: Client) -> None:
        extra = {"school": str(cast.away.school.pk), "archived_at": "2020-01-01", "id": "x"}
        url = teacher.post("/classes/new/", {"name": " 9  C ", "year": "2026", **extra}).headers["Location"]
        made = Classroom.objects.get(name="9 C")

        assert (made.school, made.archived_at) == (cast.home.school, None)
        assert "Press “Add students”" in teacher.get(url).content.decode()

    @pytest.mark.parametrize(
        "data", [{"name": "10A", "year": "2026"}, {"name": "x" * 51, "year": "1"}, {"name": "\u202e"}]
    )
    def test_one_that_cannot_be_is_asked_for_again(self, teacher: Client, data: dict[str, str]) -> None:
        assert teacher.post("/classes/new/", data).status_code == 400

    def test_it_is_renamed(self, teacher: Client, classroom: Classroom) -> None:
        teacher.post(f"/classes/{classroom.pk}/settings/", {"name": "10X", "year": "2026"})
        classroom.refresh_from_db()

        assert classroom.name == "10X"
        assert AuditEvent.objects.get(what=What.CLASSROOM_CHANGED).details["fields"] == ["name"]

    def test_archiving_can_be_taken_back_for_a_day(self, cast: Cast, teacher: Client, classroom: Classroom) -> None:
        teacher.post(f"/classes/{classroom.pk}/archive/")
        assert teacher.get(f"/classes/{classroom.pk}/").status_code == 404
        assert "Open again" in teacher.get("/classes/").content.decode()
        teacher.post(f"/classes/{classroom.pk}/unarchive/")
        assert teacher.get(f"/classes/{classroom.pk}/").status_code == 200

    def test_later_an_admin_can(self, cast: Cast, teacher: Client, classroom: Classroom) -> None:
        Classroom.objects.filter(pk=classroom.pk).update(archived_at=timezone.now() - timedelta(days=2))
        assert teacher.post(f"/classes/{classroom.pk}/unarchive/").status_code == 404
        assert signed_in(cast.home["colleague"]).post(f"/classes/{classroom.pk}/unarchive/").status_code == 404
        assert signed_in(cast.away["head"]).post(f"/classes/{classroom.pk}/unarchive/").status_code == 404
        head = signed_in(cast.home["head"])
        assert head.post(f"/classes/{classroom.pk}/students/add/", {"names": "Bo"}).status_code == 403
        head.post(f"/classes/{classroom.pk}/unarchive/")

        assert teacher.get(f"/classes/{classroom.pk}/").status_code == 200
