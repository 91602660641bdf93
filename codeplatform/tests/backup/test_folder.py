"""Which backups are kept, and what is said when a program is missing or too old."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from codeplatform.backup.folder import Stored, name_for, over_their_term, stored_in
from codeplatform.backup.postgres import Postgres
from codeplatform.backup.refusal import Refused

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


def nightly(nights: int, *, until: datetime = NOW) -> list[Stored]:
    moments = (until - timedelta(days=night) for night in range(nights))
    return sorted((Stored(moment, Path(f"{moment:%Y%m%d}")) for moment in moments), key=lambda backup: backup.made_at)


def ages(backups: list[Stored]) -> list[int]:
    return sorted((NOW - backup.made_at).days for backup in backups)


class TestTerms:
    def test_after_a_year_of_nights_14_days_and_then_weeks_are_left(self) -> None:
        backups: list[Stored] = []
        for night in range(365):
            now = NOW - timedelta(days=364 - night)
            backups.append(Stored(now, Path(str(night))))
            backups = [backup for backup in backups if backup not in over_their_term(backups, now, 35)]
        # It is a Monday: 14 days ago begins a week, of which it is the last so far; then come Sundays.
        assert ages(backups) == [*range(14), 14, 15, 22, 29]

    @pytest.mark.parametrize("keep_days", [1, 14, 35])
    def test_none_is_kept_longer_than_the_setting_says(self, keep_days: int) -> None:
        backups = nightly(60)
        gone = over_their_term(backups, NOW, keep_days)
        assert ages([backup for backup in backups if backup not in gone])[-1] < keep_days

    def test_several_of_a_day_are_kept_for_two_days_and_then_the_last(self) -> None:
        hourly = [Stored(NOW - timedelta(hours=hour), Path(str(hour))) for hour in reversed(range(96))]
        kept = [backup for backup in hourly if backup not in over_their_term(hourly, NOW, 35)]
        assert len([backup for backup in kept if NOW - backup.made_at < timedelta(days=2)]) == 48
        assert [f"{backup.made_at:%d %H}" for backup in kept[:3]] == ["19 23", "20 23", "21 02"]

    def test_the_newest_stays_whatever_its_age(self) -> None:
        old = nightly(3, until=NOW - timedelta(days=400))
        assert over_their_term(old, NOW, 35) == old[:-1]


def test_other_files_are_no_backups(tmp_path: Path) -> None:
    for name in ("notes.tar", "codeplatform-20261123T023000Z.tar.sha256", ".codeplatform-20261123T023000Z.tar.partial"):
        (tmp_path / name).touch()
    ours = tmp_path / name_for(NOW, ".age")
    ours.touch()
    assert stored_in(tmp_path) == [Stored(NOW, ours)]


class TestClientTools:
    @pytest.fixture(autouse=True)
    def _newer_server(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(Postgres, "_major", lambda self: 99)
        monkeypatch.setenv("PATH", str(tmp_path))

    def test_a_missing_one_is_named_with_its_package(self) -> None:
        with pytest.raises(Refused, match="pg_dump is not installed: apt-get install postgresql-client-99"):
            Postgres()._program("pg_dump")

    def test_one_that_is_older_than_the_server_is_refused(self, tmp_path: Path) -> None:
        old = tmp_path / "pg_dump"
        old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)'\n")
        old.chmod(0o755)
        with pytest.raises(Refused, match="pg_dump is 15, the server is PostgreSQL 99"):
            Postgres()._program("pg_dump")
