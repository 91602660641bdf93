"""Row 8 of the report: what the requests of a lesson cost the server, on SQLite and PostgreSQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from benchmarks.bench import Bench
from benchmarks.results import Row, Section, Target
from benchmarks.server.measuring import PER_CORE, SIZES
from benchmarks.server.requests_of import BARE, SAVE
from benchmarks.servers import BASE_DIR

SECONDS = 1
COMMANDS = {"SQLite": [], "PostgreSQL": ["tools/with-postgres"]}
TEXT = """
A real gunicorn with one worker of eight threads and the site's own settings; four students (for the class grid, one
teacher) who each send their next request when the last one is answered. “Requests of one core” are those that the
worker answers in a second of its own processor time; PostgreSQL's processor time comes on top, SQLite's is in it. The
grid shows six exercises, three of them handed in by everybody; a page of it that is open asks again only for changes.

The bare Django view has no middleware, session, permission or limit: it reads JSON and makes an UPDATE with a condition
on the revision and an INSERT into the history, in one transaction, by Django's ORM, on the same database.

Where the processor time of an autosave goes (cProfile, SQLite): reading session and person 15 %; finding the project
and whether it is the person's own 18 %; the save 51 %, in like parts the conditional update, the revision, what files
there are (limits, twins of names), the file, its copy in the history, begin and commit; log and counters 6 %; reading
JSON 4 %; the rest is Django's. Seven to eight parts in ten of it is the ORM writing SQL, one is the database. The bare
view has two of these eight statements. To come to 60 % of it, the statements of a save would have to be written by
hand for two databases, and session, person and permission be read in one: [what was tried](tried.md) says what pays
without that. One core takes the autosaves of a lesson of 300 (60 a second while all of them type) as it is.
"""


def measure(bench: Bench) -> Section:
    rows = [row for name in COMMANDS for row in _on(name, bench.rounds(2))]
    bench.tell(rows)
    return section_of(rows, bench.machine())


def section_of(rows: list[Row], machine: str) -> Section:
    targets = [
        Target(f"{SAVE}: {PER_CORE}", 0.6, under=f"{size} students, {name}", versus=BARE, is_least=True)
        for name in COMMANDS
        for size in SIZES
    ]
    return Section("server", 8, "What a request costs the server", TEXT, rows, targets, machine)


def _on(name: str, rounds: int) -> list[Row]:
    command = [*COMMANDS[name], sys.executable, "-m", "benchmarks.server.measuring", str(rounds), str(SECONDS)]
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    done = subprocess.run(command, cwd=BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return [Row(**row) for row in json.loads(done.stdout.splitlines()[-1])]
