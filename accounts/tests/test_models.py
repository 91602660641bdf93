from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from accounts.hashers import SchoolArgon2PasswordHasher
from accounts.models import User
from accounts.roles import Role
from codeplatform.testing import SchoolFactory
from schools.models import School


class TestCreateUser:
    def test_a_short_name_gains_the_slug(self, school: School) -> None:
        assert User.objects.create_user("Ada", "pw", school=school).username == "ada@home"

    def test_a_full_name_is_kept(self, school: School) -> None:
        assert User.objects.create_user("ada@home", "pw", school=school).username == "ada@home"

    def test_another_schools_slug_is_refused(self, school: School) -> None:
        with pytest.raises(ValidationError):
            User.objects.create_user("ada@away", "pw", school=school)

    @pytest.mark.parametrize("name", ["ada", "ADA", "ada ", "ａｄａ", "аda", "adα"])
    def test_a_twin_in_the_school_is_refused(self, student: User, name: str) -> None:
        with pytest.raises(ValidationError):
            User.objects.create_user(name, "pw", school=student.school)

    @pytest.mark.parametrize("name", ["a da", "a\u200bda", "", "ada@x@home"])
    def test_an_odd_name_is_refused(self, school: School, name: str) -> None:
        with pytest.raises(ValidationError):
            User.objects.create_user(name, "pw", school=school)

    def test_the_same_name_in_another_school_is_another_person(self, student: User) -> None:
        User.objects.create_user("ada", "pw", school=SchoolFactory.create(slug="away"))

    def test_twins_among_operators_are_refused(self, db: None) -> None:
        User.objects.create_superuser("root", "pw")

        with pytest.raises(ValidationError):
            User.objects.create_superuser("rооt", "pw")  # Cyrillic o


class TestTheDatabaseRefuses:
    @pytest.mark.parametrize(
        "values",
        [{"role": Role.OPERATOR}, {"role": Role.STUDENT, "school": None}, {"is_superuser": True}, {"role": "king"}],
        ids=["operator with a school", "student without a school", "student as superuser", "unknown role"],
    )
    def test_what_does_not_fit(self, student: User, values: dict[str, Any]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=student.pk).update(**values)

    def test_a_twin(self, student: User) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            User(username="аda@home", school=student.school).save()


def test_createsuperuser_makes_an_operator(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "correct-horse-battery")
    call_command("createsuperuser", "--noinput", "--username", "root", verbosity=0)

    user = User.objects.get(username="root")
    assert (user.role, user.is_superuser, user.is_staff, user.school) == (Role.OPERATOR, True, True, None)


def test_a_name_is_found_however_it_is_typed(student: User) -> None:
    assert User.objects.get_by_natural_key(" ADA@home") == student


def test_school_admins_and_operators_are_let_into_the_administration() -> None:
    assert [role for role in Role if User(role=role).is_staff] == [Role.SCHOOL_ADMIN, Role.OPERATOR]


def test_saving_one_field_keeps_name_and_key_together(student: User) -> None:
    student.username = "Ada2@home"
    student.save(update_fields=["username"])

    student.refresh_from_db()
    assert (student.username, student.name_key) == ("ada2@home", "ada2")


def test_passwords_are_hashed_as_owasp_asks() -> None:
    encoded = SchoolArgon2PasswordHasher().encode("secret", "saltsaltsalt")

    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
