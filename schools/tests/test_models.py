from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from codeplatform.testing import Cast, EnrolmentFactory
from schools.models import Classroom, Enrolment, RetiredSlug, School


class TestSlug:
    def test_is_never_given_out_again(self, school: School) -> None:
        school.delete()

        assert RetiredSlug.objects.filter(slug="home").exists()
        with pytest.raises(ValidationError):
            School.objects.create(name="Other", slug="home")

    def test_is_retired_when_many_schools_go_at_once(self, school: School) -> None:
        School.objects.all().delete()

        assert RetiredSlug.objects.filter(slug="home").exists()

    def test_does_not_change(self, school: School) -> None:
        school.slug = "house"

        with pytest.raises(ValidationError):
            school.save()

    def test_has_no_capitals(self, db: None) -> None:
        with pytest.raises(ValidationError):
            School.objects.create(name="Other", slug="Home")


def test_a_school_with_people_cannot_be_deleted_by_a_slip(cast: Cast) -> None:
    with pytest.raises(ProtectedError):
        cast.home.school.delete()


def test_an_unknown_time_zone_is_refused(db: None) -> None:
    with pytest.raises(ValidationError):
        School(name="Other", slug="other", time_zone="Mars/Base").full_clean()


class TestClassroom:
    def test_its_name_is_unique_in_its_year(self, cast: Cast) -> None:
        Classroom.objects.create(school=cast.home.school, name="10A", year=2027)

        with pytest.raises(IntegrityError), transaction.atomic():
            Classroom.objects.create(school=cast.home.school, name="10A", year=2026)


class TestEnrolment:
    def test_one_at_a_time(self, cast: Cast) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            EnrolmentFactory.create(classroom=cast.home.classrooms["10A"], user=cast.home["ada"])

    def test_again_after_leaving(self, cast: Cast) -> None:
        cast.home["ada"].enrolments.update(until=timezone.now())

        EnrolmentFactory.create(classroom=cast.home.classrooms["10A"], user=cast.home["ada"])

    def test_ends_after_it_began(self, cast: Cast) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            cast.home["ada"].enrolments.update(until=timezone.now() - timedelta(days=1))

    def test_the_role_is_the_persons(self, cast: Cast) -> None:
        with pytest.raises(ValidationError):
            Enrolment(classroom=cast.home.classrooms["10B"], user=cast.home["ada"], role="teacher").full_clean()

    def test_the_school_is_the_persons(self, cast: Cast) -> None:
        with pytest.raises(ValidationError):
            Enrolment(classroom=cast.away.classrooms["10B"], user=cast.home["ada"], role="student").full_clean()
