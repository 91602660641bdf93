"""The admin keeps within a school: every registered model times every address times everybody who might ask.

Nothing here names a model where it need not: what is registered tomorrow is tested tomorrow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, cast
from urllib.parse import quote

import pytest
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import ModelAdmin
from django.db import models, transaction
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from accounts.ids import uuid7
from accounts.models import User
from accounts.roles import Role
from assessment.testing import set_work
from codeplatform.testing import Cast, SchoolCast, signed_in
from codeplatform.tests.test_odd_requests import FORM, ODD, encode
from schools.admin_base import ScopedAdmin, ScopedFilter, ScopedForm
from schools.audit import record
from schools.audit_events import What
from schools.models import JoinCode

MARK = "Zweitschule"
REGISTRY = {model._meta.label: cast(ScopedAdmin, registered) for model, registered in admin.site._registry.items()}
OF_SCHOOLS = [label for label, registered in REGISTRY.items() if Role.SCHOOL_ADMIN in registered.viewers]


def routes(registered: ModelAdmin[Any], *, with_object: bool) -> list[str]:
    """The names of a model's addresses: those of one object, or those of all."""
    patterns = cast(list[URLPattern], registered.get_urls())
    named = [pattern for pattern in patterns if pattern.name]
    return [f"admin:{p.name}" for p in named if ("object_id" in p.pattern.converters) is with_object]


def address(name: str, key: object = None) -> str:
    return reverse(name, args=[] if key is None else [key])


def fill(school: SchoolCast, mark: str) -> None:
    """A row of everything, with names that cannot stand anywhere else."""
    school.school.name = f"{mark} school"
    school.school.save()
    for name, person in school.people.items():
        person.display_name = f"{mark} {name}"
        person.save()
    for name, classroom in school.classrooms.items():
        classroom.name = f"{mark} {name}"
        classroom.save()
        code = f"{mark}{name}"
        JoinCode.objects.create(classroom=classroom, code=code, expires_at=timezone.now() + timedelta(days=1))
    for project in school.projects.values():
        type(project).objects.filter(pk=project.pk).update(name=f"{mark} work")
    for exercise in school.exercises.values():
        type(exercise).objects.filter(pk=exercise.pk).update(title=f"{mark} exercise")
    set_work(school.classrooms["10A"], school.exercises["shared"], author=school["teacher"], title=f"{mark} homework")
    record(What.WORK_SEEN, actor=school["teacher"], about=school["ada"], details={"note": f"{mark} detail"})


def log_entries(school: SchoolCast, rows: dict[str, Model], mark: str) -> None:
    for row in rows.values():
        LogEntry.objects.log_actions(school["head"].pk, [row], CHANGE, f"{mark} change", single_object=True)


@pytest.fixture
def cast_(cast: Cast) -> Cast:
    fill(cast.home, "Heimschule")
    fill(cast.away, MARK)
    for school, mark in ((cast.home, "Heimschule"), (cast.away, MARK)):
        log_entries(school, {label: row_of(label, school) for label in OF_SCHOOLS}, mark)
    return cast


def row_of(label: str, school: SchoolCast) -> Model:
    """A row of the school; of people a student, whom its school admin may change."""
    registered = REGISTRY[label]
    if registered.model is User:
        return school["ada"]
    found = registered.model._default_manager.filter(**{registered.school_path: school.school.pk}).first()
    assert found is not None, f"{label} has no row in the test: give it one in fill()"
    return cast(Model, found)


def foreign(body: str, cast: Cast) -> list[str]:
    """What of the other school can be read in a page."""
    keys = [str(row_of(label, cast.away).pk) for label in OF_SCHOOLS]
    people = [str(person.pk) for person in cast.away.people.values()]
    return [mark for mark in (MARK, "@away", *keys, *people) if mark in body]


def undone(client: Client, method: str, url: str, *args: Any, **kwargs: Any) -> HttpResponse:
    """The answer to a request that leaves nothing behind."""
    with transaction.atomic():
        response = getattr(client, method)(url, *args, **kwargs)
        response.render() if hasattr(response, "render") and not response.is_rendered else None
        transaction.set_rollback(True)
    return cast(HttpResponse, response)


def snapshot() -> dict[str, list[dict[str, Any]]]:
    """Every row of what is registered, but for who was seen when."""
    rows = {}
    for label, registered in REGISTRY.items():
        queryset = registered.model._default_manager.order_by("pk").values()
        rows[label] = [{k: v for k, v in row.items() if k not in {"last_login", "last_seen_at"}} for row in queryset]
    return rows


class TestWhatIsRegistered:
    def test_only_what_is_scoped(self) -> None:
        assert REGISTRY
        assert all(isinstance(registered, ScopedAdmin) for registered in REGISTRY.values())

    @pytest.mark.parametrize("label", REGISTRY)
    def test_its_forms_and_filters_are_scoped_and_it_has_no_inlines(self, label: str) -> None:
        registered = REGISTRY[label]
        assert issubclass(registered.form, ScopedForm)
        assert all(isinstance(shown, type) and issubclass(shown, ScopedFilter) for shown in registered.list_filter)
        assert (list(registered.inlines), registered.list_editable, registered.date_hierarchy) == ([], (), None)
        assert not any("password" in name for name in registered.search_fields)

    def test_tables_of_libraries_are_not(self) -> None:
        labels = {label.split(".")[0] for label in REGISTRY}
        assert labels.isdisjoint({"auth", "axes", "admin", "sessions", "contenttypes"})


def people_outside(cast: Cast) -> list[User | None]:
    return [None, cast.home["ada"], cast.home["teacher"], cast.away["ada"], cast.away["teacher"]]


@pytest.mark.parametrize("label", REGISTRY)
def test_students_teachers_and_visitors_get_nothing(cast_: Cast, label: str) -> None:
    key = row_of(label, cast_.home).pk if label in OF_SCHOOLS else "x"
    urls = [address(name) for name in routes(REGISTRY[label], with_object=False)]
    urls += [address(name, key) for name in routes(REGISTRY[label], with_object=True)]
    for person in people_outside(cast_):
        client = signed_in(person)
        for url in urls:
            for method in ("get", "post"):
                response = undone(client, method, url)
                assert response.status_code in {302, 403, 404, 405}, url
                assert response.status_code != 302 or "/login/" in response.headers["Location"], url


class TestSchoolAdmin:
    @pytest.mark.parametrize("label", OF_SCHOOLS)
    def test_reads_the_own_school_and_nothing_of_another(self, cast_: Cast, label: str) -> None:
        registered, client = REGISTRY[label], signed_in(cast_.home["head"])
        row = row_of(label, cast_.home)
        bodies = {name: undone(client, "get", address(name)) for name in routes(registered, with_object=False)}
        bodies |= {name: undone(client, "get", address(name, row.pk)) for name in routes(registered, with_object=True)}

        assert bodies[f"admin:{row._meta.app_label}_{row._meta.model_name}_change"].status_code == 200
        for name, response in bodies.items():
            assert response.status_code in {200, 403, 405}, name
            assert foreign(response.content.decode(), cast_) == [], name

    @pytest.mark.parametrize("label", OF_SCHOOLS)
    def test_filters_and_searches_within_the_own_school(self, cast_: Cast, label: str) -> None:
        client = signed_in(cast_.home["head"])
        url = address(f"admin:{label.replace('.', '_').lower()}_changelist")
        page = client.get(url)
        links = re.findall(r'href="(\?[^"]+)"', page.content.decode())
        links += [f"?q={MARK[1:]}", "?q=away", "?o=1.2.-3.99", "?all=", "?p=2", "?e=1"]
        for link in links:
            response = client.get(url + link.replace("&amp;", "&"), follow=True)
            assert response.status_code == 200, link
            assert foreign(response.content.decode(), cast_) == [], link

    @pytest.mark.parametrize("label", REGISTRY)
    def test_another_schools_rows_look_like_none_at_all(self, cast_: Cast, label: str) -> None:
        client = signed_in(cast_.home["head"])
        there = row_of(label, cast_.away).pk if label in OF_SCHOOLS else "x"
        for name in routes(REGISTRY[label], with_object=True):
            for method, data in (("get", {}), ("post", {}), ("post", {"post": "yes", "_save": "1"})):
                hidden = undone(client, method, address(name, there), data)
                missing = undone(client, method, address(name, uuid7()), data)
                assert hidden.status_code == missing.status_code == 404, name
                assert hidden.content == missing.content, name

    @pytest.mark.parametrize("label", OF_SCHOOLS)
    def test_no_column_can_be_asked_about_in_the_address(self, cast_: Cast, label: str) -> None:
        registered, client = REGISTRY[label], signed_in(cast_.home["head"])
        url = address(f"admin:{label.replace('.', '_').lower()}_changelist")
        filters = {shown.parameter_name for shown in registered.list_filter}
        names = [field.name for field in registered.model._meta.get_fields()]
        lookups = [f"{name}{end}" for name in names for end in ("", "__startswith", "__pk", "__school__slug")]
        lookups += ["password__startswith", "school__slug", "user__password__startswith", "_popup", "_to_field"]
        for lookup in {*lookups} - filters:
            response = client.get(url, {lookup: "a"})
            assert response.status_code == 400, lookup

    @pytest.mark.parametrize("label", OF_SCHOOLS)
    @pytest.mark.parametrize("whose", ["home", "away"])
    def test_no_post_reaches_a_column_that_is_not_offered(self, cast_: Cast, label: str, whose: str) -> None:
        """Every column and form field is sent, with a key of the other school where one fits, to every address."""
        registered, client = REGISTRY[label], signed_in(cast_.home["head"])
        row = row_of(label, getattr(cast_, whose))
        before = snapshot()
        data = forged(registered, cast_)
        urls = [address(name) for name in routes(registered, with_object=False) if not name.endswith("changelist")]
        urls += [address(name, row.pk) for name in routes(registered, with_object=True)]
        for url in urls:
            with transaction.atomic():
                assert client.post(url, data).status_code in {200, 302, 400, 403, 404, 405}, url
                assert unintended(before, snapshot(), cast_) == [], url
                transaction.set_rollback(True)

    @pytest.mark.parametrize("label", OF_SCHOOLS)
    def test_actions_do_nothing_to_another_school(self, cast_: Cast, label: str) -> None:
        registered, client = REGISTRY[label], signed_in(cast_.home["head"])
        url = address(f"admin:{label.replace('.', '_').lower()}_changelist")
        keys = [
            r.pk for r in registered.model._default_manager.filter(**{registered.school_path: cast_.away.school.pk})
        ]
        before = snapshot()
        for action in [*registered.actions, "delete_selected", "nonsense"]:
            for across in ("0", "1"):
                data = {"action": action, "select_across": across, "index": "0", "_selected_action": keys}
                with transaction.atomic():
                    response = client.post(url, data | {"post": "yes"})
                    assert response.status_code in {200, 302, 403}, action
                    assert foreign(response.content.decode(), cast_) == [], action
                    assert unintended(before, snapshot(), cast_) == [], action
                    if across == "0":
                        assert [k for k in before if k != "schools.AuditEvent" and before[k] != snapshot()[k]] == []
                    transaction.set_rollback(True)

    @pytest.mark.parametrize("label", OF_SCHOOLS)
    def test_odd_choices_for_an_action_are_refused(self, cast_: Cast, label: str) -> None:
        registered, client = REGISTRY[label], signed_in(cast_.home["head"], raise_request_exception=False)
        url = address(f"admin:{label.replace('.', '_').lower()}_changelist")
        for odd in ("x", "\x00", "9" * 5000, ""):
            for action in [*registered.actions, "x"]:
                response = client.post(url, {"action": action, "index": odd or "0", "_selected_action": odd})
                assert response.status_code in {200, 302, 400, 403}, (action, odd)


def forged(registered: ScopedAdmin, cast: Cast) -> dict[str, Any]:
    """A form that fills in everything: rights, roles, the other school's rows."""
    data: dict[str, Any] = {}
    for field in registered.model._meta.get_fields():
        related = field.related_model
        if isinstance(related, type) and isinstance(field, models.Field):
            path = REGISTRY[related._meta.label].school_path if related._meta.label in REGISTRY else None
            there = related._default_manager.filter(**{path: cast.away.school.pk}).first() if path else None
            data[field.name] = data[f"{field.name}_id"] = there.pk if there else "1"
        elif isinstance(field, models.BooleanField):
            data[field.name] = "on"
        elif isinstance(field, models.DateTimeField):
            data |= {field.name: "2001-01-01", f"{field.name}_0": "2001-01-01", f"{field.name}_1": "00:00:00"}
        elif isinstance(field, models.Field):
            data[field.name] = "7"
    classroom = cast.away.classrooms["10A"].pk
    data |= {"role": Role.OPERATOR, "short_name": "newcomer", "classrooms": [classroom], "classroom": classroom}
    return data | {"is_staff": "on", "rev": "1", "created": "1", "owner": str(cast.away["ada"].pk), "_save": "Save"}


def unintended(before: dict[str, Any], after: dict[str, Any], cast: Cast) -> list[str]:
    """What no request of a school admin's may ever do."""
    changes = []
    home, away = cast.home.school.pk, cast.away.school.pk
    for label, rows in after.items():
        school_column = "id" if label == "schools.School" else "school_id"
        old = {row.get("id"): row for row in before[label]}
        for row in rows:
            was = old.get(row.get("id"))
            if row == was:
                continue
            if row.get(school_column, home) in {away, None} or (was and was.get(school_column, home) != home):
                changes.append(f"{label} of another school")
            fixed = {"id", "school_id", "is_superuser", "username", "name_key", "slug", "code", "owner_id", "user_id"}
            changes += [f"{label}.{name}" for name in fixed & row.keys() if was and row[name] != was[name]]
            if row.get("is_superuser") or row.get("role") in {Role.OPERATOR, Role.SCHOOL_ADMIN} and not was:
                changes.append(f"{label} gained power")
        if {row.get("id") for row in before[label]} - {row.get("id") for row in rows}:
            changes.append(f"{label} lost a row")
    return changes


def site_routes() -> Iterator[str]:
    for pattern in admin.site.get_urls():
        if isinstance(pattern, URLPattern) and pattern.name:
            yield f"admin:{pattern.name}"


def test_the_site_has_no_unscoped_views(cast_: Cast) -> None:
    assert set(site_routes()) == {"admin:index", "admin:login", "admin:logout", "admin:jsi18n", "admin:app_list"}
    client = signed_in(cast_.home["head"])
    for path in ("r/1/1/", "autocomplete/?app_label=schools&model_name=enrolment&field_name=user", "password_change/"):
        assert client.get(f"/admin/{path}").status_code == 404
    assert client.get("/admin/auth/group/").status_code == 404


@pytest.mark.heavy
@pytest.mark.parametrize("label", OF_SCHOOLS)
def test_odd_text_is_never_a_500(cast_: Cast, label: str) -> None:
    registered = REGISTRY[label]
    client = signed_in(cast_.home["head"], raise_request_exception=False)
    for odd in ODD:
        statuses = send_odd_text(client, registered, row_of(label, cast_.home).pk, cast_, quote(encode(odd), safe=""))
        assert [status for status in statuses if status >= 500] == [], odd[:20]


def send_odd_text(client: Client, registered: ScopedAdmin, key: object, cast_: Cast, raw: str) -> list[int]:
    """The statuses of all answers to it, wherever it fits: search, filters, pages, ids, forms."""
    base = address(f"admin:{registered.model._meta.label.replace('.', '_').lower()}_changelist")
    urls = [f"{base}?{name}={raw}" for name in ("q", "p", "o", "e", "all", "_changelist_filters", raw)]
    urls += [f"{base}?{shown.parameter_name}={raw}" for shown in registered.list_filter]
    urls += [f"{base}{raw}/{verb}/" for verb in ("change", "delete", "history")]
    urls += [f"{base}{key}/history/?p={raw}", f"{base}{key}/change/?{raw}={raw}", f"{base}add/?name={raw}"]
    form = "&".join(f"{name}={raw}" for name in forged(registered, cast_)) + "&_save=1"
    responses = [undone(client, "get", url) for url in urls]
    responses += [
        undone(client, "post", url, form, content_type=FORM) for url in (f"{base}add/", f"{base}{key}/change/")
    ]
    return [response.status_code for response in responses]


@pytest.mark.parametrize("label", REGISTRY)
def test_operators_see_every_school(cast_: Cast, label: str) -> None:
    client = signed_in(cast_.operator)
    page = client.get(address(f"admin:{label.replace('.', '_').lower()}_changelist"))

    assert page.status_code == 200
    if label in OF_SCHOOLS:
        for school in (cast_.home, cast_.away):
            key = row_of(label, school).pk
            assert client.get(address(f"admin:{label.replace('.', '_').lower()}_change", key)).status_code == 200
