from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

from codeplatform.settings import BASE_DIR


@pytest.fixture(scope="session")
def collected_static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static files as collectstatic leaves them: hashed and compressed once for all processes of a run."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with (shared / "collecting.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not (shared / "collected").exists():
            settings = {"SECRET_KEY": "only-for-tests", "HTTPS": "off", "DATA_DIR": str(shared / "collecting")}
            command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
            subprocess.run(command, cwd=BASE_DIR, env=os.environ | settings, check=True)
            (shared / "collecting").rename(shared / "collected")
    return shared / "collected" / "static"
