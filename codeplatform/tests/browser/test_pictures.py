"""Pictures stand in the console in the order in which the program showed them."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from codeplatform.tests.browser.workbench import Workbench

pytestmark = pytest.mark.browser

# Width, height and the colour in the middle of a picture, drawn on a canvas by the page itself.
LOOK = """async (image) => {
  await image.decode();
  const [width, height] = [image.naturalWidth, image.naturalHeight];
  const canvas = Object.assign(document.createElement("canvas"), {width, height});
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  return [width, height, ...pen.getImageData(width >> 1, height >> 1, 1, 1).data];
}"""
# The text of the console with each picture at its place
ORDER = """log => {
  const walk = document.createTreeWalker(log, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  let text = "";
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.localName === "img") text += `[${node.alt}]\\n`;
    else if (node.nodeType === Node.TEXT_NODE && !node.parentElement.closest("figure, .note")) text += node.data;
  }
  return text;
}"""

MODES = {
    "1": ("1", [255, 255, 255, 255]),
    "L": ("90", [90, 90, 90, 255]),
    "LA": ("(90, 255)", [90, 90, 90, 255]),
    "P": ("1", [200, 10, 20, 255]),
    "PA": ("1", [200, 10, 20, 255]),
    "RGB": ("(1, 2, 3)", [1, 2, 3, 255]),
    "RGBA": ("(1, 2, 3, 255)", [1, 2, 3, 255]),
    "RGBa": ("(1, 2, 3, 255)", [1, 2, 3, 255]),
    "CMYK": ("(0, 255, 255, 0)", [255, 0, 0, 255]),
    "YCbCr": ("(76, 84, 255)", [254, 0, 0, 255]),
    "HSV": ("(0, 255, 255)", [255, 0, 0, 255]),
    "LAB": ("(100, 0, 0)", [100, 100, 100, 255]),
    "I": ("200", [200, 200, 200, 255]),
    "F": ("200.7", [200, 200, 200, 255]),
    "I;16": ("40 * 257", [40, 40, 40, 255]),
    "I;16B": ("40 * 257", [40, 40, 40, 255]),
}


def test_every_mode_of_pillow_is_shown(bench: Workbench) -> None:
    program = ["from PIL import Image"]
    for mode, (colour, _) in MODES.items():
        program.append(f"image = Image.new({mode!r}, (40, 20), 0)")
        if mode in {"P", "PA"}:
            program.append("image.putpalette([0, 0, 0, 200, 10, 20])")
            colour = "(1, 255)" if mode == "PA" else colour
        program.append(f"image.paste({colour}, (0, 0, 40, 20)); image.show()")
    text = bench.run("\n".join(program))
    assert "Error" not in text
    for number, (mode, (_, seen)) in enumerate(MODES.items(), start=1):
        shown = bench.figure(number).evaluate(LOOK)
        assert shown[:2] == [40, 20], mode
        assert all(abs(one - other) <= 2 for one, other in zip(shown[2:], seen, strict=True)), (mode, shown)


def test_a_huge_picture_is_scaled_down(bench: Workbench) -> None:
    bench.run(
        "from PIL import Image\n"
        "Image.new('RGB', (9000, 3000), 'red').show()\n"
        "Image.effect_noise((4000, 4000), 90).convert('RGBA').show()\n"
        "Image.new('1', (3, 6000), 1).show()\n"
        "Image.new('RGB', (2048, 10), 'blue').show()"
    )
    assert bench.figure(1).evaluate(LOOK) == [2048, 683, 255, 0, 0, 255]
    assert bench.figure(2).evaluate(LOOK)[:2] == [2048, 2048]
    assert bench.figure(3).evaluate(LOOK)[:2] == [1, 2048]
    assert bench.figure(4).evaluate(LOOK) == [2048, 10, 0, 0, 255, 255]


def test_order_among_text_and_files(bench: Workbench) -> None:
    bench.run(
        """
import sys
import matplotlib.pyplot as plt
from PIL import Image, ImageDraw
print("one")
plt.plot([1, 2, 3])
plt.savefig("plot.png")
plt.show()
print("two", end=" ")
image = Image.new("RGB", (60, 40), "white")
ImageDraw.Draw(image).ellipse((10, 5, 50, 35), fill="green")
image.show("A title")
image.save("dot.jpg")
image.save("dot.gif")
print("three")
figure, axes = plt.subplots()
axes.bar([1, 2], [3, 4])
figure.show()
plt.close()
print("four", file=sys.stderr)
with Image.open("plot.png") as plot:
    plot.show()
    print("five", plot.format)
plt.plot([3, 2, 1])
"""
    )
    shown = bench.console.evaluate(ORDER)
    assert re.sub(r"\n+", "\n", shown).strip().splitlines() == [
        "one",
        "[Figure 1]",
        "two [Figure 2]",
        "three",
        "[Figure 3]",
        "four",
        "[Figure 4]",
        "five PNG",
        "[Figure 5]",
    ]
    assert bench.figure(2).evaluate(LOOK)[2:] == [0, 128, 0, 255]
    for name in ("plot.png", "dot.jpg", "dot.gif"):
        expect(bench.files.get_by_role("button", name=name, exact=True)).to_be_visible()
