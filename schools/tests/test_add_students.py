"""From a pasted list to printed cards, through the pages: what is shown, what changes, and what never does."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.brake import is_delayed
from accounts.models import User
from codeplatform.testing import PASSWORD, Cast, ClassroomFactory, EnrolmentFactory, UserFactory, signed_in
from schools import roster
from schools.audit_events import AuditEvent, What
from schools.models import Classroom, RosterBatch, RosterEntry, School


@pytest.fixture
def classroom(cast: Cast) -> Classroom:
    return cast.home.classrooms["10A"]


@pytest.fixture
def teacher(cast: Cast) -> Client:
    return signed_in(cast.home["teacher"])


def listed(client: Client, classroom: Classroom, text: str) -> str:
    """The address of the list that comes of the text."""
    response = client.post(f"/classes/{classroom.pk}/students/add/", {"names": text})
    assert response.status_code == 302, response.content.decode()
    return response.headers["Location"]


def refused(client: Client, classroom: Classroom, text: str) -> str:
    people = User.objects.count()
    response = client.post(f"/classes/{classroom.pk}/students/add/", {"names": text})
    assert (response.status_code, User.objects.count(), RosterBatch.objects.count()) == (400, people, 0)
    return re.sub(r"\s+", " ", response.content.decode().replace("&#x27;", "'"))


def lets_in(username: str, password: str) -> bool:
    return Client().post("/login/", {"username": username, "password": password}).status_code == 302


def kinds() -> dict[str, str]:
    return {entry.display_name: entry.kind for entry in RosterEntry.objects.all()}


class TestTheList:
    def test_it_says_line_by_line_what_will_happen(self, cast: Cast, teacher: Client, classroom: Classroom) -> None:
        page = teacher.get(listed(teacher, classroom, "Grace Hopper\nada\nDAN\n")).content.decode()

        assert kinds() == {"Grace Hopper": "new", "ada": "present", "dan": "enrol"}
        for text in ('value="grace.hopper"', "In the class already", "Has an account, comes into the class"):
            assert text in page

    def test_nothing_has_changed_yet(self, cast: Cast, teacher: Client, classroom: Classroom) -> None:
        before = User.objects.count()
        teacher.get(listed(teacher, classroom, "Grace Hopper\n"))

        assert User.objects.count() == before
        assert not AuditEvent.objects.exclude(what=What.SIGNED_IN).exists()

    def test_problems_have_their_line_and_nothing_is_kept(
        self, cast: Cast, teacher: Client, classroom: Classroom
    ) -> None:
        page = refused(teacher, classroom, "Name;Login name;Class\nGrace;grace;\nAda;head;\n;x;\nBen;ben;9Z\n")

        for line, sentence in ((3, "belongs to somebody else"), (4, "no name in this line"), (5, "no class 9Z")):
            assert re.search(rf"</span>{line}</th>.*?{sentence}", page), line
        assert "Grace;grace;" in page

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("Name;Login name\nGrace;g\nAnn;G\n", "twice in the list"),
            ("Name;Login name\nGrace;a b\n", "Leave out spaces"),
            ("Name;Login name\nGrace;аda\n", "belongs to somebody else"),  # a Cyrillic a
            ("Grace\u202e\n", "cannot be shown"),
            ("12345\n", "needs a letter"),
            ("=1+1\n", "needs a letter"),
            ("x" * 101, "at most 100"),
        ],
    )
    def test_lines_that_cannot_be(self, teacher: Client, classroom: Classroom, text: str, sentence: str) -> None:
        assert sentence in refused(teacher, classroom, text)

    def test_two_students_of_one_name_need_a_login_name(
        self, cast: Cast, teacher: Client, classroom: Classroom
    ) -> None:
        for login in ("max1", "max2"):
            UserFactory.create(username=login, display_name="Max", school=cast.home.school)

        assert "Several students have this name" in refused(teacher, classroom, "Max\n")
        listed(teacher, classroom, "Name;Login name\nMax;max2\n")
        assert RosterEntry.objects.get().user == User.objects.get(username="max2@home")

    def test_namesakes_in_one_list_get_login_names_of_their_own(self, teacher: Client, classroom: Classroom) -> None:
        listed(teacher, classroom, "Max Li\nMax Li\n")

        assert [(e.short_name, bool(e.note)) for e in RosterEntry.objects.all()] == [
            ("max.li", False),
            ("max.li2", True),
        ]

    def test_a_closed_account_is_not_taken_for_the_student(
        self, cast: Cast, teacher: Client, classroom: Classroom
    ) -> None:
        User.objects.filter(pk=cast.home["dan"].pk).update(is_active=False)
        listed(teacher, classroom, "dan\n")

        assert (RosterEntry.objects.get().kind, RosterEntry.objects.get().short_name) == ("new", "dan2")

    def test_nobody_of_another_school_is_found(self, cast: Cast, teacher: Client, classroom: Classroom) -> None:
        UserFactory.create(username="grace", display_name="Grace", school=cast.away.school)
        listed(teacher, classroom, "Grace\n")

        assert RosterEntry.objects.get().kind == "new"

    def test_a_file_is_taken_as_well(self, teacher: Client, classroom: Classroom) -> None:
        file = io.BytesIO("Surname;First name\r\nMüller;Zoë\r\n".encode("cp1252"))
        file.name = "list.csv"
        teacher.post(f"/classes/{classroom.pk}/students/add/", {"file": file})

        assert RosterEntry.objects.get().display_name == "Zoë Müller"

    def test_a_column_may_name_other_classes_of_the_teacher(
        self, cast: Cast, teacher: Client, classroom: Classroom
    ) -> None:
        other = ClassroomFactory.create(school=cast.home.school, name="11C")
        EnrolmentFactory.create(classroom=other, user=cast.home["teacher"])
        url = listed(teacher, classroom, "Name;Class\nGrace;11c\nAnn;10A\nBo;\n")
        teacher.post(url)

        assert [
            student.display_name for student in User.objects.filter(enrolments__classroom=other, role="student")
        ] == ["Grace"]
        assert (
            "no class 10B"
            in teacher.post(
                f"/classes/{classroom.pk}/students/add/", {"names": "Name;Class\nGrace;10B\n"}
            ).content.decode()
        )


class TestConfirming:
    def test_makes_accounts_with_the_chosen_login_names(
        self, cast: Cast, teacher: Client, classroom: Classroom
    ) -> None:
        url = listed(teacher, classroom, "Grace Hopper\ndan\n")
        page = teacher.post(url, {"login-1": "grace"}, follow=True).content.decode()
        grace = User.objects.get(username="grace@home")

        assert (grace.role, grace.school, grace.display_name) == ("student", cast.home.school, "Grace Hopper")
        assert {*classroom.enrolments.filter(user__in=[grace, cast.home["dan"]]).values_list("until", flat=True)} == {
            None
        }
        assert "They are shown once" in page

    def test_a_namesake_becomes_an_account_of_its_own(self, cast: Cast, teacher: Client, classroom: Classroom) -> None:
        teacher.post(listed(teacher, classroom, "dan\n"), {"new-person-1": "on"})

        assert User.objects.filter(username="dan2@home").exists()
        assert not classroom.enrolments.filter(user=cast.home["dan"]).exists()

    @pytest.mark.parametrize("login", ["ada", "ADA", "аda", "a b", "", "x" * 65, "a@home", "\u202e"])
    def test_a_login_name_that_cannot_be_is_asked_for_again(
        self, teacher: Client, classroom: Classroom, login: str
    ) -> None:
        url = listed(teacher, classroom, "Grace\nAnn\n")
        response = teacher.post(url, {"login-1": login, "login-2": "keep-me"})

        assert (response.status_code, RosterBatch.objects.get().state) == (400, "listed")
        assert 'aria-invalid="true"' in response.content.decode()
        assert 'value="keep-me"' in response.content.decode()

    def test_what_else_is_sent_changes_nothing(self, cast: Cast, teacher: Client, classroom: Classroom) -> None:
        extra = {"role": "operator", "school": str(cast.away.school.pk), "is_superuser": "on", "password": "x"}
        teacher.post(listed(teacher, classroom, "Grace\n"), {**extra, "login-99": "evil", "user-1": "x"})
        grace = User.objects.get(username="grace@home")

        assert (grace.role, grace.school, grace.is_superuser, grace.is_active) == (
            "student",
            cast.home.school,
            False,
            True,
        )

    def test_twice_makes_one_account(self, teacher: Client, classroom: Classroom) -> None:
        url = listed(teacher, classroom, "Grace\n")
        teacher.post(url)
        teacher.post(url)

        assert User.objects.filter(display_name="Grace").count() == 1

    def test_a_login_name_taken_in_the_meantime_undoes_everything(
        self, cast: Cast, teacher: Client, classroom: Classroom, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        url = listed(teacher, classroom, "Ann\nGrace\n")
        monkeypatch.setattr("schools.roster_views.FIRST_STEP_S", -1)
        teacher.post(url)
        UserFactory.create(username="grace", school=cast.home.school)
        page = teacher.post(f"{url}step/", follow=True).content.decode()

        assert "Meanwhile somebody else made an account" in page
        assert not User.objects.filter(display_name="Ann").exists()
        assert teacher.post(url).status_code == 400
        teacher.post(url, {"login-2": "grace.h"})
        assert "They are shown once" in teacher.post(f"{url}step/", follow=True).content.decode()

    def test_a_teacher_who_lost_the_class_meanwhile_changes_nothing(
        self, cast: Cast, classroom: Classroom, settings: Any
    ) -> None:
        batch = roster.begin(
            [RosterEntry(number=1, kind="new", display_name="G", short_name="g", classroom=classroom)],
            classroom,
            cast.home["teacher"],
        )
        roster.confirm(batch)
        cast.home["teacher"].enrolments.update(until=timezone.now())
        with pytest.raises(roster.CannotIssue):
            roster.advance(batch, seconds=5, by=cast.home["teacher"])

        assert not User.objects.filter(display_name="G").exists()

    def test_each_account_and_enrolment_is_in_the_trail(
        self, cast: Cast, teacher: Client, classroom: Classroom
    ) -> None:
        teacher.post(listed(teacher, classroom, "Grace\ndan\n"))
        grace = User.objects.get(display_name="Grace")
        events = AuditEvent.objects.exclude(what=What.SIGNED_IN)
        trail = {(event.what, event.about) for event in events}

        assert trail == {
            (What.ACCOUNT_CREATED, grace.pk),
            (What.ENROLLED, grace.pk),
            (What.ENROLLED, cast.home["dan"].pk),
            (What.IMPORTED, None),
        }
        assert {event.actor for event in events} == {cast.home["teacher"].pk}


class TestLongLists:
    def test_it_goes_step_by_step_and_all_at_once(
        self, teacher: Client, classroom: Classroom, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name in ("FIRST_STEP_S", "STEP_S"):
            monkeypatch.setattr(f"schools.roster_views.{name}", -1)
        url = listed(teacher, classroom, "Ann\nBo\nGrace\n")
        assert "<progress" in teacher.post(url, follow=True).content.decode()
        news = [teacher.post(f"{url}step/", headers={"accept": "application/json"}).json() for _ in range(3)]

        assert news == [
            {"done": 2, "total": 3, "state": "preparing"},
            {"done": 3, "total": 3, "state": "preparing"},
            {"done": 3, "total": 3, "state": "issued"},
        ]
        assert User.objects.filter(display_name__in=["Ann", "Bo", "Grace"]).count() == 3

    def test_nobody_is_there_before_the_end(
        self, teacher: Client, classroom: Classroom, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("schools.roster_views.FIRST_STEP_S", -1)
        before = User.objects.count()
        teacher.post(listed(teacher, classroom, "Ann\nBo\n"))

        assert User.objects.count() == before

    def test_more_new_accounts_than_a_form_takes_are_listed_without_fields(
        self, teacher: Client, classroom: Classroom
    ) -> None:
        page = teacher.get(listed(teacher, classroom, "\n".join(f"Ann No{n}x" for n in range(501)))).content.decode()

        assert ('name="login-1"' in page, "ann.no500x" in page) == (False, True)

    def test_the_number_of_queries_does_not_grow_with_the_list(
        self, teacher: Client, classroom: Classroom, django_assert_max_num_queries: Any
    ) -> None:
        with django_assert_max_num_queries(25):
            url = listed(teacher, classroom, "\n".join(f"Ann No{n}x" for n in range(300)))
        with django_assert_max_num_queries(60):
            teacher.post(url)


class TestCards:
    def test_they_let_the_students_in(self, cast: Cast, teacher: Client, classroom: Classroom) -> None:
        url = listed(teacher, classroom, "Ann\nBo\n")
        teacher.post(url)
        page = teacher.post(f"{url}cards/").content.decode()
        phrases = re.findall(r'class="pass-phrase">([a-z-]+)<', page)

        assert len({*phrases}) == 2
        for name, phrase in zip(("ann", "bo"), phrases, strict=True):
            assert Client().post("/login/home/", {"username": name, "password": phrase}).status_code == 302
        assert ("testserver/login/home/" in page, "School home" in page, page.count("data:image/svg")) == (
            True,
            True,
            2,
        )

    def test_they_are_shown_once(self, teacher: Client, classroom: Classroom) -> None:
        url = listed(teacher, classroom, "Ann\n")
        teacher.post(url)
        phrase = re.findall(r'class="pass-phrase">([a-z-]+)<', teacher.post(f"{url}cards/").content.decode())[0]
        again = teacher.post(f"{url}cards/")

        assert (again.status_code, phrase in again.content.decode()) == (410, False)
        assert "have been shown" in teacher.get(url).content.decode()
        assert (RosterBatch.objects.get().seed, RosterEntry.objects.count()) == ("", 0)

    def test_looking_at_the_page_does_not_use_them_up(self, teacher: Client, classroom: Classroom) -> None:
        url = listed(teacher, classroom, "Ann\n")
        teacher.post(url)

        assert teacher.get(f"{url}cards/").status_code == 405
        assert 'class="pass-phrase"' in teacher.post(f"{url}cards/").content.decode()

    def test_after_an_hour_they_are_gone(self, teacher: Client, classroom: Classroom) -> None:
        url = listed(teacher, classroom, "Ann\n")
        teacher.post(url)
        RosterBatch.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

        assert teacher.post(f"{url}cards/").status_code == 410
        assert "These login cards are gone" in teacher.get(url).content.decode()
        roster.forget_expired()
        assert (RosterBatch.objects.get().seed, RosterEntry.objects.count()) == ("", 0)

    def test_no_pass_phrase_is_written_down(self, teacher: Client, classroom: Classroom) -> None:
        url = listed(teacher, classroom, "Ann\n")
        teacher.post(url)
        kept = str([*RosterBatch.objects.values(), *RosterEntry.objects.values(), *AuditEvent.objects.values()])
        phrase = re.findall(r'class="pass-phrase">([a-z-]+)<', teacher.post(f"{url}cards/").content.decode())[0]

        assert phrase not in kept

    def test_a_colleague_and_the_admin_do_not_get_them(self, cast: Cast, teacher: Client, classroom: Classroom) -> None:
        url = listed(teacher, classroom, "Ann\n")
        teacher.post(url)

        assert {signed_in(cast.home[name]).post(f"{url}cards/").status_code for name in ("colleague", "head")} == {404}

    def test_the_host_is_one_of_ours(self, teacher: Client, classroom: Classroom) -> None:
        url = listed(teacher, classroom, "Ann\n")
        teacher.post(url)

        assert teacher.post(f"{url}cards/", headers={"host": "evil.example"}).status_code == 400
        page = teacher.post(f"{url}cards/", headers={"x-forwarded-host": "evil.example"}).content.decode()
        assert "evil.example" not in page

    def test_who_must_choose_a_password_is_the_schools_choice(
        self, cast: Cast, teacher: Client, classroom: Classroom
    ) -> None:
        School.objects.filter(pk=cast.home.school.pk).update(must_change_passwords=True)
        teacher.post(listed(teacher, classroom, "Ann\n"))

        assert User.objects.get(display_name="Ann").must_change_password


class TestResets:
    def test_the_new_phrase_holds_the_old_one_and_old_sessions_do_not(self, cast: Cast, classroom: Classroom) -> None:
        ada = signed_in(cast.home["ada"])
        batch = roster.begin_resets([cast.home["ada"]], classroom, cast.home["teacher"])
        roster.confirm(batch)
        roster.advance(batch, seconds=5, by=cast.home["teacher"])
        batch.refresh_from_db()
        cards = roster.take_cards(batch)

        assert cards and lets_in("ada@home", cards[0].pass_phrase)
        assert not lets_in("ada@home", PASSWORD)
        assert ada.get("/projects/").status_code == 302
        assert AuditEvent.objects.filter(what=What.PASSWORD_RESET, about=cast.home["ada"].pk).count() == 1

    def test_who_waits_after_wrong_passwords_may_sign_in_at_once(self, cast: Cast, classroom: Classroom) -> None:
        for _ in range(8):
            Client().post("/login/", {"username": "ada@home", "password": "wrong"})
        assert is_delayed(cast.home["ada"])
        batch = roster.begin_resets([cast.home["ada"]], classroom, cast.home["teacher"])
        roster.confirm(batch)
        roster.advance(batch, seconds=5, by=cast.home["teacher"])

        assert not is_delayed(cast.home["ada"])

    @pytest.mark.parametrize("name", ["dan", "head", "teacher"])
    def test_nobody_else_can_be_reset(self, cast: Cast, classroom: Classroom, name: str) -> None:
        batch = roster.begin_resets([cast.home[name]], classroom, cast.home["teacher"])
        roster.confirm(batch)
        with pytest.raises(roster.CannotIssue):
            roster.advance(batch, seconds=5, by=cast.home["teacher"])

        assert lets_in(f"{name}@home", PASSWORD)
