"""Times on pages are those of the reader's school."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from codeplatform.testing import Cast, signed_in
from schools.models import School


@pytest.mark.parametrize(("zone", "shown"), [("Asia/Tokyo", "2 Mar 2026, 3:30 a.m."), ("UTC", "1 Mar 2026, 6:30 p.m.")])
def test_times_are_the_schools(cast: Cast, zone: str, shown: str) -> None:
    School.objects.filter(pk=cast.home.school.pk).update(time_zone=zone)
    cast.home["ada"].last_seen_at = datetime(2026, 3, 1, 18, 30, tzinfo=UTC)
    cast.home["ada"].save(update_fields=["last_seen_at"])

    assert shown in signed_in(cast.home["head"]).get("/admin/accounts/user/").content.decode()


def test_nobody_gets_the_time_of_whoever_asked_before(cast: Cast) -> None:
    School.objects.filter(pk=cast.home.school.pk).update(time_zone="Asia/Tokyo")
    seen = datetime(2026, 3, 1, 18, 30, tzinfo=UTC)
    cast.away["ada"].last_seen_at = seen
    cast.away["ada"].save(update_fields=["last_seen_at"])
    signed_in(cast.home["head"]).get("/classes/")

    assert "1 Mar 2026, 6:30 p.m." in signed_in(cast.away["head"]).get("/admin/accounts/user/").content.decode()
