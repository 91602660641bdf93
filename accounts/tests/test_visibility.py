import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.models import User
from codeplatform.testing import Cast

TEN_A, TEN_B = {"ada", "ben", "cleo"}, {"dan", "eve", "finn"}
EVERYBODY = TEN_A | TEN_B | {"head", "teacher", "colleague"}


@pytest.mark.parametrize(
    ("viewer", "seen"),
    [
        ("ada", {"ada"}),
        ("dan", {"dan"}),
        ("teacher", TEN_A | {"teacher"}),
        ("colleague", TEN_B | {"colleague"}),
        ("head", EVERYBODY),
    ],
)
def test_in_the_own_school(cast: Cast, viewer: str, seen: set[str]) -> None:
    visible = set(User.objects.visible_to(cast.home[viewer]))

    assert visible == {cast.home[name] for name in seen}
    assert {user for user in User.objects.all() if user.is_visible_to(cast.home[viewer])} == visible


def test_operators_see_everybody(cast: Cast) -> None:
    assert User.objects.visible_to(cast.operator).count() == User.objects.count()


def test_nobody_sees_nobody(cast: Cast) -> None:
    closed = cast.home["head"]
    closed.is_active = False

    assert not User.objects.visible_to(AnonymousUser()).exists()
    assert not User.objects.visible_to(closed).exists()


def test_a_student_who_left_the_class_is_gone_at_once(cast: Cast) -> None:
    cast.home["ada"].enrolments.update(until=timezone.now())

    assert not cast.home["ada"].is_visible_to(cast.home["teacher"])


def test_a_teacher_who_left_the_class_sees_nobody_of_it(cast: Cast) -> None:
    cast.home["teacher"].enrolments.update(until=timezone.now())

    assert set(User.objects.visible_to(cast.home["teacher"])) == {cast.home["teacher"]}


def test_an_archived_class_shows_nobody(cast: Cast) -> None:
    classroom = cast.home.classrooms["10A"]
    classroom.archived_at = timezone.now()
    classroom.save(update_fields=["archived_at"])

    assert set(User.objects.visible_to(cast.home["teacher"])) == {cast.home["teacher"]}
