"""gunicorn's settings, for the demo as it is; PORT, HOST, WEB_CONCURRENCY and WEB_THREADS change what differs."""

import os

from codeplatform.insight.gunicorn_hooks import child_exit, on_exit, on_starting, post_fork, when_ready  # noqa: F401

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
wsgi_app = "codeplatform.wsgi"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
# A browser opens six connections at once and comes back to them: dropped ones cost a save its first try.
keepalive = 75
timeout = 60
graceful_timeout = 20
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # nosec B108 # noqa: S108 - gunicorn makes private files there
