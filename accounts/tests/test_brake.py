"""Guessing passwords is slowed down, and nobody is locked out by it: promises 11 to 13."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connections
from django.test import Client
from django.utils import timezone

from accounts import brake
from accounts.brake import Attempt, admit, record_failure
from accounts.devices import Device
from accounts.models import AddressBudget, SignInCounter, User
from codeplatform.testing import PASSWORD, UserFactory
from schools.models import School

SCHOOL_ADDRESS = "203.0.113.7"


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel("2026-11-23 08:00:00+00:00", tick=False) as coordinates:
        yield coordinates


def sign_in(name: str, password: str = PASSWORD, client: Client | None = None, address: str = SCHOOL_ADDRESS) -> Any:
    client = client or Client()
    return client.post("/login/", {"username": name, "password": password}, REMOTE_ADDR=address)


def guess(name: str, address: str = SCHOOL_ADDRESS, device: Device | None = None) -> Attempt:
    """One wrong password, without the page around it."""
    attempt = admit(name, device=device or Device(), address=address)
    if not attempt.is_refused:
        record_failure(attempt)
    return attempt


@pytest.fixture
def spent(db: None, settings: Any) -> None:
    """The school's address has used up its budget."""
    settings.SIGN_IN_FAILURES_PER_ADDRESS = 60
    for number in range(70):
        guess(f"nobody{number}@home")


def device_where(user: User) -> Client:
    """A browser in which the person signed in once, and out again."""
    client = Client()
    assert sign_in(user.username, client=client).status_code == 302
    client.post("/logout/")
    return client


class TestSchoolBehindOneAddress:
    @pytest.mark.heavy
    def test_300_wrong_passwords_over_60_names_stop_nobody(self, school: School) -> None:
        names = [UserFactory.create(username=f"s{number}", school=school).username for number in range(300)]
        for name in names[:60]:
            assert not any(guess(name).is_refused for _ in range(5))

        assert [sign_in(name).status_code for name in names] == [302] * 300

    def test_whom_nobody_attacked_signs_in_while_the_budget_is_spent(self, student: User, spent: None) -> None:
        assert sign_in("ada@home").status_code == 302

    def test_a_known_device_signs_in_while_the_budget_is_spent(self, student: User, spent: None) -> None:
        client = device_where(student)
        guess("ada@home")

        assert sign_in("ada@home").status_code == 429
        assert sign_in("ada@home", client=client).status_code == 302


class TestClassmate:
    def test_known_device_signs_in_at_once(self, student: User, clock: time_machine.Coordinates) -> None:
        client = device_where(student)
        for _ in range(50):
            sign_in("ada@home", "wrong")

        assert sign_in("ada@home", client=client).status_code == 302

    @pytest.mark.heavy
    def test_new_device_signs_in_within_a_minute(self, student: User, clock: time_machine.Coordinates) -> None:
        for _ in range(50):
            sign_in("ada@home", "wrong")
        answer = sign_in("ada@home")

        assert (answer.status_code, int(answer.headers["Retry-After"]) <= 60) == (429, True)
        clock.shift(int(answer.headers["Retry-After"]))
        assert sign_in("ada@home").status_code == 302

    def test_even_after_fifty_that_were_looked_at(self, student: User, clock: time_machine.Coordinates) -> None:
        for _ in range(50):
            while (attempt := guess("ada@home")).is_refused:
                assert attempt.wait_s
                clock.shift(attempt.wait_s)

        assert int(sign_in("ada@home").headers["Retry-After"]) <= 60

    def test_a_release_opens_at_once(self, student: User, clock: time_machine.Coordinates) -> None:
        for _ in range(50):
            sign_in("ada@home", "wrong")
        assert brake.release(student)

        assert sign_in("ada@home").status_code == 302

    def test_on_a_device_that_knows_both_it_is_braked_by_itself(
        self, student: User, school: School, clock: time_machine.Coordinates
    ) -> None:
        UserFactory.create(username="ben", school=school)
        shared = device_where(student)
        for _ in range(10):
            sign_in("ada@home", "wrong", client=shared)

        assert sign_in("ada@home", client=shared).status_code == 429
        assert sign_in("ben@home", client=shared).status_code == 302
        assert sign_in("ada@home").status_code == 302

    def test_right_password_begins_anew(self, student: User) -> None:
        for _ in range(3):
            for _ in range(5):
                assert sign_in("ada@home", "wrong").status_code == 200
            assert sign_in("ada@home").status_code == 302


class TestGuessing:
    @pytest.mark.parametrize("name", ["ada@home", "nobody@home"])
    def test_a_day_at_one_account(self, student: User, clock: time_machine.Coordinates, name: str) -> None:
        end = timezone.now() + timedelta(days=1)
        looked_at = 0
        while timezone.now() < end:
            attempt = guess(name)
            looked_at += not attempt.is_refused
            if attempt.wait_s:
                clock.shift(attempt.wait_s)

        assert 60 < looked_at < brake.MOST_FAILURES

    def test_after_a_hundred_only_a_release_opens(self, student: User, clock: time_machine.Coordinates) -> None:
        known = device_where(student)
        looked_at = 0
        while (attempt := guess("ada@home")).wait_s is not None:
            looked_at += not attempt.is_refused
            clock.shift(attempt.wait_s)
        clock.shift(timedelta(days=365))
        answer = sign_in("ada@home")

        assert looked_at + 1 == brake.MOST_FAILURES
        assert (answer.status_code, answer.has_header("Retry-After")) == (429, False)
        assert "Ask your teacher" in answer.content.decode()
        assert sign_in("ada@home", client=known).status_code == 302
        brake.release(student)
        assert sign_in("ada@home").status_code == 302

    @pytest.mark.heavy
    def test_a_spray_over_600_names_gets_600_tries_an_hour(self, db: None, clock: time_machine.Coordinates) -> None:
        names = [f"s{number}@home" for number in range(600)]
        looked_at = [0, 0]
        for half_hour in range(4):
            # 12,000 tries of 20 passwords would only be refused more often.
            looked_at[half_hour // 2] += sum(not guess(name).is_refused for name in [*names, *names[:20]])
            clock.shift(1800)

        assert max(looked_at) <= 600

    @pytest.mark.heavy
    def test_an_address_with_a_spent_budget_says_how_long(self, db: None, clock: time_machine.Coordinates) -> None:
        for number in range(600):
            guess(f"s{number}@home")
        waits = [guess("s0@home").wait_s]
        clock.shift(3600)

        assert waits == [3600]
        assert not guess("s0@home").is_refused

    @pytest.mark.heavy
    def test_ipv6_neighbours_are_one_address(self, db: None) -> None:
        for number in range(600):
            guess(f"s{number}@home", address=f"2001:db8::{number:x}")

        assert guess("s0@home", address="2001:db8::ffff:1").is_refused
        assert not guess("s0@home", address="2001:db8:0:1::1").is_refused

    def test_somebody_elses_cookie_is_an_unknown_device(
        self, student: User, school: School, clock: time_machine.Coordinates
    ) -> None:
        ben = UserFactory.create(username="ben", school=school)
        bens = device_where(ben)
        for _ in range(10):
            sign_in("ada@home", "wrong", client=bens)

        assert sign_in("ada@home", client=bens).status_code == 429
        assert sign_in("ada@home").status_code == 429

    def test_a_made_up_cookie_is_an_unknown_device(self, student: User, clock: time_machine.Coordinates) -> None:
        client = device_where(student)
        client.cookies["device"] = str(client.cookies["device"].value)[:-3] + "abc"
        for _ in range(10):
            sign_in("ada@home", "wrong")

        assert sign_in("ada@home", client=client).status_code == 429


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_time_gain_nothing(student: User, clock: time_machine.Coordinates) -> None:
    def try_once(number: int) -> bool:
        try:
            return not guess("ada@home").is_refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as threads:
        looked_at = sum(threads.map(try_once, range(60)))

    # Five are free, and the sixth starts the first wait.
    assert looked_at == brake.FREE_TRIES + 1


class TestWhatTheTeacherSees:
    def test_people_who_have_to_wait(self, student: User, school: School, django_assert_num_queries: Any) -> None:
        people = [student, *(UserFactory.create(username=f"s{number}", school=school) for number in range(3))]
        for _ in range(6):
            guess("s0@home")
        guess("s1@home")

        with django_assert_num_queries(1):
            assert brake.delayed_ids(people) == {people[1].pk}

    def test_people_whom_the_network_holds_up(self, student: User, request: pytest.FixtureRequest) -> None:
        guess("ada@home")
        assert not brake.is_delayed(student)
        request.getfixturevalue("spent")
        guess("ada@home")

        assert brake.is_delayed(student)
        brake.release(student)
        assert sign_in("ada@home").status_code == 302

    def test_releasing_nobody_is_no_event(self, student: User) -> None:
        assert not brake.release(student)


class TestWhatIsKept:
    def test_neither_names_nor_addresses(self, student: User) -> None:
        guess("ada@home")
        guess("my secret password")
        kept = f"{list(SignInCounter.objects.values())} {list(AddressBudget.objects.values())}"

        for marker in ("ada@home", "secret", SCHOOL_ADDRESS):
            assert marker not in kept

    def test_nothing_of_who_signs_in_at_once(self, student: User) -> None:
        sign_in("ada@home")

        assert not SignInCounter.objects.exists()
        assert not AddressBudget.objects.exists()

    def test_made_up_names_are_bounded(self, student: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(brake, "MOST_MADE_UP_NAMES", 50)
        monkeypatch.setattr(brake, "TIDY_ONE_IN", 1)
        guess("ada@home")
        for number in range(80):
            guess(f"nobody{number}@home")

        assert SignInCounter.objects.filter(user=None).count() == 50
        assert SignInCounter.objects.filter(user=student).exists()

    def test_addresses_are_forgotten(
        self, db: None, clock: time_machine.Coordinates, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(brake, "TIDY_ONE_IN", 1)
        for number in range(20):
            guess(f"s{number}", address=f"203.0.113.{number}")
        clock.shift(7200)
        guess("another")

        assert AddressBudget.objects.count() == 1

    def test_axes_keeps_nothing(self, student: User) -> None:
        from axes.models import AccessAttempt, AccessFailureLog, AccessLog

        for _ in range(10):
            sign_in("ada@home", "wrong")
        brake.release(student)
        sign_in("ada@home")

        for model in (AccessAttempt, AccessFailureLog, AccessLog):
            assert not model.objects.exists()
