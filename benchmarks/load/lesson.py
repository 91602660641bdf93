"""One lesson driven by locust against a host, and everything that was measured meanwhile."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.host.host import BASE_DIR, DATABASE, NAME, Host
from benchmarks.host.kept import Kept, Work, compare
from benchmarks.host.school import CLASS_SIZE, PASSWORD

LOCUST = Path(os.environ.get("LOCUST", BASE_DIR / "var" / "load-venv" / "bin" / "locust"))
SAMPLE_S = 5.0
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Requests:
    """One line of locust's table; times in ms."""

    count: int
    failures: int
    median: float
    p95: float
    p99: float
    longest: float


@dataclass
class Outcome:
    """What a lesson came to. `requests` by "school: what"; `history` is (second, requests/s, p95 in ms of saves)."""

    requests: dict[str, Requests] = field(default_factory=dict)
    history: list[tuple[float, float, float]] = field(default_factory=list)
    memory_bytes: list[int] = field(default_factory=list)
    database_bytes: int = 0  # grown by
    cpu_s: dict[str, float] = field(default_factory=dict)
    seconds: float = 0.0
    kept: Kept | None = None

    @property
    def failures(self) -> int:
        return sum(found.failures for found in self.requests.values())

    def memory_growth(self) -> float:
        """The last quarter of the lesson against the second, when everybody has arrived: 0.05 is five per cent."""
        quarter = max(1, len(self.memory_bytes) // 4)
        early, late = self.memory_bytes[quarter : 2 * quarter], self.memory_bytes[-quarter:]
        return _mean(late) / _mean(early) - 1


def hold(host: Host, folder: Path, schools: dict[str, tuple[int, float]], seconds: float, sign_in_s: float) -> Outcome:
    """A lesson in these schools (students, and how many times as fast as people they are); everybody signs in first."""
    folder.mkdir()
    people = sum(count + -(-count // CLASS_SIZE) for count, _ in schools.values())
    environment = os.environ | {
        "LOAD_NAME": NAME,
        "LOAD_PASSWORD": PASSWORD,
        "LOAD_OUTPUT": str(folder / "acknowledged.json"),
        "LOAD_SCHOOLS": json.dumps(schools),
        "LOAD_CLASS_SIZE": str(CLASS_SIZE),
        "LOAD_SECONDS": str(seconds),
        "LOAD_SIGN_IN_S": str(sign_in_s),
    }
    command = [str(LOCUST), "--headless", "--locustfile", str(BASE_DIR / "benchmarks" / "load" / "locustfile.py")]
    command += ["--host", f"https://127.0.0.1:{host.https_port}", "--users", str(people), "--spawn-rate", str(people)]
    command += ["--run-time", f"{seconds + 5:.0f}s", "--stop-timeout", "60", "--only-summary", "--loglevel", "WARNING"]
    command += ["--csv", str(folder / "locust"), "--csv-full-history", "--exit-code-on-error", "0"]
    outcome = Outcome()
    before, cpu_before = _database_bytes(host), _cpu_s(host)
    over = threading.Event()
    sampler = threading.Thread(target=_sample, args=(host, outcome, over))
    sampler.start()
    began = time.monotonic()
    with (folder / "locust.log").open("w") as log:
        done = subprocess.run(command, env=environment, stdout=log, stderr=log)
    outcome.seconds = time.monotonic() - began
    over.set()
    sampler.join()
    if done.returncode:
        raise RuntimeError((folder / "locust.log").read_text()[-2000:])
    outcome.cpu_s = {name: used - cpu_before[name] for name, used in _cpu_s(host).items()}
    outcome.requests = _read_requests(folder / "locust_stats.csv")
    outcome.history = _read_history(folder / "locust_stats_history.csv")
    record: dict[str, Any] = json.loads((folder / "acknowledged.json").read_text())
    works = [Work(project, [(n, sha) for n, sha in work["acknowledged"]], set(work["sent"]))
             for project, work in record.items()]  # fmt: skip
    outcome.kept = compare(host, works)
    host.cluster.sql("CHECKPOINT")
    outcome.database_bytes = _database_bytes(host) - before
    return outcome


def _sample(host: Host, outcome: Outcome, over: threading.Event) -> None:
    while not over.wait(SAMPLE_S):
        outcome.memory_bytes.append(sum(node.memory_bytes() for node in host.nodes))


def _database_bytes(host: Host) -> int:
    return int(host.cluster.sql(f"SELECT pg_database_size('{DATABASE}')"))


def _cpu_s(host: Host) -> dict[str, float]:
    """CPU seconds used so far by the parts of the host."""
    server = int((Path(host.cluster.data) / "postmaster.pid").read_text().split()[0])
    parts = {"gunicorn": [node.process.pid for node in host.nodes if node.process], "PostgreSQL": [server]}
    parts["nginx"] = [host.nginx.pid] if host.nginx else []
    return {name: sum(_family_cpu_s(pid) for pid in pids) for name, pids in parts.items()}


def _family_cpu_s(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    # User and system time, its own and of those children that have ended.
    own = sum(int(field) for field in fields[11:15]) / CLOCK_TICKS
    return own + sum(_family_cpu_s(int(child)) for child in children)


def _read_requests(path: Path) -> dict[str, Requests]:
    with path.open() as lines:
        return {
            row["Name"]: Requests(
                int(row["Request Count"]),
                int(row["Failure Count"]),
                float(row["50%"]),
                float(row["95%"]),
                float(row["99%"]),
                float(row["Max Response Time"]),
            )
            for row in csv.DictReader(lines)
            if row["Name"] != "Aggregated" and row["Request Count"] != "0"
        }


def _read_history(path: Path) -> list[tuple[float, float, float]]:
    """By the second: all requests per second, and the p95 of the saves of the last ten seconds."""
    rates: dict[int, float] = {}
    slow: dict[int, float] = {}
    with path.open() as lines:
        for row in csv.DictReader(lines):
            second = int(row["Timestamp"])
            if row["Name"] == "Aggregated":
                rates[second] = float(row["Requests/s"])
            elif row["Name"].endswith(": save") and row["95%"] not in ("", "N/A"):
                slow[second] = max(slow.get(second, 0.0), float(row["95%"]))
    first = min(rates, default=0)
    return [(second - first, rate, slow.get(second, 0.0)) for second, rate in sorted(rates.items())]


def _mean(values: list[int]) -> float:
    return sum(values) / len(values) if values else 1.0
