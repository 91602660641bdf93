from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from accounts.ids import uuid7
from accounts.models import User
from accounts.prepared import RowByKey
from codeplatform.testing import Cast

PEOPLE = RowByKey(lambda: User.objects.select_related("school"))


class TestRowByKey:
    def test_is_the_row_that_the_orm_reads(self, cast: Cast) -> None:
        for person in (cast.home["ada"], cast.away["teacher"], cast.operator):
            read, known = PEOPLE.get(person.pk), User.objects.select_related("school").get(pk=person.pk)
            assert read is not None
            columns = [field.attname for field in User._meta.concrete_fields]
            assert [getattr(read, name) for name in columns] == [getattr(known, name) for name in columns]
            assert read.school == known.school
            assert read.get_deferred_fields() == set()

    def test_brings_related_rows_along(self, cast: Cast, django_assert_num_queries: object) -> None:
        with django_assert_num_queries(1):  # type: ignore[operator]
            read = PEOPLE.get(cast.home["ada"].pk)
            assert read is not None and read.school is not None and read.school.name == "School home"

    def test_is_read_anew_each_time(self, cast: Cast) -> None:
        ada = cast.home["ada"]
        first = PEOPLE.get(ada.pk)
        User.objects.filter(pk=ada.pk).update(is_active=False)
        second = PEOPLE.get(ada.pk)

        assert first is not None and first.is_active
        assert second is not None and not second.is_active

    def test_that_is_not_there_is_none(self, cast: Cast) -> None:
        assert PEOPLE.get(uuid7()) is None

    def test_can_be_saved(self, cast: Cast) -> None:
        read = PEOPLE.get(cast.home["ada"].pk)
        assert read is not None
        read.display_name = "Ada L."
        read.save(update_fields=["display_name"])

        assert User.objects.get(pk=read.pk).display_name == "Ada L."


class TestSessions:
    def test_end_when_their_time_has_come(self, db: None) -> None:
        store = import_module(settings.SESSION_ENGINE).SessionStore
        session = store()
        session["word"] = "kept"
        session.save()
        assert store(session.session_key).get("word") == "kept"
        Session.objects.filter(pk=session.session_key).update(expire_date=timezone.now() - timedelta(seconds=1))

        ended = store(session.session_key)
        assert ended.get("word") is None
        assert ended.session_key is None

    def test_of_a_made_up_key_are_empty(self, db: None) -> None:
        store = import_module(settings.SESSION_ENGINE).SessionStore
        assert store("x" * 32).get("word") is None
        assert connection.is_usable()
