import pytest
from django.contrib.auth.models import AnonymousUser

from codeplatform.testing import Cast
from schools.models import Classroom, Enrolment, School


@pytest.mark.parametrize(
    ("viewer", "classrooms"),
    [("ada", {"10A"}), ("dan", {"10B"}), ("teacher", {"10A"}), ("colleague", {"10B"}), ("head", {"10A", "10B"})],
)
def test_classrooms(cast: Cast, viewer: str, classrooms: set[str]) -> None:
    visible = set(Classroom.objects.visible_to(cast.home[viewer]))

    assert visible == {cast.home.classrooms[name] for name in classrooms}
    assert {room for room in Classroom.objects.all() if room.is_visible_to(cast.home[viewer])} == visible


@pytest.mark.parametrize(("viewer", "count"), [("ada", 1), ("teacher", 4), ("colleague", 4), ("head", 8)])
def test_enrolments(cast: Cast, viewer: str, count: int) -> None:
    visible = set(Enrolment.objects.visible_to(cast.home[viewer]))

    assert len(visible) == count
    assert {row for row in Enrolment.objects.all() if row.is_visible_to(cast.home[viewer])} == visible


@pytest.mark.parametrize("viewer", ["ada", "teacher", "head"])
def test_schools(cast: Cast, viewer: str) -> None:
    assert list(School.objects.visible_to(cast.home[viewer])) == [cast.home.school]
    assert not cast.away.school.is_visible_to(cast.home[viewer])


@pytest.mark.parametrize("model", [School, Classroom, Enrolment])
def test_operators_see_all_and_visitors_nothing(cast: Cast, model: type[School]) -> None:
    assert model.objects.visible_to(cast.operator).count() == model.objects.count()
    assert not model.objects.visible_to(AnonymousUser()).exists()
