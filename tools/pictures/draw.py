"""Draws the icons and the picture that links to this site show, into frontend/static/icons, from their SVG.

    python tools/pictures/draw.py

Chromium draws them: set CHROMIUM to its path, or have one where tools/find-chromium finds it.
"""

from __future__ import annotations

import os
import struct
import subprocess
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).resolve().parent
ICONS = HERE.parents[1] / "frontend" / "static" / "icons"
ICON = (ICONS / "icon.svg").read_text()
# A mask may cut off everything outside the middle 80 % (https://www.w3.org/TR/appmanifest/#icon-masks), and the sign
# itself leaves that much free; without its round corners it fills a square.
FULL = ICON.replace('rx="7"', 'rx="0"')
FAVICON_PX = 32


def draw(browser: Browser, svg: str, width: int, height: int) -> bytes:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_content(f"<style>* {{ margin: 0 }} svg {{ display: block; width: {width}px }}</style>{svg}")
    picture = page.screenshot(omit_background=True)
    page.close()
    return picture


def as_ico(png: bytes, size: int) -> bytes:
    """An icon file of one PNG: header, one entry, picture (https://en.wikipedia.org/wiki/ICO_(file_format))."""
    header = struct.pack("<HHH", 0, 1, 1)
    entry = struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(png), len(header) + 16)
    return header + entry + png


def main() -> None:
    chromium = os.environ.get("CHROMIUM") or subprocess.check_output(["tools/find-chromium"], text=True).strip()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for size in (192, 512):
            (ICONS / f"icon-{size}.png").write_bytes(draw(browser, ICON, size, size))
            (ICONS / f"maskable-{size}.png").write_bytes(draw(browser, FULL, size, size))
        (ICONS / "touch-180.png").write_bytes(draw(browser, FULL, 180, 180))
        (ICONS / "favicon.ico").write_bytes(as_ico(draw(browser, ICON, FAVICON_PX, FAVICON_PX), FAVICON_PX))
        (ICONS / "social.png").write_bytes(draw(browser, (HERE / "social.svg").read_text(), 1200, 630))
        browser.close()


if __name__ == "__main__":
    main()
