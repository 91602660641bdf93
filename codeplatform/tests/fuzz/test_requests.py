"""Requests that nobody's browser sends, to every row of the site's tables: none is a 500 (promises 27 and 29).

Among the tests are a few hundred, always the same. `make fuzz` sends 20,000 (docs/security/fuzz.md).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, seed, settings

from codeplatform.tests.fuzz.cases import ROWS, Case, cases
from codeplatform.tests.fuzz.sending import Sender
from codeplatform.tests.whole_site.world import World, build

pytestmark = pytest.mark.heavy

# How many requests `make fuzz` wants; 0: the few that are sent each time.
WANTED = int(os.environ.get("FUZZ_REQUESTS", "0"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))
ASKED = ROWS if WANTED else ROWS[::3]
PER_ROW = -(-WANTED // len(ROWS)) or 3
NOT_READY = {"readyz": 503}  # without a built runtime


@pytest.fixture
def world(db: None) -> World:
    return build()


def test_no_request_is_a_500(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    sender, tally = Sender(world), Counter[int]()

    def ask(case: Case) -> None:
        status = sender.send(case).status
        tally[status] += 1
        assert status < 500 or NOT_READY.get(case.row) == status

    for number, row in enumerate(ASKED):
        _often(ask, row, SEED * len(ROWS) + number)()

    assert tally.total() >= (WANTED or len(ASKED))
    if WANTED:
        with capsys.disabled():
            print(f"\n{tally.total()} requests to {len(ASKED)} rows:", dict(sorted(tally.items())))  # noqa: T201


def _often(ask: Callable[[Case], None], row: str, draw: int) -> Callable[[], None]:
    wanted = settings(max_examples=PER_ROW, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    asked: Callable[[], None] = seed(draw)(wanted(given(cases(row))(ask)))
    return asked
