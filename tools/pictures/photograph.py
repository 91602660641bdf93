"""Photographs a student's project for the home page, light and dark, into frontend/static/pictures.

    python tools/pictures/photograph.py http://127.0.0.1:8000 PASSWORD

The address is that of a running demo (make demo), the password that of its accounts. Chromium as for draw.py.
"""

from __future__ import annotations

import base64
import os
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).resolve().parents[2] / "frontend" / "static" / "pictures"
WINDOW = {"width": 1280, "height": 800}
SHOWN_PX = (960, 600)
QUALITY = 0.75
PROGRAM = """\
import matplotlib.pyplot as plt

town = input("Which town? ")
months = ["Jan", "Mar", "May", "Jul", "Sep", "Nov"]
degrees = [4, 7, 13, 18, 15, 7]

print(f"{town} is warmest in {months[degrees.index(max(degrees))]}.")
plt.plot(months, degrees, marker="o")
plt.ylabel("Degrees Celsius")
plt.title(f"A year in {town}")
plt.show()
"""
# A canvas of the browser makes it smaller and encodes it.
SHRINK = """async ([png, width, height, quality]) => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const canvas = Object.assign(document.createElement("canvas"), {width, height});
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, width, height);
  return canvas.toDataURL("image/webp", quality).split(",")[1];
}"""


def prepare(page: Page, address: str, password: str) -> None:
    page.goto(f"{address}/login/")
    page.get_by_label("Login name").fill("ada@demo")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/projects/")
    page.get_by_role("link", name="Hello", exact=True).click()
    page.get_by_text("ready", exact=True).wait_for(timeout=60_000)
    page.get_by_role("textbox", name="Code editor").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(PROGRAM)
    run_twice(page)


def run_twice(page: Page) -> None:
    """The first run loads matplotlib; the second one is what a student sees all lesson."""
    field = page.get_by_role("textbox", name="Program input")
    for _ in range(2):
        page.get_by_text("ready", exact=True).wait_for(timeout=60_000)
        page.get_by_role("button", name="Run", exact=True).click()
        field.fill("Bath", timeout=60_000)
        field.press("Enter")
        page.get_by_role("img", name="Figure 1", exact=True).wait_for(timeout=60_000)
        page.locator("#console").get_by_text("Finished in").wait_for()


def main() -> None:
    address, password = sys.argv[1:]
    chromium = os.environ.get("CHROMIUM") or subprocess.check_output(["tools/find-chromium"], text=True).strip()
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport=WINDOW)
        prepare(page, address, password)
        blank = browser.new_page()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            png = base64.b64encode(page.screenshot()).decode()
            webp = blank.evaluate(SHRINK, [png, *SHOWN_PX, QUALITY])
            (PICTURES / f"project-{scheme}.webp").write_bytes(base64.b64decode(webp))
        browser.close()


if __name__ == "__main__":
    main()
