"""Takes pictures of pages, small enough to be sent with a guide."""

from __future__ import annotations

import base64
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "images"
VIEWPORT_WIDTH, VIEWPORT_HEIGHT = 960, 600
# Sharp on fine screens, and where a picture is shown a little smaller than it was taken
DEVICE_SCALE = 1.5
MAX_BYTES = 80_000
MAX_BYTES_OF_ALL = 2_000_000
# From the best on; the first that is small enough is taken. Text stays clean in all of them.
QUALITIES = (0.92, 0.86, 0.8, 0.72)
TO_WEBP = """async ([png, quality]) => {
  const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const canvas = Object.assign(document.createElement("canvas"), { width: bitmap.width, height: bitmap.height });
  canvas.getContext("2d").drawImage(bitmap, 0, 0);
  const blob = await new Promise((done) => canvas.toBlob(done, "image/webp", quality));
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}"""


class Camera:
    """One browser, and in it a device for each person. Pictures go to docs/images/ as WebP."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.darkroom = browser.new_page()
        self.devices: dict[str, BrowserContext] = {}
        self.taken: dict[str, int] = {}

    def device_of(self, person: str) -> BrowserContext:
        """The same one each time: the person stays signed in, and Python stays in its cache."""
        if person not in self.devices:
            self.devices[person] = self._new_device()
        return self.devices[person]

    def take(self, page: Page, name: str, part: Locator | None = None) -> None:
        """A picture of what the window shows, or of one part of the page, as docs/images/<name>.webp."""
        png = (part or page).screenshot(animations="disabled", caret="hide")
        webp = self._develop(png)
        (FOLDER / f"{name}.webp").write_bytes(webp)
        self.taken[name] = len(webp)
        print(f"{name:28} {len(webp) / 1000:5.1f} kB")

    def take_png(self, page: Page, name: str) -> None:
        """The same as docs/images/<name>.png, a pixel for a pixel: for the README."""
        png = page.screenshot(path=FOLDER / f"{name}.png", scale="css", animations="disabled", caret="hide")
        self.taken[name] = len(png)
        print(f"{name:28} {len(png) / 1000:5.1f} kB")

    def _new_device(self) -> BrowserContext:
        return self.browser.new_context(
            viewport={"width": VIEWPORT_WIDTH, "height": VIEWPORT_HEIGHT},
            device_scale_factor=DEVICE_SCALE,
            color_scheme="light",
            locale="en-GB",
            reduced_motion="reduce",
        )

    def _develop(self, png: bytes) -> bytes:
        picture = base64.b64encode(png).decode()
        for quality in QUALITIES:
            webp = base64.b64decode(self.darkroom.evaluate(TO_WEBP, [picture, quality]))
            if len(webp) <= MAX_BYTES:
                return webp
        raise SystemExit("This picture stays too large: show less in it.")
