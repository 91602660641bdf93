"""The journey of the first lesson: write, run, answer, see, keep."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import Workbench

pytestmark = pytest.mark.browser

PROGRAM = """\
import csv
from pathlib import Path

import matplotlib.pyplot as plt


def ask_number(question):
    while True:
        text = input(question)
        try:
            return int(text)
        except ValueError:
            print("Please type a whole number.")


def write_table(path, name, count):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["name", "number", "square"])
        for number in range(count):
            writer.writerow([name, number, number * number])


def read_table(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


name = input("Your name? ")
print("Hello,", name)
count = ask_number("How many rows? ")
write_table("squares.csv", name, count)
rows = read_table("squares.csv")
print(len(rows), "rows in", Path("squares.csv").resolve())
for row in rows[:3]:
    print(row["number"], "squared is", row["square"])

plt.plot([int(row["number"]) for row in rows], [int(row["square"]) for row in rows], "o-")
plt.title(f"Squares for {name}")
plt.show()
print("done")
"""

# How many different colours a picture holds, drawn on a canvas by the page itself.
COUNT_COLOURS = """async (image) => {
  await image.decode();
  const [width, height] = [image.naturalWidth, image.naturalHeight];
  const canvas = Object.assign(document.createElement("canvas"), {width, height});
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const {data} = pen.getImageData(0, 0, width, height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""


def test_program_with_input_files_and_a_plot(open_project: Callable[..., Workbench], site: Site) -> None:
    workbench = open_project("ada@demo", "Hello")
    assert len(PROGRAM.splitlines()) >= 30

    workbench.write(PROGRAM)
    workbench.start()
    workbench.wait_input()
    assert "Your name? " in workbench.text()
    workbench.answer("Åda ✓")
    workbench.answer("many")
    workbench.answer("12")
    workbench.wait_ready()
    text = workbench.text()

    assert "Hello, Åda ✓" in text
    assert "Please type a whole number." in text
    assert "How many rows? 12" in text
    assert "12 rows in /project/squares.csv" in text
    assert "2 squared is 4" in text
    assert text.index("squared is 4") < text.index("done")
    expect(workbench.figure(1)).to_be_visible()
    assert workbench.figure(1).evaluate(COUNT_COLOURS) > 50
    expect(workbench.files.get_by_role("button", name="squares.csv", exact=True)).to_be_visible()
    workbench.wait_saved()

    workbench.page.reload()
    expect(workbench.files.get_by_role("button", name="squares.csv", exact=True)).to_be_visible()
    stored = json.loads(
        site.query(
            "import json; from projects.models import File;"
            "print(json.dumps({f.path: bytes(f.content).decode() for f in"
            " File.objects.filter(project__owner__username='ada@demo', project__name='Hello')}))"
        )
    )
    assert stored["main.py"] == PROGRAM
    assert stored["squares.csv"].splitlines()[12] == "Åda ✓,11,121"
