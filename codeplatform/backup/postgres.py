"""PostgreSQL: pg_dump within a snapshot that our own transaction exports, so that both see the same moment."""

from __future__ import annotations

import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from codeplatform.backup.programs import Running, find_program, running
from codeplatform.backup.refusal import Refused
from codeplatform.backup.snapshots import Snapshot, by_app
from codeplatform.backup.tables import Tables, of_postgres

_DEBIAN = Path("/usr/lib/postgresql")
# A site that was not stopped holds locks, and would hold us up for ever.
_PATIENCE = "SET statement_timeout = 0; SET lock_timeout = '10s'"
_APPLIED = "SELECT app, name FROM django_migrations"
# All that the site's schema holds, but for what belongs to an extension.
_OBJECTS = """
    SELECT format('DROP TABLE IF EXISTS %I CASCADE', tablename) FROM pg_tables WHERE schemaname = current_schema()
    UNION ALL
    SELECT format('DROP FUNCTION IF EXISTS %s CASCADE', p.oid::regprocedure) FROM pg_proc p
    WHERE pronamespace = current_schema()::regnamespace
      AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = p.oid AND deptype = 'e')
"""


class Postgres:
    name = "postgresql"

    def version(self) -> str:
        return str(self._major())

    def size(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return int(cursor.fetchone()[0])

    @contextmanager
    def taking(self) -> Iterator[Snapshot]:
        dump = self._program("pg_dump")
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_export_snapshot()")
            options = [f"--snapshot={cursor.fetchone()[0]}", "--format=custom", "--no-owner", "--no-privileges"]
            tables = of_postgres(cursor)
            cursor.execute(_APPLIED)
            applied = by_app(cursor.fetchall())
            command = [dump, *options, f"--dbname={_address()}"]
            with running(command, stdout=subprocess.PIPE, environment=_password()) as dumping:
                yield Snapshot(tables, applied, dumping.stdout)
                _must_end_well(dumping, "pg_dump")

    def tables(self) -> Tables:
        with transaction.atomic(), connection.cursor() as cursor:
            return of_postgres(cursor)

    @contextmanager
    def replacing(self) -> Iterator[Callable[[bytes], object]]:
        restore, psql = self._program("pg_restore"), self._program("psql")
        with connection.cursor() as cursor:
            cursor.execute(_OBJECTS)
            drops = "; ".join(statement for (statement,) in cursor.fetchall())
        connection.close()
        # One transaction takes away what is there and puts in what was; it is committed when psql's input ends.
        in_one = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1"]
        before = f"{_PATIENCE}; SET client_min_messages = warning; {drops}"
        sql = [psql, *in_one, f"--dbname={_address()}", f"--command={before}", "--file=-"]
        text = [restore, "--no-owner", "--no-privileges", "--exit-on-error", "--file=-"]
        with (
            running(sql, stdin=subprocess.PIPE, environment=_password()) as loading,
            running(text, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as reading,
        ):
            passing = _Passing(reading.stdout, loading.stdin)
            try:
                yield reading.stdin.write
                reading.stdin.close()
            except BrokenPipeError:
                pass  # One of the two is gone, and says below why.
            except BaseException:
                loading.process.kill()
                reading.process.kill()
                raise
            finally:
                passing.join()
            if passing.is_refused:
                raise Refused(f"The database was left as it is: psql failed: {loading.last_words()}.")
            if reading.failed():
                loading.process.kill()
                raise Refused(f"The database was left as it is: pg_restore failed: {reading.complaint()}.")
            loading.stdin.close()
            _must_end_well(loading, "The database was left as it is: psql")
        with connection.cursor() as cursor:
            # Statistics are in no dump; the first pages would be slow without.
            cursor.execute("ANALYZE")

    def _major(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            return int(cursor.fetchone()[0]) // 10_000

    def _program(self, name: str) -> str:
        """That of the server's own version where Debian has it, else the one in the path, unless it is older."""
        major = self._major()
        own = _DEBIAN / str(major) / "bin" / name
        if own.is_file():
            return str(own)
        package = f"postgresql-client-{major}"
        path = find_program(name, package)
        answer = subprocess.run([path, "--version"], capture_output=True, text=True).stdout  # noqa: S603
        found = re.search(r"(\d+)", answer.partition(")")[2] or answer)
        if not found or int(found[1]) < major:
            said = found[1] if found else "of an unknown version"
            raise Refused(f"{name} is {said}, the server is PostgreSQL {major}: apt-get install {package}.")
        return path


def _address() -> str:
    """Where the database is, without the password: others on the host can read the words of a command."""
    settings = connection.settings_dict
    known = {"host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"], "dbname": settings["NAME"]}
    options = {key: value for key, value in settings.get("OPTIONS", {}).items() if isinstance(value, str | int)}
    return make_conninfo("", **{key: value for key, value in {**options, **known}.items() if value})


def _password() -> dict[str, str]:
    password = connection.settings_dict["PASSWORD"]
    return {"PGPASSWORD": password} if password else {}


class _Passing(threading.Thread):
    """Hands on what one program writes to another one; `is_refused` when that one took no more."""

    def __init__(self, source: IO[bytes], target: IO[bytes]) -> None:
        super().__init__()
        self.is_refused = False
        self._source, self._target = source, target
        self.start()

    def run(self) -> None:
        try:
            while piece := self._source.read(1 << 20):
                self._target.write(piece)
            self._target.flush()
        except BrokenPipeError:
            self.is_refused = True
            # So that whoever writes to the first program hears of it.
            self._source.close()


def _must_end_well(program: Running, name: str) -> None:
    if program.failed():
        raise Refused(f"{name} failed: {program.complaint()}.")
