"""What the requests cost: processor time of server and database, times of answers, queries.

`python -m benchmarks.server.measuring ROUNDS SECONDS` measures on the database of DATABASE_URL; its last line is all
rows as JSON.
"""

from __future__ import annotations

import json
import signal
import sys
import tempfile
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

from benchmarks.results import OURS, Row
from benchmarks.server.client import Turn, run_turn
from benchmarks.server.processes import cpu_seconds, free_port, gunicorn
from benchmarks.server.requests_of import BARE, SAVE, Action, actions_of, bare_saves
from codeplatform.tests.browser.site import Site

SIZES = (30, 300, 3000)
PER_CORE, DATABASE, ANSWER, QUERIES = "requests of one core", "database's processor time", "answer", "queries"
WORLD = "from benchmarks.server import world\nfrom benchmarks.server.client import Request\n"
BARE_SETTINGS = "benchmarks.server.bare.settings"

Rows = dict[tuple[str, str, str, str], list[float]]


def measure(rounds: int, seconds: float, sizes: tuple[int, ...] = SIZES) -> list[Row]:
    """All actions in classes of all sizes; in a class the actions take turns, `seconds` each."""
    is_postgresql = False
    found: Rows = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder))
        is_postgresql = site.environment["DATABASE_URL"].startswith("postgres")
        site.prepare()
        try:
            for size in sizes:
                under = f"{size} students, {'PostgreSQL' if is_postgresql else 'SQLite'}"
                _measure_class(site, size, under, rounds, seconds, found)
        finally:
            site.stop()
    return [Row(what, contender, values, unit, under) for (what, contender, unit, under), values in found.items()]


def _measure_class(site: Site, size: int, under: str, rounds: int, seconds: float, found: Rows) -> None:
    site.query(f"{WORLD}world.grow({size})")
    people = json.loads(site.query(f"{WORLD}print(world.people())"))
    documents = json.loads(site.query(f"{WORLD}print(world.bare_documents({len(people['students'])}))"))
    ours, bare, bare_port = actions_of(people), bare_saves(documents), free_port()
    for action in ours:
        asked = site.query(f"{WORLD}print(world.query_count({action.exchanges[0].next_request()!r}))")
        found[f"{action.name}: {QUERIES}", OURS, "", under].append(int(asked))
    bare_environment = site.environment | {"DJANGO_SETTINGS_MODULE": BARE_SETTINGS}
    with ExitStack() as servers:
        own = servers.enter_context(gunicorn("codeplatform.wsgi", site.port, site.environment, "/healthz"))
        other = servers.enter_context(
            gunicorn("benchmarks.server.bare.wsgi", bare_port, bare_environment, "/documents/0/")
        )
        places = [(action, site.port, own) for action in ours] + [(bare, bare_port, other)]
        for action, port, _ in places:
            run_turn(port, action.exchanges, seconds / 4)
        for _ in range(rounds):
            for action, port, pids in places:
                turn = _turn(site, action, port, pids, seconds)
                _note(found, action.name, under, turn)


def _turn(site: Site, action: Action, port: int, pids: list[int], seconds: float) -> Turn:
    database = json.loads(site.query(f"{WORLD}print(world.database_processes())"))
    before, database_before = cpu_seconds(pids), cpu_seconds(database)
    turn = run_turn(port, action.exchanges, seconds)
    turn.server_s = cpu_seconds(pids) - before
    turn.database_s = cpu_seconds(database) - database_before
    return turn


def _note(found: Rows, name: str, under: str, turn: Turn) -> None:
    contender = BARE if name == BARE else OURS
    name = SAVE if name == BARE else name
    count = len(turn.times)
    found[f"{name}: {PER_CORE}", contender, "a second", under].append(count / turn.server_s)
    if "PostgreSQL" in under:
        found[f"{name}: {DATABASE}", contender, "ms", under].append(1000 * turn.database_s / count)
    found[f"{name}: {ANSWER}", contender, "ms", under].extend(1000 * time for time in turn.times)


if __name__ == "__main__":
    # The servers end with this, however it ends.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))
    rows = measure(int(sys.argv[1]), float(sys.argv[2]), tuple(int(size) for size in sys.argv[3:]) or SIZES)
    for row in rows:
        values = f"{row.take('median'):.4g} {row.unit}, p95 {row.take('p95'):.4g}"
        print(f"{row.under}: {row.contender}: {row.what}: {values} ({len(row.values)})")  # noqa: T201
    print(json.dumps([asdict(row) for row in rows]))  # noqa: T201
