"""Makes the pictures of the guides anew, from the demo data: `make screenshots`."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from codeplatform.tests.browser.site import Site
from screenshots import admin, student, teacher
from screenshots.camera import FOLDER, MAX_BYTES_OF_ALL, Camera

# In this order: what one scene leaves behind, the next shows.
SCENES = (
    teacher.add_students,
    teacher.show_join_code,
    student.sign_in_page,
    student.projects,
    student.first_program,
    student.asks_for_input,
    student.error_explained,
    student.files_and_pictures,
    student.history,
    student.exercise,
    teacher.class_at_work,
    teacher.grid,
    teacher.submission,
    student.feedback,
    teacher.set_work,
    teacher.re_mark,
    teacher.gradebook,
    teacher.write_exercise,
    teacher.present,
    admin.people,
    admin.school,
)


def main() -> None:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Site(Path(folder))
        site.prepare()
        site.start()
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        try:
            camera = Camera(browser)
            for scene in SCENES:
                scene(camera, site)
        finally:
            browser.close()
            site.stop()
    total = sum(picture.stat().st_size for picture in FOLDER.iterdir())
    print(f"{len(camera.taken)} pictures, {total / 1000:.0f} kB in all")
    if total > MAX_BYTES_OF_ALL:
        sys.exit(f"All pictures together may have {MAX_BYTES_OF_ALL / 1e6:.0f} MB.")


if __name__ == "__main__":
    main()
