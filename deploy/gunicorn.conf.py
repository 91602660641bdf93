"""gunicorn's settings, for the demo and for production; HOST, PORT, WEB_CONCURRENCY, WEB_THREADS change what differs.

Under systemd it listens on the socket that it is handed (deploy/systemd/codeplatform.socket) and on nothing else.
"""

import os
from pathlib import Path

from codeplatform import env
from codeplatform.insight.gunicorn_hooks import on_exit, on_starting, post_fork, when_ready  # noqa: F401

env.read_env_file(Path(__file__).resolve().parent.parent / ".env")
bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
wsgi_app = "codeplatform.wsgi"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or max(2, os.cpu_count() or 1))
threads = int(os.environ.get("WEB_THREADS") or 8)
# A browser opens six connections at once and comes back to them: dropped ones cost a save its first try.
keepalive = 75
timeout = 60
graceful_timeout = 20
# Nobody in front says which path the site is mounted at or which names its variables have.
forwarder_headers = ""
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # nosec B108 # noqa: S108 - gunicorn makes private files there
