from __future__ import annotations

import pytest

from frontend.static.python.checking.structure import NAMED_CONSTRUCTS, PLAIN_CONSTRUCTS, read_structure


def uses(source: str) -> set[str]:
    return set(read_structure(source)["uses"])


@pytest.mark.parametrize(
    ("source", "constructs"),
    [
        ("for x in y: pass", {"loop", "for"}),
        ("while True: pass", {"loop", "while"}),
        ("if a: pass\nelse: pass", {"if"}),
        ("x = 1 if a else 2", {"if"}),
        ("def area(): pass", {"function", "function:area"}),
        ("async def area(): pass", {"function", "function:area"}),
        ("class Dog: pass", {"class", "class:Dog"}),
        ("[x for x in y]", {"comprehension"}),
        ("{x: 1 for x in y}", {"comprehension"}),
        ("try: pass\nexcept ValueError: pass", {"try"}),
        ("with a: pass", {"with"}),
        ("lambda: 1", {"lambda"}),
        ("f'{x}'", {"f-string"}),
        ("sorted(x)", {"call:sorted"}),
        ("math.sqrt(x)", {"call:math.sqrt", "method:sqrt"}),
        ("x.append(1)", {"call:x.append", "method:append"}),
        ("f(1)(2)", {"call:f"}),
        ("'a'.join(b)", {"method:join"}),
        ("import math, os.path as p", {"import:math", "import:os", "import:os.path"}),
        ("from math import sqrt", {"import:math"}),
        ("from . import mine", set()),
        ("print", set()),
        ("", set()),
        ("# for x in y: sorted(x)\n'while True'", set()),
    ],
)
def test_each_construct_is_found_and_nothing_else(source: str, constructs: set[str]) -> None:
    assert uses(source) == constructs


@pytest.mark.parametrize(
    "source",
    [
        "def f(n):\n  return n and f(n - 1)",
        "def outer():\n  def inner():\n    inner()\n",
        "class A:\n  def f(self):\n    return self.f()",
        "class A:\n  def f(this):\n    return [this.f() for x in y]",
        "class A:\n  @staticmethod\n  def f():\n    A.f()",
        "async def f():\n  await f()",
    ],
)
def test_recursion(source: str) -> None:
    assert "recursion" in uses(source)


@pytest.mark.parametrize(
    "source",
    [
        "def f(): pass\nf()",
        "def f(): g()\ndef g(): pass",
        "class A:\n  def area(self):\n    return area(self.x)",
        "def show(x):\n  x.show()",
        "def f():\n  return f",
    ],
)
def test_no_recursion(source: str) -> None:
    assert "recursion" not in uses(source)


def test_every_word_of_the_format_can_be_found() -> None:
    source = """
import math
class A:
    def f(self):
        with a: self.f()
        for x in y: pass
        while x: pass
        if x: pass
        try: pass
        finally: pass
        return [f"{x}" for x in y], lambda: 1
"""
    found = uses(source)
    assert found >= PLAIN_CONSTRUCTS
    assert {word.split(":")[0] for word in found if ":" in word} == NAMED_CONSTRUCTS


class TestWhatPythonCannotRead:
    def test_a_syntax_error_has_its_line(self) -> None:
        structure = read_structure("x = 1\nif x\n")
        assert structure["uses"] == []
        assert structure["syntaxError"] == {"message": "expected ':'", "line": 2}

    @pytest.mark.parametrize(
        "source", ["-" * 50_000 + "1", "a" + ".a" * 50_000, "x = '\ud800'", "\0", "1+" * 50_000 + "1", "(" * 9_000]
    )
    def test_nothing_is_raised(self, source: str) -> None:
        assert read_structure(source)["syntaxError"] is not None
