"""What deploy/ ships for a production machine: settings, systemd's units, scripts."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands

from codeplatform.tests.docs.books import BASE_DIR

DEPLOY = BASE_DIR / "deploy"
UNITS = sorted(path.name for path in (DEPLOY / "systemd").iterdir())
SERVICES = [name for name in UNITS if name.endswith(".service")]
# Settings that a machine in production leaves alone: for development, for tests, or decided by install.sh.
NOT_FOR_PRODUCTION = {
    "CHROMIUM", "DATA_DIR", "DEBUG", "DEMO_PASSWORD", "HOST", "HTTPS", "PORT",
    "RUNTIME_CACHE_DIR", "RUNTIME_DIR", "TRUSTED_PROXIES",
}  # fmt: skip
SYSTEMD_ANALYZE = os.environ.get("SYSTEMD_ANALYZE", "systemd-analyze")
# systemd's own scale from 0 (shut in) to 10; promise 63
HIGHEST_EXPOSURE = 4.0


class TestSettings:
    def test_the_example_has_every_setting_that_production_needs(self) -> None:
        readme = (BASE_DIR / "README.md").read_text()
        table = readme.partition("## Settings")[2].partition("\n## ")[0]
        names = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
        known = {name for cell in names for name in re.findall(r"`([A-Z][A-Z_]+)`", cell)}
        named = set(re.findall(r"^#?([A-Z][A-Z_]+)=", (DEPLOY / "env.example").read_text(), re.MULTILINE))

        assert named == known - NOT_FOR_PRODUCTION

    def test_filled_in_it_passes_the_checks_of_a_deployment(self, tmp_path: Path) -> None:
        example = (DEPLOY / "env.example").read_text()
        filled = re.sub(r"^SECRET_KEY=$", f"SECRET_KEY={'0123456789abcdefghij' * 3}", example, flags=re.MULTILINE)
        # What is commented out is the default or an example, and may be switched on as it stands.
        filled = re.sub(r"^#([A-Z][A-Z_]+=)", r"\1", filled, flags=re.MULTILINE)
        settings = dict(line.split("=", 1) for line in filled.splitlines() if re.match(r"[A-Z]", line))
        settings |= {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path)}

        checked = subprocess.run(
            [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "ERROR"],
            cwd=BASE_DIR, env=settings, capture_output=True, text=True,
        )  # fmt: skip

        assert checked.returncode == 0, checked.stderr


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units with programs that every machine has: systemd refuses those that it cannot find."""
    for name in UNITS:
        text = (DEPLOY / "systemd" / name).read_text()
        text = re.sub(r"=(/srv/codeplatform|/usr/sbin/nginx)\S*", "=/bin/true", text) if name in SERVICES else text
        (tmp_path / name).write_text(re.sub(r"^WorkingDirectory=.*", "WorkingDirectory=/", text, flags=re.MULTILINE))
    return tmp_path


@pytest.mark.heavy
class TestUnits:
    def test_systemd_understands_all_of_them(self, units: Path) -> None:
        verified = subprocess.run(
            [SYSTEMD_ANALYZE, "verify", "--man=no", "--recursive-errors=no", *(str(units / name) for name in UNITS)],
            capture_output=True, text=True,
        )  # fmt: skip

        assert (verified.returncode, verified.stderr) == (0, "")

    @pytest.mark.parametrize("service", SERVICES)
    def test_they_are_shut_in(self, service: str) -> None:
        rated = subprocess.run(
            [SYSTEMD_ANALYZE, "security", "--offline=yes", "--no-pager", str(DEPLOY / "systemd" / service)],
            capture_output=True, text=True,
        )  # fmt: skip
        exposure = re.search(r"Overall exposure level for \S+: ([\d.]+)", rated.stdout)

        assert exposure, rated.stderr
        assert float(exposure[1]) <= HIGHEST_EXPOSURE


@pytest.mark.parametrize("script", sorted(DEPLOY.glob("*.sh")), ids=lambda path: str(path.name))
def test_scripts_are_ones_that_bash_understands(script: Path) -> None:
    read = subprocess.run(["bash", "-n", str(script)], capture_output=True, text=True)

    assert (read.returncode, read.stderr) == (0, "")
    assert len(script.read_text().splitlines()) <= 200, "It can be read in one sitting."


def test_commands_of_scripts_and_units_exist() -> None:
    """With those of the guides: see tests/docs."""
    texts = "".join(path.read_text() for path in [*DEPLOY.glob("*.sh"), *(DEPLOY / "systemd").iterdir()])
    named = set(re.findall(r"(?:manage\.py|^ *(?:\[.*\|\| )?codeplatform) ([a-z_]+)", texts, re.MULTILINE))
    assert len(named) > 5
    assert named - set(get_commands()) == set()
