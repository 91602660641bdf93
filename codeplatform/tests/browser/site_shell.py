"""Runs Python in the site's own Django, a JSON line in, a JSON line out: one process for all that the tests ask."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import traceback

import django
from django.db import connections


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "codeplatform.settings"
    django.setup()
    for line in sys.stdin:
        printed = io.StringIO()
        error = None
        try:
            with contextlib.redirect_stdout(printed):
                exec(json.loads(line), {})  # noqa: S102 - the test's own text
        except Exception:  # noqa: BLE001 - the test tells it
            error = traceback.format_exc()
        # A transaction left open, or a server that was restarted, must not be felt by the next one.
        connections.close_all()
        print(json.dumps({"printed": printed.getvalue(), "error": error}), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
