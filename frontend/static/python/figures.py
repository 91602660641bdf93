"""Matplotlib's way out: each figure shown becomes a PNG that the page puts into the console.

This module is itself a Matplotlib backend (`MPLBACKEND=module://…`), drawing with Agg
(https://matplotlib.org/stable/users/explain/figure/writing_a_backend_pyplot_interface.html).
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from typing import Any

ShowPng = Callable[[bytes], None]

_show_png: ShowPng | None = None


def use(show_png: ShowPng) -> None:
    """Make this module Matplotlib's backend, with pictures going to `show_png`; costs nothing until it is imported."""
    global _show_png
    _show_png = show_png
    os.environ["MPLBACKEND"] = f"module://{__name__}"


def show_open_figures() -> None:
    """Show the figures that the program drew and left open, and close them."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        _show_all(pyplot)


def forget_figures() -> None:
    """Close every figure and return to Matplotlib's default style, so that the next run starts clean."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is not None:
        pyplot.close("all")
        pyplot.rcdefaults()
        pyplot.switch_backend(f"module://{__name__}")


def _show_all(pyplot: Any) -> None:
    for number in pyplot.get_fignums():
        figure = pyplot.figure(number)
        if figure.get_axes() or figure.texts or figure.images or figure.lines or figure.patches:
            _show(figure)
    pyplot.close("all")


def _show(figure: Any) -> None:
    sys.stdout.flush()
    picture = io.BytesIO()
    figure.savefig(picture, format="png", bbox_inches="tight")
    if _show_png is not None:
        _show_png(picture.getvalue())


def __getattr__(name: str) -> Any:
    # Matplotlib asks for these when it loads the backend; importing it earlier would cost every program its load.
    if name not in {"FigureCanvas", "FigureManager"}:
        raise AttributeError(name)
    from matplotlib.backend_bases import FigureManagerBase
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    class ConsoleFigureManager(FigureManagerBase):  # type: ignore[misc, unused-ignore]
        """Shows all open figures at `plt.show()`, then closes them as a window would be."""

        @classmethod
        def pyplot_show(cls, *, block: bool | None = None) -> None:
            _show_all(sys.modules["matplotlib.pyplot"])

        def show(self) -> None:
            _show(self.canvas.figure)

    class ConsoleFigureCanvas(FigureCanvasAgg):  # type: ignore[misc, unused-ignore]
        """An Agg canvas whose figures are managed by the console."""

        manager_class = ConsoleFigureManager

    globals().update(FigureCanvas=ConsoleFigureCanvas, FigureManager=ConsoleFigureManager)
    return globals()[name]
