"""What a program does to files is kept, and its own modules are found; all in one project, run after run."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import READY_TIMEOUT_MS, Workbench

pytestmark = pytest.mark.browser

STORED = """
import base64, json
from projects.models import File
files = File.objects.filter(project__owner__username="dan@demo", project__name=%r)
print(json.dumps({file.path: base64.b64encode(bytes(file.content)).decode() for file in files}))
"""

WRITE = """
import csv, json, pathlib, pickle, sqlite3
pathlib.Path("notes").mkdir()
pathlib.Path("notes/first.txt").write_text("Grüße", encoding="utf-8")
with open("marks.csv", "w", newline="") as file:
    csv.writer(file).writerows([["name", "mark"], ["Ada", 9]])
with open("settings.json", "w") as file:
    json.dump({"volume": 3}, file)
with open("raw.bin", "wb") as file:
    file.write(bytes(range(256)))
with open("thing.pickle", "wb") as file:
    pickle.dump({1, 2}, file)
with sqlite3.connect("school.db") as connection:
    connection.execute("create table pupil (name text)")
    connection.execute("insert into pupil values ('Ada')")
connection.close()
open("old.txt", "w").write("to be deleted")
print("written")
"""
CHANGE = """
import csv, json, os, pathlib, pickle, sqlite3
print(pathlib.Path("notes/first.txt").read_text(encoding="utf-8"))
print(list(csv.DictReader(open("marks.csv", newline=""))))
print(json.load(open("settings.json")), open("raw.bin", "rb").read() == bytes(range(256)))
print(pickle.load(open("thing.pickle", "rb")))
connection = sqlite3.connect("school.db")
connection.execute("insert into pupil values ('Ben')")
connection.commit()
print([name for name, in connection.execute("select name from pupil order by name")])
connection.close()
with open("marks.csv", "a", newline="") as file:
    csv.writer(file).writerow(["Ben", 8])
os.remove("old.txt")
os.rename("settings.json", "notes/settings.json")
"""
READ = """
import sqlite3
connection = sqlite3.connect("school.db")
print([name for name, in connection.execute("select name from pupil order by name")])
"""

MODULES = """
from pathlib import Path
files = {
    "helpers.py": "import late_helper\\ndef greet(name): return 'Hello ' + late_helper.polish(name)",
    "late_helper.py": "def polish(name): return name.title()",
    "shapes/__init__.py": "from .circle import area\\nfrom . import square",
    "shapes/circle.py": "import numpy as np\\ndef area(r): return float(round(np.pi * r * r, 2))",
    "shapes/square.py": "from .circle import area as circle_area\\ndef area(a): return a * a",
    "plugins/extra.py": "value = 'found at run time'",
    "one.py": "from two import second\\ndef first(): return 1",
    "two.py": "from one import first\\ndef second(): return 2",
    "random.py": "def randint(a, b): return 4",
    "test.py": "", "data.py": "", "numpy/notes.txt": "",
}
for name, text in files.items():
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text(text)
"""
IMPORTING = """
import importlib
import helpers, shapes, shapes.square
print(helpers.greet("ada"), shapes.area(1), shapes.square.area(3))
print(importlib.import_module("plugins.extra").value)
def later():
    import yaml
    return yaml.safe_load("a: 1")
try:
    import not_there
except ImportError:
    not_there = None
print(later(), not_there, importlib.import_module("si" + "x").__name__, __import__("dateutil").__name__)
"""


# Loads nothing itself: shapes/circle.py, which this does not import, imports numpy.
AHEAD = """
import os, sys
print(os.path.exists("/lib/python3.14/site-packages/numpy/__init__.py"), "numpy" in sys.modules)
"""


@pytest.fixture
def project(open_project: Callable[..., Workbench], request: pytest.FixtureRequest) -> Workbench:
    workbench = open_project("dan@demo", request.node.name)
    workbench.wait_ready()
    return workbench


def test_files_are_kept_from_run_to_run(project: Workbench, site: Site, request: pytest.FixtureRequest) -> None:
    assert "written" in project.run(WRITE)
    names = ["first.txt", "marks.csv", "settings.json", "raw.bin", "thing.pickle", "school.db", "old.txt"]
    for name in names:
        expect(project.files.get_by_role("button", name=name).first).to_be_visible()
    project.wait_saved()

    text = project.run(CHANGE)
    assert "Grüße\n[{'name': 'Ada', 'mark': '9'}]\n{'volume': 3} True\n{1, 2}\n['Ada', 'Ben']" in text
    project.wait_saved()
    assert "['Ada', 'Ben']" in project.run(READ)
    project.wait_saved()

    stored = json.loads(site.query(STORED % request.node.name))
    assert "notes/first.txt" in stored
    assert "notes/settings.json" in stored
    assert "school.db" in stored


def test_modules_of_the_project_and_packages_behind_them(project: Workbench) -> None:
    project.run(MODULES)
    # What the files import is loaded while nothing runs, and no program sees it before it imports it.
    ends_at = time.monotonic() + READY_TIMEOUT_MS / 1000
    while "False False" in (ahead := project.run(AHEAD)):
        assert time.monotonic() < ends_at, "numpy was not loaded ahead"
    assert "True False" in ahead
    text = project.run(IMPORTING)
    assert "Hello Ada 3.14 9\nfound at run time\n{'a': 1} None six dateutil" in text
    # Said once before the output, and of no other file.
    assert text.count("has the name of a module") == 1
    assert text.index("Your file random.py has the name of a module of Python") < text.index("Hello Ada")

    project.run("import helpers\nopen('late_helper.py', 'w').write('def polish(name): return name.upper()')")
    assert "Hello ADA" in project.run("import helpers\nprint(helpers.greet('ada'))")

    text = project.run("import one")
    assert "ImportError: cannot import name 'first' from partially initialized module 'one'" in text
    assert "most likely due to a circular import" in text
    assert 'File "two.py", line 1' in text


def test_what_is_not_there(project: Workbench) -> None:
    text = project.run("x = 1\nimport padnas")
    assert "ModuleNotFoundError: No module named 'padnas'. Did you mean 'pandas'?" in text
    assert 'File "main.py", line 2' in text
    assert "the package scikit-learn is imported as sklearn" in project.run("import scikit_learn")
    text = project.run("import qwertzuiop")
    assert "none of the packages of this platform, which the page /compatibility/ lists (matplotlib, " in text
    assert "Did you mean 'matplotlib.pyplot'?" in project.run("import matplotlib.pyplt")
    assert "grp is part of Python, but needs an operating system" in project.run("import grp")


def test_what_a_browser_cannot_do(project: Workbench) -> None:
    text = project.run("import math\nimport turtle\n")
    assert "ModuleNotFoundError: turtle needs a desktop window" in text
    assert 'File "main.py", line 2' in text
    assert "pyodide.org" not in text
    text = project.run(
        """
for line in '''import turtledemo
import tkinter.messagebox
import curses
import venv
import pip
import cryptography
__import__("threading").Thread(target=print).start()
__import__("multiprocessing").Pool(2)
__import__("subprocess").run(["ls"])
__import__("os").system("ls")
__import__("socket").socket().connect(("a.example", 80))
__import__("http.server").server.HTTPServer(("", 8000), None)
__import__("concurrent.futures").futures.ThreadPoolExecutor().submit(print)'''.splitlines():
    try:
        exec(line)
    except (ImportError, RuntimeError, OSError) as error:
        print(type(error).__name__, str(error).split(":")[0], sep="|")
"""
    )
    assert [line.partition("|")[0] for line in text.splitlines() if "|" in line] == (
        ["ModuleNotFoundError"] * 6 + ["RuntimeError"] + ["OSError"] * 5 + ["RuntimeError"]
    )
    text = project.run("from getpass import getpass\nprint(getpass('Word? ').upper())", answers=["secret"])
    assert "SECRET" in text

    # All of it leaves Python fit for the next run, and what is near to it works.
    program = """
import asyncio, os, subprocess, threading
async def main():
    await asyncio.sleep(0.01)
    return await asyncio.to_thread(len, "abc")
print(asyncio.run(main()), threading.current_thread().name, os.system("clear"))
"""
    assert "3 MainThread 0" in project.run(program)
    assert "changed Python itself" not in project.text()
