"""Each way in which a student's program might pass tests without solving the exercise."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from codeplatform.tests.browser.exercise_desk import ExerciseDesk, make_exercise
from codeplatform.tests.browser.site import Site
from codeplatform.tests.browser.workbench import sign_in

pytestmark = pytest.mark.browser

# Whatever is expected bears the marker of an answer; what the first and the second test type bear others.
TESTS = """
IoSpec(name="planted-answer-name", input="planted-first-input\\n", expected="planted-answer-one", time_limit_s=20,
       feedback="planted-answer-feedback"),
CallSpec(name="Call", call="double('planted-second-input')", returns="'planted-answer-two'", prints="planted-answer-x",
         setup="items = [1]", leaves={"items": "['planted-answer-three']"}, time_limit_s=1),
StructureSpec(name="A loop", must_use=("while",)),
FileSpec(name="File", path="out.txt", expected="planted-answer-four", visibility="after-pass", time_limit_s=1),
IoSpec(name="Hidden", input="planted-hidden-input\\n", expected="planted-answer-hidden", visibility="hidden"),
"""
FAILED, ERROR = "Not passed", "Error"

# Looks for texts in all that a program can reach, and prints where it found which. The texts stand here backwards, so
# that the search does not find itself.
SCAN = """
import gc, inspect, json, os, sys
import js
import pyodide_js
from pyodide.code import run_js

SOUGHT = {"answer": "-rewsna-detnalp", "second": "-dnoces-detnalp", "first": "-tsrif-detnalp",
          "hidden": "-neddih-detnalp"}
found = set()

def look(where, thing):
    if isinstance(thing, (bytes, bytearray)):
        thing = bytes(thing).decode("latin-1")
    if not isinstance(thing, str):
        return
    for name, backwards in SOUGHT.items():
        if backwards in thing[::-1]:
            found.add((name, where))

# The whole memory of Python. It comes first: what searches in Python leaves this text there, turned round.
in_memory = run_js('''(heap, sought) => {
  const found = [];
  for (const [name, backwards] of JSON.parse(sought)) {
    const bytes = [...backwards].reverse().map((letter) => letter.charCodeAt(0));
    for (let at = heap.indexOf(bytes[0]); at >= 0; at = heap.indexOf(bytes[0], at + 1)) {
      let same = 1;
      while (same < bytes.length && heap[at + same] === bytes[same]) same += 1;
      if (same === bytes.length) { found.push([name, "memory"]); break; }
    }
  }
  return JSON.stringify(found);
}''')
found.update(tuple(one) for one in json.loads(in_memory(pyodide_js._module.HEAPU8, json.dumps(list(SOUGHT.items())))))

frame = inspect.currentframe()
while frame:
    for value in [*frame.f_locals.values(), *frame.f_globals.values()]:
        look("frames", repr(value) if not isinstance(value, (str, bytes)) else value)
    frame = frame.f_back
for thing in gc.get_objects():
    try:
        for inner in gc.get_referents(thing):
            look("gc", inner)
    except Exception:
        pass
for module in list(sys.modules.values()):
    for value in list(getattr(module, "__dict__", {}).values()):
        look("modules", value)
for folder, folders, names in os.walk("/"):
    folders[:] = [name for name in folders if os.path.join(folder, name) not in ("/proc", "/dev")]
    for name in names:
        try:
            with open(os.path.join(folder, name), "rb") as file:
                content = file.read()
        except OSError:
            continue
        look("files", content)
for name, value in os.environ.items():
    look("environ", value)

in_js = run_js('''(sought) => {
  const found = [];
  const patterns = JSON.parse(sought).map(([name, backwards]) => [name, [...backwards].reverse().join("")]);
  const seen = new Set();
  const queue = [globalThis];
  while (queue.length && seen.size < 200000) {
    const thing = queue.pop();
    if (typeof thing === "string") {
      for (const [name, text] of patterns) if (thing.includes(text)) found.push([name, "js"]);
      continue;
    }
    if ((typeof thing !== "object" && typeof thing !== "function") || thing === null || seen.has(thing)) continue;
    seen.add(thing);
    if (ArrayBuffer.isView(thing) || thing instanceof ArrayBuffer) continue;
    try {
      if (thing instanceof Map) queue.push(...thing.keys(), ...thing.values());
      if (thing instanceof Set) queue.push(...thing);
      for (const key of Reflect.ownKeys(thing)) {
        const property = Object.getOwnPropertyDescriptor(thing, key);
        if (property && "value" in property) queue.push(property.value);
      }
      queue.push(Object.getPrototypeOf(thing));
    } catch {}
  }
  return JSON.stringify(found);
}''')
found.update(tuple(one) for one in json.loads(in_js(json.dumps(list(SOUGHT.items())))))

print("FOUND", json.dumps(sorted(found)), "END")
"""

# A program of a student who would rather not write the loop, nor find the answers.
FORGERY = """
import json
import js
from pyodide.code import run_js

guess = json.dumps({"timedOut": False, "error": None, "stdout": "planted", "uses": ["while"], "syntaxError": None,
                    "results": [], "outcome": "passed", "share": 1, "passed": True})
run_js('''(guess) => {
  const forged = ["checked", "verdict", "finished", "passed"].map((type) => ({
    type, observation: guess, outcome: "passed", share: 1, worn: false, memory_bytes: 1,
    verdict: {outcome: "passed", share: 1, detail: {sentence: "", parts: [], error: null}},
  }));
  for (const message of forged) { self.postMessage(message); self.parent?.postMessage?.(message, "*"); }
  const post = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (message, ...more) {
    for (const one of forged) post.call(this, {...one, run: message.run, marked: true}, ...more);
    return post.call(this, {...message, observation: guess}, ...more);
  };
  const write = JSON.stringify;
  JSON.stringify = (thing, ...more) => write(thing?.kind ? {...thing, kind: "structure"} : thing, ...more);
  self.onmessage = () => {};
}''')(guess)
"""

PATCHES = """
import builtins, sys
for name, module in list(sys.modules.items()):
    if "checking" in name or name in ("json", "ast", "unittest"):
        for key in list(vars(module)):
            if key in ("read_structure", "encode", "dumps", "parse", "walk", "_input", "_structure_of"):
                setattr(module, key, lambda *given, **more: {"uses": ["while"], "syntaxError": None})
    if name.endswith("run_test"):
        module.TestRunner.observe = lambda *given: '{"uses": ["while"], "syntaxError": null, "timedOut": false}'
import gc
for thing in gc.get_objects():
    if type(thing).__name__ in ("TestRunner", "ProgramRunner", "FreshState"):
        for name in ("is_worn", "restore", "begin"):
            if hasattr(thing, name):
                try:
                    setattr(thing, name, lambda *given, **more: False)
                except AttributeError:
                    pass
"""

LEAVING = """
import builtins, os, sys
import js
left = [os.path.exists("/tmp/left"), hasattr(builtins, "left"), hasattr(js, "left"), "left" in os.environ,
        "left" in sys.modules]
print("FOUND", left, "END")
open("/tmp/left", "w").write(input() if "Call" else "")
builtins.left = js.left = os.environ["left"] = "x"
sys.modules["left"] = sys
"""


@pytest.fixture(scope="module")
def desk(browser: Browser, site: Site) -> Iterator[ExerciseDesk]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = sign_in(context, site.url, "ben@demo")
    page.goto(make_exercise(site, TESTS, title="Attacked"))
    desk = ExerciseDesk(page)
    desk.wait_ready()
    yield desk
    context.close()


def printed(desk: ExerciseDesk) -> str:
    """What the program printed under the first test, as the page shows it."""
    came = desk.results.locator("li").first.locator(".test-difference td:last-child").all_inner_texts()
    text = " ".join(came)
    assert "FOUND" in text, desk.results.inner_text()
    return text.split("FOUND", 1)[1].split("END", 1)[0].strip()


def test_nothing_expected_is_anywhere_in_the_worker(desk: ExerciseDesk) -> None:
    states = desk.check(SCAN, timeout_ms=150_000)
    found = {(name, where) for name, where in json.loads(printed(desk))}
    # It finds what is there: the line that it was given to read.
    assert ("first", "memory") in found
    assert ("first", "gc") in found
    assert {name for name, _ in found} == {"first"}
    assert states[0] == FAILED


def test_forged_messages_change_nothing(desk: ExerciseDesk) -> None:
    states = desk.check(FORGERY)
    assert set(states) <= {FAILED, ERROR, "Took too long"}
    assert states[2] == FAILED


def test_patched_runner_passes_nothing(desk: ExerciseDesk) -> None:
    desk.run(PATCHES)
    for _ in ("after a run", "after a check"):
        states = desk.check(PATCHES)
        assert states[2] == FAILED
        assert set(states) <= {FAILED, ERROR, "Took too long"}


def test_nothing_is_left_for_the_next_check(desk: ExerciseDesk) -> None:
    desk.check(LEAVING)
    desk.check(LEAVING)
    assert printed(desk) == "[False, False, False, False, False]"


@pytest.mark.parametrize(
    "program",
    [
        "import sys\nsys.exit(0)\n",
        "import os\nos._exit(0)\n",
        "import atexit\natexit.register(print, 'late')\nraise SystemExit\n",
        "class All(str):\n    __eq__ = __contains__ = lambda *given: True\n    __hash__ = str.__hash__\n"
        "def double(text):\n    return All('x')\nprint(All('x'))\n",
    ],
)
def test_odd_ends_pass_nothing(desk: ExerciseDesk, program: str) -> None:
    states = desk.check(program, timeout_ms=150_000)
    assert "Passed" not in states
