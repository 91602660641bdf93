"""Makes the small pictures of /examples/ out of what the examples really show, into frontend/static/examples.

    python tools/pictures/examples.py http://127.0.0.1:8000

The address is that of a running site (make demo). Chromium as for draw.py.
"""

from __future__ import annotations

import base64
import os
import sys
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "frontend" / "static" / "examples"
SIZE = (200, 150)
QUALITY = 0.7
# The last figure, as large as fits, on white
SHRINK = """async (image, [[width, height], quality]) => {
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), {width, height});
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, width, height);
  const scale = Math.min(width / image.naturalWidth, height / image.naturalHeight);
  const [w, h] = [image.naturalWidth * scale, image.naturalHeight * scale];
  pen.imageSmoothingQuality = "high";
  pen.drawImage(image, (width - w) / 2, (height - h) / 2, w, h);
  return canvas.toDataURL("image/webp", quality).split(",")[1];
}"""


def picture(page: Page, address: str) -> bytes:
    page.goto(address)
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("#console .note").last).to_contain_text("Finished in", timeout=90_000)
    return base64.b64decode(page.locator("#console img").last.evaluate(SHRINK, [SIZE, QUALITY]))


def main(address: str) -> None:
    sys.path.insert(0, str(ROOT))
    from frontend.examples import examples

    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        page = browser.new_page()
        for slug, example in examples().items():
            if example.figures:
                made = picture(page, f"{address}/examples/{slug}/")
                (FOLDER / f"{slug}.webp").write_bytes(made)
                print(f"{slug}: {len(made)} bytes")
        browser.close()


main(sys.argv[1])
