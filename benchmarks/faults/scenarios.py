"""What can happen to a host. Each scenario starts one, harms it while students save, and gives its verdict."""

from __future__ import annotations

import os
import random
import signal
import statistics
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import psycopg

from benchmarks.faults.clock import Clock
from benchmarks.faults.slow_reader import SlowClients
from benchmarks.faults.small_disk import small_disk
from benchmarks.faults.trial import SCHOOL, Check, Trial, Verdict
from benchmarks.host.host import DATABASE, Host
from benchmarks.host.students import Lesson

PAUSE_S = 2.0
AWAY_S = 5.0


def workers_killed(trial: Trial) -> Verdict:
    host = trial.start()
    killed = 0
    with trial.lesson():
        for _ in _every(PAUSE_S, trial.seconds):
            os.kill(random.choice(host.nodes[0].workers()), signal.SIGKILL)  # noqa: S311 - any of them
            killed += 1
        trial.recovered_s = host.wait_until_ready()
    return trial.verdict("workers killed", f"kill -9 of a gunicorn worker, {killed} times, one every {PAUSE_S:g} s")


def proxy_reloaded(trial: Trial) -> Verdict:
    host = trial.start()
    count = 0
    with trial.lesson():
        for _ in _every(PAUSE_S, trial.seconds):
            host.reload_front()
            count += 1
        trial.recovered_s = host.wait_until_ready()
    return trial.verdict("nginx reloaded", f"nginx takes its configuration anew, {count} times")


def database_restarted(trial: Trial) -> Verdict:
    return _database_away(trial, "fast", "database restarted", "PostgreSQL ends its connections and starts again")


def database_crashed(trial: Trial) -> Verdict:
    return _database_away(
        trial, "immediate", "database crashed", "PostgreSQL ends without warning in the middle of saves and recovers"
    )


def _database_away(trial: Trial, mode: str, name: str, harm: str) -> Verdict:
    host = trial.start()
    with trial.lesson():
        for _ in _every(3 * PAUSE_S, trial.seconds):
            host.cluster.stop(mode)
            host.cluster.start()
        # And once for longer than a page waits.
        host.cluster.stop(mode)
        time.sleep(AWAY_S)
        host.cluster.start()
        trial.recovered_s = host.wait_until_ready()
    return trial.verdict(name, f"{harm}, again and again, once for {AWAY_S:g} s")


def connections_used_up(trial: Trial) -> Verdict:
    host = trial.start(max_connections=24, superuser_reserved_connections=0)
    with trial.lesson():
        time.sleep(PAUSE_S)
        with _connections(host):
            # Those that are open go on; a worker that starts anew finds none.
            os.kill(host.nodes[0].workers()[0], signal.SIGKILL)
            time.sleep(trial.seconds / 2)
        trial.recovered_s = host.wait_until_ready()
    return trial.verdict(
        "connections used up", "other programs hold every connection that PostgreSQL has left, and a worker is killed"
    )


def database_hangs(trial: Trial) -> Verdict:
    """Its processes stand still, as on a storage that does not answer: connections stay open and nothing comes."""
    host = trial.start()
    stands_s = 30
    with trial.lesson():
        time.sleep(PAUSE_S)
        server = int((Path(host.cluster.data) / "postmaster.pid").read_text().split()[0])
        family = [server, *map(int, Path(f"/proc/{server}/task/{server}/children").read_text().split())]
        _signal_all(family, signal.SIGSTOP)
        time.sleep(stands_s)
        _signal_all(reversed(family), signal.SIGCONT)
        trial.recovered_s = host.wait_until_ready()
    return trial.verdict("database hangs", f"every process of PostgreSQL stands still for {stands_s} s")


def table_locked(trial: Trial) -> Verdict:
    host = trial.start()
    with trial.lesson():
        time.sleep(PAUSE_S)
        with psycopg.connect(host.cluster.url(DATABASE)) as other:
            other.execute("LOCK TABLE projects_project IN ACCESS EXCLUSIVE MODE")
            time.sleep(trial.seconds / 2)
        trial.recovered_s = host.wait_until_ready()
    return trial.verdict("table locked", f"somebody holds a lock on all projects for {trial.seconds / 2:g} s")


def disk_full(trial: Trial) -> Verdict:
    host = trial.start()
    with small_disk(host) as disk:
        with trial.lesson():
            time.sleep(PAUSE_S)
            disk.fill()
            time.sleep(trial.seconds / 2)
            refused = trial.work.tally.statuses[503]
            disk.free()
            trial.recovered_s = host.wait_until_ready()
        verdict = trial.verdict("disk full", "the database's disk has no byte left, then room again")
    if not refused:
        verdict.troubles.append("The disk never was full: nothing was refused.")
    return verdict


def slow_clients(trial: Trial) -> Verdict:
    trial.start()
    with trial.lesson() as lesson:
        time.sleep(PAUSE_S)
        lesson.tally.save_times_s.clear()
        time.sleep(trial.seconds / 2)
        quiet_s = _p95(lesson.tally.save_times_s)
        assert trial.host
        clients = SlowClients(trial.host, readers=60, bytes_per_s=50_000)
        time.sleep(PAUSE_S)
        lesson.tally.save_times_s.clear()
        time.sleep(trial.seconds / 2)
        slow_s = _p95(lesson.tally.save_times_s)
        still_reading = clients.end()
    # Promise 59 allows a fifth; 5 ms more are not to be told apart from chance.
    verdict = trial.verdict(
        "slow clients",
        "60 clients take the runtime at 50 kB/s, and 60 send a save byte by byte",
        Check("p95 of a save beside them", slow_s * 1000, max(quiet_s * 1.2, quiet_s + 0.005) * 1000, " ms"),
    )
    if still_reading < 100:
        verdict.troubles.append(f"Only {still_reading} of 120 slow clients were still at it.")
    return verdict


def clock_jumps(trial: Trial) -> Verdict:
    clock = Clock(trial.folder)
    host = trial.start()
    [node] = host.nodes
    node.stop()
    node.environment, node.application = clock.environment, clock.application
    node.start()
    host.wait_until_ready()
    with trial.lesson():
        for jump in (timedelta(hours=1), timedelta(hours=-3), timedelta(minutes=5), timedelta(0)):
            clock.set_off(jump)
            time.sleep(trial.seconds / 4)
        trial.recovered_s = host.wait_until_ready()
    return trial.verdict("clock jumps", "the site's clock goes an hour forward, three back, and right again")


def node_killed(trial: Trial) -> Verdict:
    host = trial.start(nodes=2)
    lost, kept = host.nodes
    with trial.lesson() as lesson:
        time.sleep(trial.seconds / 4)
        lost.kill()
        killed_at, before = time.monotonic(), lesson.acknowledged
        later = Lesson(host, SCHOOL, 5)
        for student in later.students:
            student.sign_in()
        time.sleep(trial.seconds / 2)
        after = lesson.acknowledged - before
        lost.start()
        trial.recovered_s = host.wait_until_ready()
        time.sleep(trial.seconds / 4)
        seconds = lesson.tally.last_save_at - killed_at
    verdict = trial.verdict(
        "one of two nodes killed", "two gunicorn hosts behind one nginx; all of one is killed, and it comes back"
    )
    if after < trial.student_count or seconds < trial.seconds / 2 or not kept.workers():
        verdict.troubles.append(f"Only {after} saves while one node was away.")
    return verdict


SCENARIOS: dict[str, Callable[[Trial], Verdict]] = {
    "workers-killed": workers_killed,
    "proxy-reloaded": proxy_reloaded,
    "database-restarted": database_restarted,
    "database-crashed": database_crashed,
    "database-hangs": database_hangs,
    "connections-used-up": connections_used_up,
    "table-locked": table_locked,
    "disk-full": disk_full,
    "slow-clients": slow_clients,
    "clock-jumps": clock_jumps,
    "node-killed": node_killed,
}


def _every(pause_s: float, seconds: float) -> Iterator[None]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(pause_s)
        yield


def _signal_all(processes: Iterable[int], number: signal.Signals) -> None:
    for process in processes:
        os.kill(process, number)


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] if len(times) > 1 else 0.0


@contextmanager
def _connections(host: Host) -> Iterator[None]:
    """As many connections as PostgreSQL gives, taken again as soon as one is free."""
    held: list[psycopg.Connection[tuple[object, ...]]] = []
    over = threading.Event()

    def take() -> None:
        while not over.wait(0.02):
            try:
                held.append(psycopg.connect(host.cluster.url("postgres")))
            except psycopg.OperationalError:
                continue

    thread = threading.Thread(target=take)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        for connection in held:
            connection.close()
