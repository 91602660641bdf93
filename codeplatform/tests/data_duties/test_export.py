"""The export of one person: complete, only theirs, and readable without this site."""

from __future__ import annotations

import io
import json
import re
import stat
import zipfile
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import User
from codeplatform.data_duties.data_map import Export, data_map
from codeplatform.data_duties.export import Exported
from codeplatform.data_duties.rows import ROWS
from codeplatform.data_duties.zip_stream import zip_of
from codeplatform.testing import Cast, signed_in
from codeplatform.tests.data_duties.planting import plant
from projects.models import File, RevisionFile
from projects.saving import create_project
from schools.audit import record
from schools.audit_events import AuditEvent, What

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PLAIN_NAME = re.compile(r'[^\\:*?"<>|\x00-\x1f]+')


def archive_of(person: User) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(zip_of(Exported(person, NOW).entries()))))


def everything_in(archive: zipfile.ZipFile) -> str:
    contents = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return "\n".join([*archive.namelist(), *contents])


def rows_by_model(archive: zipfile.ZipFile) -> dict[str, list[dict[str, Any]]]:
    """The rows of the JSON files, model by model, as the data map names them."""
    found = json.loads(archive.read("ada/data.json"))
    found.pop("exported_at")
    names = [name for name in archive.namelist() if name.endswith("/project.json")]
    projects = [json.loads(archive.read(name)) for name in names]
    files = [file for project in projects for file in project.pop("files")]
    versions = [version for project in projects for version in project.pop("versions")]
    changes = [change for version in versions for change in version.pop("files")]
    return found | {
        "projects.Project": projects,
        "projects.File": files,
        "projects.Revision": versions,
        "projects.RevisionFile": changes,
    }


@pytest.fixture
def ada(cast: Cast) -> User:
    for name in ("ada", "ben"):
        plant(cast.home[name], cast.home["head"])
    return cast.home["ada"]


class TestComplete:
    def test_every_marker_of_hers_is_in_it(self, cast: Cast) -> None:
        planted = plant(cast.home["ada"], cast.home["head"])
        everything = everything_in(archive_of(cast.home["ada"]))

        assert [kind for kind, marker in planted.markers.items() if marker not in everything] == []

    def test_every_row_of_hers_with_every_field_that_the_map_lets_out(self, ada: User) -> None:
        rows = rows_by_model(archive_of(ada))
        exported = {name: model for name, model in data_map().items() if model.is_personal and model.is_exported}
        assert set(rows) == set(exported)
        for name, model in exported.items():
            mine = ROWS[name](User.objects.filter(pk=ada.pk))
            assert len(rows[name]) == mine.count() > 0, name
            let_out = {field.name for field in model.fields.values() if field.export != Export.NO}
            assert {frozenset(row) for row in rows[name]} == {frozenset(let_out)}, name

    def test_every_file_is_in_it_as_it_is_and_as_it_was(self, ada: User) -> None:
        archive = archive_of(ada)
        contents = {archive.read(name) for name in archive.namelist()}
        for model, path in ((File, "project__owner"), (RevisionFile, "revision__project__owner")):
            kept = [bytes(row.content) for row in model.objects.filter(**{path: ada}) if row.content is not None]
            assert kept
            assert [content for content in kept if content not in contents] == []

    def test_the_json_says_where_each_file_is(self, ada: User) -> None:
        archive = archive_of(ada)
        for name in (name for name in archive.namelist() if name.endswith("/project.json")):
            folder = name.removesuffix("project.json")
            for file in json.loads(archive.read(name))["files"]:
                assert len(archive.read(folder + file["content"])) == file["size"]


class TestOnlyTheirs:
    def test_no_marker_of_a_classmate(self, cast: Cast, ada: User) -> None:
        archive = archive_of(ada)
        everything = everything_in(archive)
        others = User.objects.exclude(pk=ada.pk).values_list("pk", "username")

        assert [marker for marker in markers_of(cast.home["ben"]) if marker in everything] == []
        assert [name for pk, name in others if str(pk) in everything] == []
        assert [name for _, name in others if "@" in name and name in everything] == []

    def test_others_are_what_they_are(self, cast: Cast, ada: User) -> None:
        teacher = cast.home["teacher"]
        record(What.WORK_SEEN, actor=teacher, about=ada, details={"project": "x"})
        record(What.PASSWORD_RESET, actor=cast.home["head"], about=ada)
        events = {row["what"]: row for row in rows_by_model(archive_of(ada))["schools.AuditEvent"]}
        seen, reset = events["Looked at a student's work"], events["Password reset"]

        assert (seen["actor"], seen["about"]) == ("a teacher", "you")
        assert (reset["actor"], reset["address"]) == ("a school admin", None)

    def test_what_she_did_to_others_says_nothing_of_them(self, cast: Cast) -> None:
        teacher = cast.home["teacher"]
        event = record(What.WORK_SEEN, actor=teacher, about=cast.home["ada"], details={"project": "secret"})
        content = json.loads(archive_of(teacher).read("teacher/data.json"))["schools.AuditEvent"]

        assert len(content) == 1
        assert (content[0]["actor"], content[0]["about"], content[0]["details"]) == ("you", "another student", None)
        assert event.details == {"project": "secret"}

    def test_the_address_of_whoever_else_acted_stays_out(self, cast: Cast) -> None:
        ada, client = cast.home["ada"], signed_in(cast.home["head"], REMOTE_ADDR="203.0.113.200")
        client.post(f"/account/export/{ada.pk}/")
        assert AuditEvent.objects.get(what=What.EXPORTED).address == "203.0.113.200"

        assert "203.0.113.200" not in everything_in(archive_of(ada))


def markers_of(person: User) -> list[str]:
    """The markers that plant() gave this person."""
    word = person.short_name
    return [f"-of-{word}-", f"mail.of.{word}", "203.0.113.88", f"marker {word}", person.username]


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]


class TestReadable:
    def test_every_link_leads_to_a_file_in_it_and_nothing_runs(self, ada: User) -> None:
        create_project(ada, "../<script>alert(1)</script> 100% #1?")
        archive = archive_of(ada)
        names = set(archive.namelist())
        pages = [name for name in names if name.endswith("index.html")]
        assert len(pages) == 1 + ada.projects.count()
        for page in pages:
            parser = Links()
            parser.feed(archive.read(page).decode())
            assert not {"script", "iframe", "form", "img"} & parser.tags
            assert len(parser.links) > 2
            for link in parser.links:
                where = page.split("/")[:-1]
                for part in unquote(link).split("/"):
                    where = where[:-1] if part == ".." else [*where, part]
                assert "/".join(where) in names, link

    def test_names_that_every_system_takes(self, ada: User) -> None:
        for name in ("CON", "a" * 100, "x. . .", 'what? "now"', "Hello", "hello", "\u202eevil", "…/…"):
            create_project(ada, name)
        names = archive_of(ada).namelist()

        assert len({name.casefold() for name in names}) == len(names)
        for part in {part for name in names for part in name.split("/")}:
            assert PLAIN_NAME.fullmatch(part), part
            assert part == part.strip(" ").rstrip("."), part
        assert {name.split("/")[0] for name in names} == {"ada"}

    def test_the_same_data_makes_the_same_zip(self, ada: User) -> None:
        first, second = (b"".join(zip_of(Exported(ada, NOW).entries())) for _ in range(2))

        assert first == second


class TestCommand:
    def run(self, name: str, out: Path | str) -> str:
        said = io.StringIO()
        call_command("export_person", name, str(out), stdout=said)
        return said.getvalue()

    def test_writes_a_zip_for_its_owner_alone_and_counts(self, ada: User, tmp_path: Path) -> None:
        said = self.run("ada@home", tmp_path / "ada.zip")

        assert re.match(r"Exported ada@home to .*ada.zip, \d+ files in all:\n", said)
        assert "4  projects" in said
        assert stat.S_IMODE((tmp_path / "ada.zip").stat().st_mode) == 0o600
        assert zipfile.ZipFile(tmp_path / "ada.zip").testzip() is None
        assert AuditEvent.objects.filter(what=What.EXPORTED, about=ada.pk).count() == 1

    def test_leaves_nothing_half_written(self, ada: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("codeplatform.data_duties.export._json", lambda content: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            self.run("ada@home", tmp_path / "ada.zip")

        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(
        ("out", "sentence"),
        [("there.zip", "already; choose another"), ("no/folder.zip", "No such file or directory"), ("a\0b", "already")],
    )
    def test_what_cannot_be_written_is_a_sentence(self, ada: User, tmp_path: Path, out: str, sentence: str) -> None:
        (tmp_path / "there.zip").touch()
        with pytest.raises(CommandError, match=sentence):
            self.run("ada@home", f"{tmp_path}/{out}")


class TestPage:
    def test_people_take_their_own_data(self, ada: User) -> None:
        client = signed_in(ada)
        page = client.get("/account/export/").content.decode()
        response = client.post("/account/export/")
        archive = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))

        assert "<h1>Download my data</h1>" in page
        assert response.headers["Content-Disposition"] == 'attachment; filename="ada.zip"'
        assert {"ada/index.html", "ada/data.json"} < set(archive.namelist())
        event = AuditEvent.objects.get(what=What.EXPORTED)
        assert (event.actor, event.about) == (ada.pk, ada.pk)

    def test_a_school_admin_takes_a_students(self, cast: Cast, ada: User) -> None:
        client = signed_in(cast.home["head"])

        assert "data of display-of-ada-Zoë" in client.get(f"/account/export/{ada.pk}/").content.decode()
        assert client.post(f"/account/export/{ada.pk}/").status_code == 200

    def test_the_page_of_the_account_leads_there(self, ada: User) -> None:
        assert 'href="/account/export/"' in signed_in(ada).get("/password/").content.decode()

    def test_looking_at_the_page_is_no_export(self, ada: User) -> None:
        signed_in(ada).get("/account/export/")

        assert not AuditEvent.objects.filter(what=What.EXPORTED).exists()


def test_an_export_made_now_says_when(ada: User) -> None:
    now = timezone.now()
    pieces = b"".join(zip_of(Exported(ada, now).entries()))
    data = json.loads(zipfile.ZipFile(io.BytesIO(pieces)).read("ada/data.json"))

    assert datetime.fromisoformat(data["exported_at"]) == now
