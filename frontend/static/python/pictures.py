"""Pillow's way out: `image.show()` puts the picture into the console, in its place among the text."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

# A picture without any pattern then has some 17 MB as PNG, and the page takes 20 (runner/protocol.js).
MAX_SIDE = 2048

# What a PNG can hold and a browser draws as it is meant
_SHOWN_AS_THEY_ARE = {"1", "L", "LA", "P", "RGB", "RGBA", "I;16", "I;16B"}
_SCALED_SMOOTHLY = {"L", "LA", "RGB", "RGBA"}
_SHOWN_AS = {"PA": "RGBA", "RGBa": "RGBA", "La": "LA", "F": "L", "I": "L"}


class ConsoleViewer:
    """A viewer as `PIL.ImageShow` keeps them."""

    def __init__(self, show_png: Callable[[bytes], None]) -> None:
        self._show_png = show_png

    def show(self, image: Any, **_: Any) -> int:
        picture = png_of(image)
        sys.stdout.flush()
        self._show_png(picture)
        return 1


def use_console(module: ModuleType, show_png: Callable[[bytes], None]) -> None:
    """Make the console the first of the viewers of `module`, which is `PIL.ImageShow`."""
    module.register(ConsoleViewer(show_png), 0)


def png_of(image: Any) -> bytes:
    """The picture as PNG, no side longer than MAX_SIDE; colours and greys outside a screen's range are cut to it."""
    shown = image if image.mode in _SHOWN_AS_THEY_ARE else _converted(image)
    if max(shown.size) > MAX_SIDE:
        shown = _scaled_down(shown)
    file = io.BytesIO()
    shown.save(file, format="PNG", compress_level=3)
    return file.getvalue()


def _converted(image: Any) -> Any:
    if image.mode == "LAB":
        # Its colours need a colour-management library that this Pillow is built without: its lightness is shown.
        return image.getchannel("L")
    return image.convert(_SHOWN_AS.get(image.mode, "RGB"))


def _scaled_down(image: Any) -> Any:
    from PIL.Image import Resampling

    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    factor = MAX_SIDE / max(image.size)
    size = tuple(max(1, round(side * factor)) for side in image.size)
    return image.resize(size, Resampling.BOX if image.mode in _SCALED_SMOOTHLY else Resampling.NEAREST)
