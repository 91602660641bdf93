"""Shows the figures of all of gunicorn's processes, from its first one, on an address that only this host reaches.

Without METRICS_ADDRESS nothing is shown. The functions are gunicorn's hooks (https://gunicorn.org/reference/settings/).
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from codeplatform import env

_SHARED_MEMORY = Path("/dev/shm")  # nosec B108 # noqa: S108 - a private folder is made in it
_folder: str | None = None
_server: Any = None


def on_starting(arbiter: Any) -> None:
    """Make the folder where the processes leave their figures, before there are any."""
    global _folder
    if env.local_address("METRICS_ADDRESS"):
        _folder = tempfile.mkdtemp(prefix="codeplatform-", dir=_SHARED_MEMORY if _SHARED_MEMORY.is_dir() else None)
        # Read by prometheus_client when it is imported.
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = _folder


def when_ready(arbiter: Any) -> None:
    global _server
    address = env.local_address("METRICS_ADDRESS")
    if address is None:
        return
    from prometheus_client import CollectorRegistry, start_http_server
    from prometheus_client.multiprocess import MultiProcessCollector

    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=_folder)  # type: ignore[no-untyped-call]
    host, port = address
    try:
        _server, _ = start_http_server(port, host, registry)
    except OSError as error:
        # The one before may still be there, as it is while gunicorn is renewed. Pages matter more than figures.
        arbiter.log.error("Metrics are not shown: %s:%s: %s", host, port, error)


def post_fork(arbiter: Any, worker: Any) -> None:
    """The processes that answer have no business at that address."""
    if _server is not None:
        _server.socket.close()


def on_exit(arbiter: Any) -> None:
    if _folder is not None:
        shutil.rmtree(_folder, ignore_errors=True)
