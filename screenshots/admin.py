"""What a school admin sees."""

from __future__ import annotations

from codeplatform.tests.browser.site import Site
from screenshots.camera import Camera
from screenshots.plays import ADMIN, signed_in


def people(camera: Camera, site: Site) -> None:
    with signed_in(camera, site, ADMIN, width=1120, height=640) as page:
        page.goto(f"{site.url}/admin/accounts/user/")
        page.get_by_role("checkbox").nth(2).check()
        camera.take(page, "admin-people")


def school(camera: Camera, site: Site) -> None:
    with signed_in(camera, site, ADMIN, width=1000, height=820) as page:
        page.goto(f"{site.url}/admin/schools/school/")
        page.get_by_role("link", name="Demo School").click()
        page.get_by_label("Leavers are kept").wait_for()
        camera.take(page, "admin-school")
