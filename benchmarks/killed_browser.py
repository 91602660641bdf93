"""`python -m benchmarks.killed_browser`: how much typing is lost when a browser is killed, over fifty times."""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.servers import our_site
from codeplatform.tests.browser.killable import KillableBrowser

USER = "ben@demo"
FIRST_S, LAST_S = 0.5, 5.0  # how long is typed before the kill


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=50)
    runs = parser.parse_args().runs
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or "chromium"
    project = f"from projects.models import Project; print(Project.objects.get(owner__username={USER!r}).pk)"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright, our_site(Path(folder)) as site:
        address = f"{site.url}/projects/{site.query(project)}/"
        killable = KillableBrowser(playwright.chromium, chromium, Path(folder) / "profile")
        lost = []
        for run in range(runs):
            after_s = FIRST_S + (LAST_S - FIRST_S) * run / max(1, runs - 1)
            lost.append(killable.seconds_lost(site.url, USER, address, after_s))
            print(f"run {run + 1} of {runs}: killed after {after_s:.2f} s, {lost[-1]:.2f} s of typing lost", flush=True)
        killable.close()
    print(f"{runs} runs: median {statistics.median(lost):.2f} s, most {max(lost):.2f} s of typing lost")


if __name__ == "__main__":
    main()
