"""Mozilla's HTTP Observatory, its own grader run here, gives the site its best grade (promise 21)."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import get_finders

from codeplatform.tests.server import ROOT, Server

pytestmark = pytest.mark.heavy
HOST = "school.test"
TOOL = ROOT / "tools" / "observatory"
SETTINGS = {"HTTPS": "on", "ALLOWED_HOSTS": f"{HOST} 127.0.0.1"}


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """For HOST and for 127.0.0.1, signed by itself; and its key."""
    found = tmp_path / "certificate.pem", tmp_path / "key.pem"
    names = f"subjectAltName=DNS:{HOST},IP:127.0.0.1"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={HOST}"]
    command += ["-addext", names, "-out", str(found[0]), "-keyout", str(found[1])]
    subprocess.run(command, check=True, capture_output=True)
    return found


@pytest.fixture
def ports(tmp_path: Path, certificate: tuple[Path, Path]) -> Iterator[list[str]]:
    """Where the site is reached by http, and by https."""
    files = tuple(path for finder in get_finders() for path, _ in finder.list([]))
    plain = Server(tmp_path / "plain", files=files, **SETTINGS)
    secure = Server(tmp_path / "secure", files=files, certificate=certificate, **SETTINGS)
    for server in (plain, secure):
        server.start()
    yield [str(plain.port), str(secure.port)]
    for server in (plain, secure):
        server.stop()


def test_the_grade_is_the_best_there_is(ports: list[str], certificate: tuple[Path, Path]) -> None:
    assert (TOOL / "node_modules").is_dir(), "Run `npm --prefix tools/observatory ci`, as make test does."
    environment = os.environ | {"NODE_EXTRA_CA_CERTS": str(certificate[0])}
    done = subprocess.run(
        ["node", "grade.mjs", HOST, *ports], cwd=TOOL, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)

    assert [name for name, test in found["tests"].items() if not test["pass"]] == []
    assert (found["scan"]["grade"], found["scan"]["testsFailed"]) == ("A+", 0)
    # As it was when this was written; of extra credit there is more than A+ needs.
    assert found["scan"]["score"] >= 130
