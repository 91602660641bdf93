from typing import Any

import pytest
from django.utils import timezone

from codeplatform.testing import Cast, EnrolmentFactory, UserFactory, signed_in
from projects.saving import create_project


class TestClassroomList:
    def test_a_teacher_gets_the_own_classes_with_their_size(self, cast: Cast) -> None:
        page = signed_in(cast.home["teacher"]).get("/classes/").content.decode()

        assert ("10A" in page, "10B" in page, "<td>3<span" in page) == (True, False, True)

    def test_without_classes_it_says_what_to_do(self, cast: Cast) -> None:
        cast.home["teacher"].enrolments.all().delete()

        assert "school admin adds you to theirs" in signed_in(cast.home["teacher"]).get("/classes/").content.decode()


class TestClassroomDetail:
    def test_shows_the_students_and_links_to_their_work(self, cast: Cast) -> None:
        page = signed_in(cast.home["teacher"]).get(_url(cast)).content.decode()

        for name in ("ada", "ben", "cleo"):
            assert f"/projects/{cast.home.projects[name].pk}/" in page

    def test_a_student_who_left_is_not_on_it(self, cast: Cast) -> None:
        cast.home["ada"].enrolments.update(until=timezone.now())
        page = signed_in(cast.home["teacher"]).get(_url(cast)).content.decode()

        assert ("ada@home" in page, "ben@home" in page) == (False, True)

    def test_an_outsider_gets_404(self, cast: Cast) -> None:
        assert signed_in(cast.home["colleague"]).get(_url(cast)).status_code == 404


@pytest.mark.parametrize("size", [1, 30, 300])
def test_the_number_of_queries_does_not_grow_with_the_class(
    cast: Cast, size: int, django_assert_num_queries: Any
) -> None:
    cast.home["ada"].enrolments.model.objects.filter(classroom=cast.home.classrooms["10A"], role="student").delete()
    for _ in range(size):
        student = UserFactory.create(school=cast.home.school)
        EnrolmentFactory.create(classroom=cast.home.classrooms["10A"], user=student)
        create_project(student, "One")
        create_project(student, "Two")
    client = signed_in(cast.home["teacher"])
    client.get("/classes/")

    # session, viewer, class twice, students, their last projects twice, who waits, teachers, closed, other classes,
    # assignments, and whether there are any
    with django_assert_num_queries(13):
        client.get(_url(cast))
    with django_assert_num_queries(4):  # session, viewer, classes, archived ones
        client.get("/classes/")


def _url(cast: Cast) -> str:
    return f"/classes/{cast.home.classrooms['10A'].pk}/"
