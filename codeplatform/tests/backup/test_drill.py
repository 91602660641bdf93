"""The drill: a school after a term is backed up and stands up again in an empty database."""

from __future__ import annotations

import io
import json
import resource
import signal
import stat
import subprocess
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from codeplatform.backup import archive
from codeplatform.backup.folder import held, stored_in, sums_of
from codeplatform.backup.making import engine
from codeplatform.data_duties.deletion import delete_person
from codeplatform.testing import PASSWORD
from codeplatform.tests.backup.a_term import BINARY, ODD_PATH, ODD_TEXT
from projects.models import Project
from projects.saving import create_project
from schools.audit import record
from schools.audit_events import What

# A migration on which no other app builds comes after it.
BEFORE = "0010_audit_of_published_marks"
Site = Callable[[str], object]


def run(command: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def made_in(folder: Path) -> Path:
    (backup,) = stored_in(folder)
    return backup.path


def age_key(folder: Path, name: str) -> tuple[Path, str]:
    key = folder / name
    subprocess.run(["age-keygen", "--output", key], check=True, capture_output=True)
    public = subprocess.run(["age-keygen", "-y", key], check=True, capture_output=True, text=True).stdout.strip()
    return key, public


class TestDrill:
    def test_a_school_stands_up_again(self, site: Site, term: str, empty: str, backups: Path) -> None:
        site(term)
        before = engine().tables()
        said = run("backup")
        path = made_in(backups)
        assert "not encrypted" in said
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(backups.stat().st_mode) == 0o700
        assert run("backup", "--check", str(path)).startswith("Good")

        site(empty)
        said = run("restore", str(path))

        assert "all counts and checksums as they were" in said
        after = engine().tables()
        assert after.pop("django_session").rows == 0
        before.pop("django_session")
        assert after == before
        assert after["accounts_user"].rows == 302
        assert after["projects_file"].rows == 900
        self.sign_in_and_look_at_a_project()
        self.keeps_its_rules()

    def sign_in_and_look_at_a_project(self) -> None:
        client = Client()
        client.post(reverse("accounts:sign-in"), {"username": "student-7@hill", "password": PASSWORD})
        project = Project.objects.get(owner__username="student-7@hill", is_exercise=False)
        page = client.get(f"/projects/{project.pk}/")
        assert page.status_code == 200
        assert "marker of student-7@hill" in page.content.decode()
        files = {file.path: bytes(file.content) for file in project.files.all()}
        assert files["data.bin"] == BINARY
        assert files[ODD_PATH] == ODD_TEXT

    def keeps_its_rules(self) -> None:
        """Constraints, triggers and sequences have come back with the rows."""
        with connection.cursor() as cursor, pytest.raises(Exception, match="only added to"):
            cursor.execute("UPDATE schools_auditevent SET what = 'x'")
        call_command("migrate", "--check", verbosity=0)
        call_command("makemigrations", "--check", "--dry-run", verbosity=0)
        record(What.SIGNED_IN)


class TestEncrypted:
    @pytest.fixture
    def identity(self, tmp_path: Path, settings: Settings) -> Path:
        key, public = age_key(tmp_path, "identity")
        second = tmp_path / "second.txt"
        second.write_text(f"# kept in the safe\n{age_key(tmp_path, 'second')[1]}\n")
        settings.BACKUP_RECIPIENTS = [public, str(second)]
        return key

    @pytest.fixture
    def encrypted(self, site: Site, term: str, backups: Path, identity: Path) -> Path:
        site(term)
        run("backup")
        return made_in(backups)

    def test_either_key_reads_it_and_no_other(self, encrypted: Path, tmp_path: Path, identity: Path) -> None:
        stranger, _ = age_key(tmp_path, "stranger")

        assert run("backup", "--check", str(encrypted)).startswith("Unharmed")
        for key in (identity, tmp_path / "second"):
            assert run("backup", "--check", str(encrypted), "--identity", str(key)).startswith("Good")
        with pytest.raises(CommandError, match="cannot be decrypted: the key is wrong"):
            run("backup", "--check", str(encrypted), "--identity", str(stranger))

    def test_nothing_of_it_can_be_read_on_the_disk(self, encrypted: Path, backups: Path) -> None:
        everything = b"".join(path.read_bytes() for path in backups.iterdir())
        assert encrypted.name.endswith(".tar.age")
        assert not [
            word for word in (b"hill", b"PGDMP", b"manifest", b"accounts_user", b"SQLite") if word in everything
        ]

    def test_it_restores(self, site: Site, encrypted: Path, empty: str, identity: Path) -> None:
        site(empty)
        with pytest.raises(CommandError, match="--identity KEYFILE"):
            run("restore", str(encrypted))
        assert "as they were" in run("restore", str(encrypted), "--identity", str(identity))
        assert User.objects.count() == 302

    @pytest.mark.parametrize("place", [0.02, 0.5, 0.99])
    @pytest.mark.parametrize("harm", ["flipped", "cut off"])
    def test_harm_is_found_and_nothing_is_restored(
        self, site: Site, encrypted: Path, empty: str, identity: Path, place: float, harm: str
    ) -> None:
        harm_file(encrypted, place, harm)
        site(empty)
        with pytest.raises(CommandError, match="damaged"):
            run("restore", str(encrypted), "--identity", str(identity))
        sums_of(encrypted).unlink()
        with pytest.raises(CommandError, match="cannot be decrypted: the key is wrong or the file damaged"):
            run("restore", str(encrypted), "--identity", str(identity))
        assert connection.introspection.table_names() == []

    def test_gpg_does_as_well(
        self, site: Site, term: str, empty: str, backups: Path, tmp_path: Path, settings: Settings
    ) -> None:
        keys = {name: gpg_key(tmp_path, name) for name in ("school", "stranger")}
        settings.BACKUP_RECIPIENTS = [str(keys["school"][1])]
        site(term)
        run("backup")
        path = made_in(backups)
        assert path.name.endswith(".tar.gpg")

        site(empty)
        with pytest.raises(CommandError, match="cannot be decrypted"):
            run("restore", str(path), "--identity", str(keys["stranger"][0]))
        assert "as they were" in run("restore", str(path), "--identity", str(keys["school"][0]))

        harm_file(path, 0.5, "flipped")
        sums_of(path).unlink()
        with pytest.raises(CommandError, match="cannot be decrypted"):
            run("backup", "--check", str(path), "--identity", str(keys["school"][0]))

    @pytest.mark.parametrize("recipients", [["age1nonsense"], ["/nowhere/key"]])
    def test_a_key_that_is_none_leaves_no_backup(
        self, site: Site, term: str, backups: Path, settings: Settings, recipients: list[str]
    ) -> None:
        settings.BACKUP_RECIPIENTS = recipients
        site(term)
        with pytest.raises(CommandError, match="age"):
            run("backup")
        assert not list(backups.glob("*codeplatform*"))


class TestHarm:
    @pytest.fixture
    def path(self, site: Site, term: str, backups: Path) -> Path:
        site(term)
        run("backup")
        return made_in(backups)

    @pytest.mark.parametrize("harm", ["flipped", "cut off"])
    def test_a_plain_one_is_refused_before_anything_is_touched(
        self, site: Site, path: Path, empty: str, harm: str
    ) -> None:
        whole = path.read_bytes()
        sums_of(path).unlink()
        site(empty)
        for place in (0.01, 0.3, 0.7, 0.95):
            path.write_bytes(whole)
            harm_file(path, place, harm)
            with pytest.raises(CommandError, match=r"damaged|no backup"):
                run("restore", str(path))
        path.write_bytes(b"")
        with pytest.raises(CommandError, match="no backup"):
            run("restore", str(path))
        with pytest.raises(CommandError, match="There is no file"):
            run("restore", str(path.with_name("other.tar")))
        assert connection.introspection.table_names() == []

    def test_a_stream_that_does_not_fit_changes_nothing(self, site: Site, path: Path, copy: str) -> None:
        """The checksums are right, and the dump inside is no dump: someone packed it by hand."""
        rewrite(path, lambda name, content: b"nonsense" * 9000 if name.startswith("database.") else content)
        site(copy)
        with pytest.raises(CommandError, match=r"pg_restore failed|no SQLite database"):
            run("restore", str(path), "--replace-existing-data")
        assert User.objects.count() == 302

    def test_rows_that_are_not_as_the_manifest_says_are_told(self, site: Site, path: Path, empty: str) -> None:
        rewrite(path, lambda name, content: content.replace(b'"rows": 302', b'"rows": 303'))
        site(empty)
        with pytest.raises(CommandError, match="not as it was.*accounts_user: 303 rows.*302 rows"):
            run("restore", str(path))


class TestWhatItGoesInto:
    @pytest.fixture
    def path(self, site: Site, term: str, backups: Path) -> Path:
        site(term)
        run("backup")
        return made_in(backups)

    def test_a_database_that_holds_data_is_left_alone(self, site: Site, path: Path, copy: str) -> None:
        site(copy)
        User.objects.filter(username="student-1@hill").update(display_name="Changed since")
        with pytest.raises(CommandError, match="not empty"):
            run("restore", str(path))
        assert User.objects.get(username="student-1@hill").display_name == "Changed since"

        run("restore", str(path), "--replace-existing-data")
        assert User.objects.get(username="student-1@hill").display_name == "Zoë student-1 🐍"

    def test_one_that_was_only_migrated_is_empty(self, migrated: str, site: Site, path: Path) -> None:
        site(migrated)
        assert "as they were" in run("restore", str(path))

    def test_an_older_release_is_migrated(self, site: Site, copy: str, empty: str, backups: Path) -> None:
        site(copy)
        call_command("migrate", "schools", BEFORE, verbosity=0)
        run("backup")
        site(empty)
        said = run("restore", str(made_in(backups)))
        assert "older release" in said
        call_command("migrate", "--check", verbosity=0)

    def test_a_newer_release_is_refused(self, site: Site, path: Path, empty: str) -> None:
        rewrite(path, lambda name, content: content.replace(b'"0001_initial"', b'"0001_initial", "0999_later"', 1))
        site(empty)
        with pytest.raises(CommandError, match="newer release.*0999_later"):
            run("restore", str(path))

    def test_another_kind_of_database_is_refused(self, site: Site, path: Path, empty: str) -> None:
        rewrite(path, lambda name, content: content.replace(b'"engine": "', b'"engine": "other-'))
        site(empty)
        with pytest.raises(CommandError, match="is of a other-"):
            run("restore", str(path))


class TestPeopleDeletedSince:
    def test_they_are_deleted_again(self, site: Site, copy: str, empty: str, backups: Path) -> None:
        """By the list that a later backup left, and by the trail of the database that is replaced."""
        site(copy)
        run("backup")
        old = made_in(backups)
        delete_person(User.objects.get(username="student-1@hill"))
        with time_machine.travel(timezone.now() + timedelta(hours=1)):
            run("backup")
        delete_person(User.objects.get(username="student-2@hill"))

        said = run("restore", str(old), "--replace-existing-data")
        assert "Deleted again, as after the backup: 2" in said
        assert not User.objects.filter(username__in=["student-1@hill", "student-2@hill"]).exists()

        site(empty)
        assert "Deleted again, as after the backup: 1" in run("restore", str(old))
        assert not User.objects.filter(username="student-1@hill").exists()

        said = run("restore", str(old), "--replace-existing-data", "--bring-back-deleted")
        assert "Deleted again" not in said
        assert User.objects.filter(username__in=["student-1@hill", "student-2@hill"]).count() == 2


class TestMaking:
    def test_it_holds_one_moment_while_others_write(self, site: Site, copy: str, empty: str, backups: Path) -> None:
        site(copy)
        has_begun, is_over = threading.Event(), threading.Event()

        def write() -> None:
            """A project and its file at once, again and again for as long as the backup runs."""
            owner = User.objects.get(username="student-1@hill")
            while not is_over.is_set():
                create_project(owner, "Meanwhile", starter="x = 1\n")
                has_begun.set()
            connection.close()

        writer = threading.Thread(target=write)
        writer.start()
        try:
            assert has_begun.wait(30)
            run("backup")
        finally:
            is_over.set()
            writer.join()
        written = Project.objects.filter(name="Meanwhile").count()

        site(empty)
        assert "as they were" in run("restore", str(made_in(backups)))
        meanwhile = Project.objects.filter(name="Meanwhile")
        assert 1 <= meanwhile.count() <= written
        assert meanwhile.filter(files__isnull=True).count() == 0
        assert all(project.revision == project.revisions.count() for project in meanwhile)

    def test_what_is_in_it_is_read_by_ordinary_tools(
        self, site: Site, term: str, backups: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("ALLOWED_HOSTS", "code.school.example")
        monkeypatch.setenv("SECRET_KEY", "not-to-be-found")
        monkeypatch.setenv("EMAIL_URL", "smtp://somebody:hunter2@mail.example")
        site(term)
        run("backup")
        path = made_in(backups)
        subprocess.run(["sha256sum", "--check", "--strict", sums_of(path).name], cwd=backups, check=True)
        subprocess.run(["tar", "--extract", "--file", path], cwd=tmp_path, check=True)
        subprocess.run(["sha256sum", "--check", "--strict", archive.SUMS], cwd=tmp_path, check=True)
        manifest = json.loads((tmp_path / archive.MANIFEST).read_text())
        assert manifest["tables"]["accounts_user"]["rows"] == 302
        assert "ALLOWED_HOSTS=code.school.example" in (tmp_path / archive.SETTINGS).read_text()
        small = (tmp_path / archive.SETTINGS).read_text() + (tmp_path / archive.MANIFEST).read_text()
        assert "hunter2" not in small
        assert "not-to-be-found" not in small

    def test_too_little_room_is_said_before(
        self, site: Site, term: str, backups: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        site(term)
        monkeypatch.setattr("shutil.disk_usage", lambda folder: SimpleNamespace(free=100_000))
        with pytest.raises(CommandError, match="too little room"):
            run("backup")
        assert not list(backups.glob("codeplatform*"))

    def test_a_full_disk_leaves_nothing(self, site: Site, term: str, backups: Path) -> None:
        site(term)
        run("backup")
        before = sorted(path.name for path in backups.iterdir())
        later = timezone.now() + timedelta(hours=1)
        with time_machine.travel(later), files_end_at(50_000), pytest.raises(CommandError, match="cannot be written"):
            run("backup")
        assert sorted(path.name for path in backups.iterdir()) == before

    def test_two_at_once_do_not_get_in_each_others_way(self, site: Site, term: str, backups: Path) -> None:
        site(term)
        with held(backups), pytest.raises(CommandError, match="Another backup"):
            run("backup")
        (backups / ".codeplatform-20260101T000000Z.tar.partial").write_bytes(b"of one that was killed")
        run("backup")
        assert not list(backups.glob("*.partial"))

    def test_those_over_their_term_go(self, site: Site, term: str, backups: Path) -> None:
        site(term)
        run("backup")
        old = backups / "codeplatform-20200101T000000Z.tar.age"
        for path in (old, sums_of(old), backups / "notes.txt"):
            path.write_bytes(b"x")
        with time_machine.travel(timezone.now() + timedelta(hours=1)):
            assert "Deleted 1 older" in run("backup")
        assert not old.exists() and not sums_of(old).exists()
        assert (backups / "notes.txt").exists()
        assert len(stored_in(backups)) == 2


def harm_file(path: Path, place: float, harm: str) -> None:
    content = bytearray(path.read_bytes())
    at = int(len(content) * place)
    content[at] ^= 0x01
    path.write_bytes(content if harm == "flipped" else content[:at])


def rewrite(path: Path, change: Callable[[str, bytes], bytes]) -> None:
    """The backup with other contents and checksums that fit them."""
    with tarfile.open(path) as tar:
        files = [(entry.name, tar.extractfile(entry).read()) for entry in tar]  # type: ignore[union-attr]
    with path.open("wb") as file, archive.writing(file, 0) as writer:
        for name, content in files:
            if name != archive.SUMS:
                writer.add(name, change(name, content))
    sums_of(path).unlink()


def gpg_key(folder: Path, name: str) -> tuple[Path, Path]:
    """A new key without a pass-phrase: the file with the private and the one with the public half."""
    private, public = folder / f"{name}.private", folder / f"{name}.asc"
    with TemporaryDirectory() as home:
        gpg = ["gpg", "--homedir", home, "--batch", "--quiet", "--no-tty"]
        subprocess.run([*gpg, "--passphrase", "", "--quick-generate-key", name, "future-default"], check=True)
        subprocess.run([*gpg, "--armor", "--output", public, "--export"], check=True)
        subprocess.run([*gpg, "--passphrase", "", "--output", private, "--export-secret-keys"], check=True)
        subprocess.run(["gpgconf", "--homedir", home, "--kill", "all"], check=True)
    return private, public


@contextmanager
def files_end_at(size: int) -> Iterator[None]:
    """No file of this process or its children grows larger, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
