from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from codeplatform.testing import Cast, signed_in
from projects import history_list
from projects.models import Project, Revision
from projects.saving import Change, Saved, save_revision


@pytest.fixture
def work(cast: Cast) -> Project:
    return cast.home.projects["ada"]


@pytest.fixture
def ada(cast: Cast) -> Client:
    return signed_in(cast.home["ada"])


def put(project: Project, *changes: Change) -> int:
    project.refresh_from_db()
    outcome = save_revision(project, project.owner, project.revision, f"key-{project.revision:05}", list(changes))
    assert isinstance(outcome, Saved)
    return outcome.revision


def text_of(client: Client, url: str) -> str:
    """The page's words in the order of reading."""
    response = client.get(url)
    assert response.status_code == 200
    main = response.content.decode().partition("<main")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def files(project: Project) -> dict[str, bytes]:
    return {file.path: bytes(file.content) for file in project.files.all()}


class TestHistory:
    def url(self, project: Project) -> str:
        return f"/projects/{project.pk}/history/"

    def test_says_what_each_revision_changed_and_by_how_much(self, ada: Client, work: Project) -> None:
        put(work, Change("main.py", b"a\nb\nc\n"), Change("notes.txt", b"1\n"))
        put(work, Change("main.py", b"a\nB\nc\nd\n"), Change("notes.txt", None), Change("x.bin", b"\0", is_text=False))
        text = text_of(ada, self.url(work))

        assert re.search(
            r"Version 3, \S+ ada Now main.py \+2 lines −1 line notes.txt deleted −1 line x.bin added Version 2",
            text,
        )
        assert re.search(r"Version 1, \d\d:\d\d:\d\d ada main.py added \+1 line", text)

    def test_counts_against_a_revision_on_an_older_page(
        self, ada: Client, work: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(work, Change("main.py", b"1\n2\n3\n"))
        put(work, Change("main.py", b"1\n2\n3\n4\n"))
        monkeypatch.setattr(history_list, "PAGE_SIZE", 1)

        assert re.search(r"Version 3, \S+ ada Now main.py \+1 line Show older", text_of(ada, self.url(work)))

    def test_groups_by_day_and_sitting_of_the_school(self, ada: Client, work: Project) -> None:
        work.owner.school.time_zone = "Asia/Tokyo"
        work.owner.school.save(update_fields=["time_zone"])
        first = datetime(2026, 3, 2, 14, 0, tzinfo=UTC)  # 23:00 in Tokyo
        for n, minutes in enumerate((0, 20, 70, 75, 180), 1):
            number = n if n == 1 else put(work, Change("main.py", str(n).encode()))
            Revision.objects.filter(project=work, number=number).update(created_at=first + timedelta(minutes=minutes))
        found = re.findall(
            r"(?:Mon|Tues)day, \d March 2026|\d\d:\d\d(?: to \d\d:\d\d)? · \d", text_of(ada, self.url(work))
        )

        assert found == [
            "Tuesday, 3 March 2026",
            "02:00 · 1",
            "00:10 to 00:15 · 2",
            "Monday, 2 March 2026",
            "23:00 to 23:20 · 2",
        ]

    def test_comes_page_by_page(self, ada: Client, work: Project) -> None:
        for n in range(2 * history_list.PAGE_SIZE):
            put(work, Change("main.py", str(n).encode()))
        seen, url = [], self.url(work)
        while url:
            page = ada.get(url).content.decode()
            seen += [int(number) for number in re.findall(r"Version (\d+), ", page)]
            older = re.search(r'href="([^"]+\?before=\d+)"', page)
            url = older.group(1) if older else ""

        assert seen == list(range(2 * history_list.PAGE_SIZE + 1, 0, -1))

    @pytest.mark.parametrize("count", [2, 200])
    def test_takes_eight_queries(self, cast: Cast, work: Project, count: int, django_assert_num_queries: Any) -> None:
        for n in range(count):
            put(work, Change("main.py", str(n).encode()), Change(f"{n % 30}.txt", str(n).encode()))
        client = signed_in(cast.home["ada"])
        client.get(self.url(work))

        # session, user, project, whether editable; revisions, their files, the files before, contents
        with django_assert_num_queries(8):
            client.get(self.url(work))

    @pytest.mark.parametrize("query", ["before=x", "before=0", "before=-1", "before=" + "9" * 30, "before=%00"])
    def test_an_odd_page_is_not_found(self, ada: Client, work: Project, query: str) -> None:
        assert ada.get(f"{self.url(work)}?{query}").status_code == 404

    def test_beyond_the_oldest_there_is_nothing(self, ada: Client, work: Project) -> None:
        assert "Nothing has been saved" in text_of(ada, f"{self.url(work)}?before=1")

    def test_a_large_text_is_listed_without_counts(self, ada: Client, work: Project) -> None:
        put(work, Change("big.txt", b"x\n" * 100_000))

        assert re.search(r"big.txt added Version 1", text_of(ada, self.url(work)))

    def test_folded_revisions_are_not_shown(self, ada: Client, work: Project) -> None:
        put(work, Change("main.py", b"1"))
        Revision.objects.filter(project=work, number=1).update(is_folded=True)

        assert "Version 1," not in text_of(ada, self.url(work))
        assert ada.get(f"{self.url(work)}1/").status_code == 404

    def test_a_teacher_of_the_student_sees_it(self, cast: Cast, work: Project) -> None:
        put(work, Change("main.py", b"1"))
        text = text_of(signed_in(cast.home["teacher"]), self.url(work))

        assert "Version 2" in text
        assert "only the owner can restore" in text


class TestRevision:
    def url(self, project: Project, number: int, rest: str = "") -> str:
        return f"/projects/{project.pk}/history/{number}/{rest}"

    def test_shows_what_it_changed(self, ada: Client, work: Project) -> None:
        put(work, Change("main.py", b"one\ntwo\n"))
        put(work, Change("main.py", b"one\n2\n"))

        assert "1 1 one 2 − two 2 + 2" in text_of(ada, self.url(work, 3))

    def test_or_what_has_changed_since(self, ada: Client, work: Project) -> None:
        put(work, Change("main.py", b"one\n"))
        put(work, Change("main.py", b"one\ntwo\n"))
        put(work, Change("main.py", b"one\ntwo\nthree\n"))

        assert "2 + two 3 + three" in text_of(ada, self.url(work, 2, "?against=now"))
        assert "Nothing has changed since" in text_of(ada, self.url(work, 4, "?against=now"))

    def test_hostile_names_and_texts_are_text(self, ada: Client, work: Project) -> None:
        name = "'&quot;onerror=alert(1) 'x'.py"
        put(work, Change(name, b"</script><img src=x onerror=alert(1)>\n{{ 7|add:7 }}\n"))
        for url in (self.url(work, 2), f"/projects/{work.pk}/history/"):
            page = ada.get(url).content.decode()
            assert "<img" not in page
            assert name not in page
            assert html.escape(name) in page
        assert "{{ 7|add:7 }}" in ada.get(self.url(work, 2)).content.decode()

    def test_a_file_that_is_no_text_is_told_by_its_size(self, ada: Client, work: Project) -> None:
        put(work, Change("x.bin", b"\0" * 2048, is_text=False))

        assert re.search(r"x.bin added .*2.0.KB. Not a text", text_of(ada, self.url(work, 2)))

    @pytest.mark.parametrize(
        ("before", "after", "words"),
        [(b"a", b"a\n", "Only the end of the last line differs."), (None, b"", "The file is empty.")],
    )
    def test_a_difference_without_lines_is_explained(
        self, ada: Client, work: Project, before: bytes | None, after: bytes, words: str
    ) -> None:
        put(work, Change("x.txt", before))
        put(work, Change("x.txt", after))

        assert words in text_of(ada, self.url(work, 3))

    def test_a_megabyte_against_another_is_cut_short(self, ada: Client, work: Project) -> None:
        put(work, Change("x.txt", b"a\nb\n" * 250_000))
        put(work, Change("x.txt", b"b\nc\n" * 250_000), Change("line.txt", b"x" * 1_000_000))
        page = ada.get(self.url(work, 3))

        assert page.status_code == 200
        assert len(page.content) < 1_000_000
        assert "The rest is not shown here." in page.content.decode()

    def test_too_large_a_text_is_not_compared(self, ada: Client, work: Project) -> None:
        put(work, Change("x.txt", b"a\n" * 2_200_000))

        assert "Too large to be compared here." in text_of(ada, self.url(work, 2))

    @pytest.mark.parametrize("number", ["0", "99", "2147483647", "2147483648", "9" * 30, "9" * 5000])
    def test_what_there_is_not_is_not_found(self, ada: Client, work: Project, number: str) -> None:
        assert ada.get(f"/projects/{work.pk}/history/{number}/").status_code == 404

    @pytest.mark.parametrize("count", [1, 100])
    def test_takes_nine_queries(self, cast: Cast, work: Project, count: int, django_assert_num_queries: Any) -> None:
        for n in range(count):
            put(work, Change("main.py", str(n).encode()), Change(f"{n}.txt", b"1\n"))
        client = signed_in(cast.home["ada"])
        client.get(self.url(work, 2))

        # session, user, project, revision, its neighbours, two states, contents, whether editable
        with django_assert_num_queries(9):
            client.get(self.url(work, 2))

    def test_the_script_gets_both_sides(self, ada: Client, work: Project) -> None:
        put(
            work,
            Change("main.py", b"new"),
            Change("p.png", b"\x89PNG", is_text=False),
            Change("x.bin", b"\0", is_text=False),
        )
        response = ada.get(self.url(work, 2, "files/"))

        assert response.headers["Cache-Control"] == "no-store"
        before = {"size": 28, "text": "print('marker ada of home')\n"}
        assert response.json()["files"] == [
            {"path": "main.py", "before": before, "after": {"size": 3, "text": "new"}},
            {"path": "p.png", "before": None, "after": {"size": 4, "base64": "iVBORw=="}},
            {"path": "x.bin", "before": None, "after": {"size": 1}},
        ]
        assert ada.get(self.url(work, 2, "files/?against=now")).json() == {"files": []}

    def test_the_script_is_not_sent_more_than_it_can_use(self, ada: Client, work: Project) -> None:
        put(work, *(Change(f"{n}.txt", b"x" * 3 * 1024**2) for n in range(4)))
        sides = [file["after"] for file in ada.get(self.url(work, 2, "files/")).json()["files"]]

        assert ["text" in side for side in sides] == [True, True, False, False]


class TestRestore:
    def post(self, client: Client, project: Project, number: int, **data: str) -> Any:
        return client.post(f"/projects/{project.pk}/history/{number}/restore/", data)

    def test_leads_back_to_the_project(self, ada: Client, work: Project) -> None:
        put(work, Change("main.py", None))
        response = self.post(ada, work, 1)

        assert (response.status_code, response.headers["Location"]) == (302, f"/projects/{work.pk}/")
        assert list(files(work)) == ["main.py"]
        assert "Restored version 1" in text_of(ada, f"/projects/{work.pk}/history/")

    def test_of_one_file(self, ada: Client, work: Project) -> None:
        put(work, Change("a b.txt", b"1"), Change("main.py", b"1"))
        put(work, Change("a b.txt", b"2"), Change("main.py", b"2"))
        self.post(ada, work, 2, path="a b.txt")

        assert files(work) == {"a b.txt": b"1", "main.py": b"2"}

    @pytest.mark.parametrize("path", ["missing.py", "../x", "x" * 300, "a\0b"])
    def test_of_a_file_that_is_not_there_is_refused_in_words(self, ada: Client, work: Project, path: str) -> None:
        response = self.post(ada, work, 1, path=path)

        assert response.status_code == 400
        assert 'role="alert"' in response.content.decode()
        assert work.revisions.count() == 1

    def test_where_a_folder_has_the_name_by_now_is_refused_in_words(self, ada: Client, work: Project) -> None:
        put(work, Change("main.py", None), Change("main.py/x", b"1"))
        response = self.post(ada, work, 1, path="main.py")

        assert response.status_code == 400
        assert "There is a folder with this name already" in response.content.decode()

    def test_in_the_moment_of_a_save_asks_again(
        self, ada: Client, work: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from projects import history

        put(work, Change("main.py", b"1"))
        stale = history.read_state(work.pk)
        put(work, Change("main.py", b"2"))
        monkeypatch.setattr(history, "read_state", lambda project: stale)
        response = self.post(ada, work, 1)

        assert response.status_code == 409
        assert "Press the button once more" in response.content.decode()
        assert files(work) == {"main.py": b"2"}

    def test_a_reader_is_told_why_not(self, cast: Cast, work: Project) -> None:
        put(work, Change("main.py", b"1"))
        response = self.post(signed_in(cast.home["teacher"]), work, 1)

        assert response.status_code == 403
        assert "Only its owner can restore" in response.content.decode()
        assert files(work) == {"main.py": b"1"}

    def test_a_reader_sees_no_button_for_it(self, cast: Cast, work: Project) -> None:
        put(work, Change("main.py", b"1"))

        assert "Restore" not in text_of(signed_in(cast.home["teacher"]), f"/projects/{work.pk}/history/1/")
        assert "Restore" in text_of(signed_in(cast.home["ada"]), f"/projects/{work.pk}/history/1/")

    def test_a_tab_left_open_meets_it_as_a_conflict(self, ada: Client, work: Project) -> None:
        put(work, Change("main.py", b"1"))
        self.post(ada, work, 1)
        body = {"base": 2, "key": "key-of-the-tab", "files": [{"path": "main.py", "text": "typed"}]}
        response = ada.post(f"/projects/{work.pk}/save/", body, content_type="application/json")

        assert (response.status_code, response.json()["revision"]) == (409, 3)
