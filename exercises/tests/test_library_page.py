"""Finding exercises, and what is done with whole ones; who may is in codeplatform/tests/whole_site/table.py."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from codeplatform.testing import Cast, a_folder, signed_in
from exercises.models import Exercise
from exercises.versions import as_folder, create_exercise

LIST = "/exercises/"


@pytest.fixture
def library(cast: Cast) -> Cast:
    loops = a_folder(slug="stars", title="Stars", topic="loops", difficulty=3, tags=("while", "nested"))
    create_exercise(loops, author=None, school=None)
    create_exercise(a_folder(slug="area", title="Area", topic="variables"), author=None, school=None)
    return cast


def titles(client: Client, query: str = "") -> list[str]:
    page = client.get(LIST + query).content.decode()
    return re.findall(r'<th scope="row"><a href="/exercises/[0-9a-f-]{36}/">([^<]*)</a>', page)


class TestSearch:
    def test_topic_by_topic_easy_ones_first(self, library: Cast) -> None:
        easy = a_folder(slug="dots", title="dots", topic="loops", difficulty=1)
        create_exercise(easy, author=None, school=None)

        assert titles(signed_in(library.home["ada"])) == ["Area", "Exercise shared of home", "dots", "Stars"]

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("?q=STARS", ["Stars"]),
            ("?q=nested", ["Stars"]),
            ("?q=sta+whi", ["Stars"]),
            ("?q=exercise", ["Exercise own of home", "Exercise shared of home"]),
            ("?topic=loops", ["Stars"]),
            ("?difficulty=3", ["Stars"]),
            ("?whose=built-in", ["Area", "Stars"]),
            ("?whose=mine&q=own", ["Exercise own of home"]),
            ("?whose=school", []),
            ("?topic=x&difficulty=9&whose=y", ["Area", "Exercise own of home", "Exercise shared of home", "Stars"]),
            ("?q=nothing+like+it", []),
        ],
    )
    def test_narrows_it_down(self, library: Cast, query: str, expected: list[str]) -> None:
        assert titles(signed_in(library.home["teacher"]), query) == expected

    def test_says_when_nothing_fits(self, library: Cast) -> None:
        assert "Nothing fits." in signed_in(library.home["ada"]).get(f"{LIST}?q=zzz").content.decode()

    def test_a_filter_keeps_what_else_is_looked_for(self, library: Cast) -> None:
        page = signed_in(library.home["ada"]).get(f"{LIST}?q=sta&topic=loops").content.decode()

        assert '<a href="?q=sta&amp;topic=loops&amp;difficulty=3">' in page
        assert '<a href="?q=sta">All topics</a>' in page
        assert '<input type="hidden" name="topic" value="loops">' in page

    def test_students_are_offered_nothing_to_change(self, library: Cast) -> None:
        page = signed_in(library.home["ada"]).get(LIST).content.decode()

        assert not any(word in page for word in ("New exercise", "/edit/", "/copy/", "/archive/"))

    def test_a_colleague_copies_what_is_shared_and_edits_the_own(self, library: Cast) -> None:
        page = signed_in(library.home["colleague"]).get(LIST).content.decode()
        shared = library.home.exercises["shared"].pk

        assert f"/exercises/{shared}/copy/" in page
        assert f"/exercises/{shared}/edit/" not in page


@pytest.mark.parametrize("name", ["ada", "teacher", "head"])
def test_it_takes_as_many_queries_for_300_exercises_as_for_one(cast: Cast, name: str) -> None:
    counts = []
    client = signed_in(cast.home[name])
    client.get(LIST)
    for number in (1, 30, 300):
        for index in range(Exercise.objects.count(), number):
            create_exercise(a_folder(slug=f"n{index}"), author=cast.home["teacher"], school=None, is_shared=True)
        with CaptureQueriesContext(connection) as captured:
            client.get(LIST)
        counts.append(len(captured))

    assert len(set(counts)) == 1
    assert counts[0] <= 7


def test_a_copy_is_opened_for_editing(library: Cast) -> None:
    client = signed_in(library.home["colleague"])
    shared = library.home.exercises["shared"]
    response = client.post(f"/exercises/{shared.pk}/copy/", follow=True)
    copy = Exercise.objects.get(author=library.home["colleague"])

    assert response.request["PATH_INFO"] == f"/exercises/{copy.pk}/edit/"
    assert as_folder(copy.newest).reference == as_folder(shared.newest).reference
    assert not copy.is_shared


def test_what_is_archived_is_gone_from_the_list_and_can_be_put_back(library: Cast) -> None:
    teacher, ada = signed_in(library.home["teacher"]), signed_in(library.home["ada"])
    shared = library.home.exercises["shared"]
    page = teacher.post(f"/exercises/{shared.pk}/archive/", follow=True).content.decode()
    assert page.index("Archived</h2>") < page.index(f"/exercises/{shared.pk}/unarchive/")
    assert (ada.get(f"/exercises/{shared.pk}/").status_code, shared.title in titles(ada)) == (404, False)

    teacher.post(f"/exercises/{shared.pk}/unarchive/")
    assert (ada.get(f"/exercises/{shared.pk}/").status_code, shared.title in titles(ada)) == (200, True)


class TestThePageOfAnExercise:
    def test_holds_what_check_needs_and_nothing_hidden(self, library: Cast) -> None:
        page = signed_in(library.home["ada"]).get(f"/exercises/{library.home.exercises['shared'].pk}/")
        config, text = page.context["page_config"], page.content.decode()

        assert [test["name"] for test in config["tests"]] == ["Two", "Three"]
        assert config["tests"][0]["expected"] == "4 marker visible\n"
        assert config["starter"] == [{"path": "main.py", "text": "# marker starter\n"}]
        assert (config["exercise"]["version"], config["exercise"]["entry"], config["hints_count"]) == (1, "main.py", 1)
        assert "<p>Print the double of a number.</p>" in text
        for marker in ("marker hidden", "marker reference", "marker hint", "Four"):
            assert marker not in text

    def test_takes_few_queries(self, library: Cast, django_assert_max_num_queries: object) -> None:
        client = signed_in(library.home["ada"])
        url = f"/exercises/{library.home.exercises['shared'].pk}/"
        client.get(url)
        with django_assert_max_num_queries(8):  # type: ignore[operator]
            client.get(url)


@pytest.mark.parametrize("verb", ["copy", "archive", "unarchive", "edit"])
def test_each_form_needs_its_token(library: Cast, verb: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(library.home["teacher"])

    assert client.post(f"/exercises/{library.home.exercises['own'].pk}/{verb}/").status_code == 403
