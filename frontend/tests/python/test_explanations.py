"""Explanations under odd conditions. What they say of common errors is tested in a browser, on the Python there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from frontend.static.python.explanations.did_you_mean import nearest
from frontend.static.python.explanations.quoting import MAX_SHOWN, code, kind, plain, value
from frontend.static.python.tracebacks import ErrorReport
from frontend.tests.python.conftest import Played

Explain = Callable[..., ErrorReport]
Play = Callable[..., list[Played]]
PlayOne = Callable[..., Played]

HOSTILE = """\
class Hostile{base}:
    def __getattribute__(self, name): raise SystemExit
    def __repr__(self): raise SystemExit
    def __str__(self): raise SystemExit
    def __eq__(self, other): raise SystemExit
    def __hash__(self): return 1
    def __len__(self): raise SystemExit
    def __bool__(self): raise SystemExit
    def __dir__(self): raise SystemExit
    @property
    def __class__(self): raise SystemExit
    @property
    def __dict__(self): raise SystemExit
"""


def text_of(report: ErrorReport) -> str:
    assert report["explanation"] is not None, report["traceback"]
    return report["explanation"]["text"]


class Loud:
    def __repr__(self) -> str:
        raise AssertionError("a program's own repr was called")

    __str__ = __len__ = __iter__ = __repr__  # type: ignore[assignment]


class Numbers(list[int]):
    def __repr__(self) -> str:
        raise AssertionError("a program's own repr was called")


class TestValues:
    @pytest.mark.parametrize(
        ("shown", "text"),
        [
            (None, "None"),
            (True, "True"),
            (-3, "-3"),
            (2.5, "2.5"),
            ("it's", '"it\'s"'),
            ("a\nb\u202e\x00", "'a\\nb\\u202e\\x00'"),
            ([], "[]"),
            ((1,), "(1,)"),
            (set(), "set()"),
            ({"a": [1, {"b": (2,)}]}, "{'a': [1, {'b': (…)}]}"),
            (list(range(9)), "[0, 1, 2, 3, 4, 5, …]"),
            (range(3), "range(0, 3)"),
            ([Loud()], "[<Loud>]"),
        ],
    )
    def test_plain_values_are_shown_as_python_would(self, shown: object, text: str) -> None:
        assert plain(shown) == text

    @pytest.mark.parametrize("shown", [Loud(), Loud, Numbers([1]), object(), len, {"x": 1}.keys()])
    def test_other_values_are_told_by_their_kind(self, shown: object) -> None:
        assert plain(shown) is None
        assert value(shown) == kind(shown)

    @pytest.mark.parametrize(
        "shown",
        [
            "x" * 10**7,
            b"x" * 10**7,
            10**100_000,
            -(10**100_000),
            range(10**5000),
            ["x" * 1000] * 10**6,
            {f"{n}" * 50: "y" * 50 for n in range(1000)},
            [[[[[[1] * 99] * 99] * 99] * 99] * 99] * 99,
            (("a" * 59,) * 9,) * 9,
            {10**100_000: 10**100_000},
        ],
        ids=lambda shown: type(shown).__name__,
    )
    def test_nothing_is_shown_at_length(self, shown: object) -> None:
        assert len(value(shown)) <= MAX_SHOWN + 2

    def test_a_list_in_itself(self) -> None:
        endless: list[object] = [1]
        endless.append(endless)
        assert plain(endless) == "[1, [1, [1, […]]]]"

    def test_code_stays_code_whatever_it_holds(self) -> None:
        assert code("a\nb") == "`a b`"
        assert code("a`b") == "“a`b”"


class TestDidYouMean:
    @pytest.mark.parametrize(
        ("word", "meant"),
        [
            ("pritn", "print"),
            ("Print", "print"),
            ("firstname", "first_name"),
            ("lenght", "length"),
            ("hello", None),
            ("x", None),
            ("", None),
            ("pront", "print"),
            ("_", None),
        ],
    )
    def test_slips_are_found_and_other_words_are_not(self, word: str, meant: str | None) -> None:
        assert nearest(word, ["help", "y", "first_name", "length", "print", "", 5, None]) == meant

    def test_the_first_of_equally_near_ones(self) -> None:
        assert nearest("cat", ["bat", "rat"]) == "bat"


class TestPlace:
    def test_error_inside_a_library_is_told_of_the_own_line(self, explain: Explain) -> None:
        report = explain("import json\n\nprint(json.loads('[1, 2'))\n")
        assert report["line"] == 3
        assert "not JSON" in text_of(report)

    def test_what_only_a_library_knows_is_not_guessed(self, explain: Explain) -> None:
        # The message is one that a rule knows, but the call that failed is not on the program's own line.
        assert explain("import textwrap\ntextwrap.indent(5, 'x')")["explanation"] is None

    def test_other_file(self, explain: Explain) -> None:
        report = explain("load('other')", other="\ncount = 0\n\nprint(6 / count)")
        assert (report["file"], report["line"]) == ("other.py", 4)
        assert "`count` is 0" in text_of(report)

    def test_syntax_error_in_another_file(self, explain: Explain) -> None:
        report = explain("load('other')", other="x = 1\nwhile x\n    pass")
        assert (report["file"], report["line"]) == ("other.py", 2)
        assert "`while` ends with a colon" in text_of(report)

    @pytest.mark.parametrize(
        ("program", "phrase"),
        [
            ("class Shop:\n    total = '3' + 4", "`'3'` is a string"),
            ("class Shop:\n    price = 3\n    text = 'x' + price", "`price` is the integer `3`"),
            ("f = lambda n: n + 'a'\nf(1)", "`n` is the integer `1`"),
            ("def f(n):\n    return [1 / n for _ in 'ab']\nf(0)", "`n` is 0"),
            ("print(sum(1 / n for n in [2, 0]))", "`n` is 0"),
            ("x = 1\ndef f():\n    global x\n    x = 0\n    return 5 % x\nf()", "`x` is 0"),
            ("def outer():\n    n = 0\n    def inner():\n        return 1 / n\n    inner()\nouter()", "`n` is 0"),
        ],
    )
    def test_values_are_those_of_the_failing_line(self, explain: Explain, program: str, phrase: str) -> None:
        assert phrase in text_of(explain(program))

    def test_a_variable_of_a_comprehension_is_not_mixed_up(self, explain: Explain) -> None:
        text = text_of(explain("n = 'seven'\nprint(['a' + n for n in [1]])"))
        assert "seven" not in text
        assert "`n` is an integer" in text

    def test_a_line_after_wide_characters(self, explain: Explain) -> None:
        assert "`zahl` is 0" in text_of(explain("zahl = 0\nprint('日本語 👩 ä', 1 / zahl)"))


class TestChains:
    def test_groups_have_none(self, explain: Explain) -> None:
        report = explain("raise ExceptionGroup('several', [ValueError('one')])")
        assert "`raise`" in text_of(report)
        # A loop of its own, run by another thread: this one may have a loop already, of the browser tests.
        report = explain(
            "from asyncio import TaskGroup, new_event_loop\nfrom concurrent.futures import ThreadPoolExecutor\n"
            "async def f():\n    1 / 0\nasync def main():\n"
            "    async with TaskGroup() as g:\n        g.create_task(f())\n"
            "ThreadPoolExecutor(1).submit(lambda: new_event_loop().run_until_complete(main())).result()"
        )
        assert report["type"] == "ExceptionGroup"
        assert report["explanation"] is None

    def test_the_last_error_of_a_chain_is_explained(self, explain: Explain) -> None:
        program = "try:\n    int('a')\nexcept ValueError:\n    {}['name']"
        assert "no key `'name'`" in text_of(explain(program))

    def test_message_of_the_programs_own_is_not_taken_for_pythons(self, explain: Explain) -> None:
        text = text_of(explain("raise ValueError(\"invalid literal for int() with base 10: 'x'\")"))
        assert "`raise`" in text
        assert "digits" not in text


class TestNothingIsHidden:
    @pytest.mark.parametrize("base", ["", "Exception", "KeyError", "AttributeError", "SyntaxError", "ImportError"])
    def test_hostile_objects(self, play: Play, base: str) -> None:
        ends = [
            "raise Hostile()",
            "'a' + Hostile()",
            "Hostile()()",
            "Hostile()[0]",
            "Hostile().x",
            "for x in Hostile(): pass",
            "{Hostile(): 1}['a']",
            "a = Hostile()\n1 / (a if 0 else 0)",
            "len(Hostile())",
            "{}[Hostile()]",
        ]
        for run in play(*(f"{HOSTILE.format(base=f'({base})')}\n{end}\n" for end in ends)):
            assert run.report["outcome"] in {"error", "exit"}
            assert run.report["outcome"] == "exit" or 'File "main.py"' in run.error["traceback"]

    @pytest.mark.parametrize(
        "patch",
        [
            "vars(builtins).update(dict.fromkeys(vars(builtins)))",
            "vars(builtins).clear()",
            "builtins.isinstance = lambda *a: True",
            "builtins.type = builtins.dict = builtins.len = builtins.issubclass = None",
            "sys.setrecursionlimit(30)",
            "def trace(*a): raise SystemExit\nsys.settrace(trace)",
            "sys.modules.clear()",
            "sys.meta_path.clear()",
            "import ast\nast.walk = ast.parse = None",
        ],
    )
    def test_patched_interpreter(self, play_one: PlayOne, patch: str) -> None:
        run = play_one(f"import builtins, sys\nnumbers = [1, 2]\n{patch}\nnumbers[5]\n")
        assert run.error["type"] == "IndexError"
        assert "numbers[5]" in run.error["traceback"]

    def test_patched_builtins_do_not_change_the_words(self, play_one: PlayOne) -> None:
        run = play_one(
            "import builtins\nnumbers = [1, 2]\nbuiltins.len = lambda x: 99\nbuiltins.repr = None\nnumbers[5]"
        )
        assert "`numbers` has 2 items" in run.error["explanation"]["text"]

    def test_rule_that_fails(self, explain: Explain, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(failure: object) -> str:
            raise SystemExit

        monkeypatch.setattr("frontend.static.python.explanations.lookup_errors.RULES", (broken,))
        report = explain("[1][5]")
        assert report["explanation"] is None
        assert "IndexError" in report["traceback"]

    def test_deep_recursion(self, explain: Explain) -> None:
        text = text_of(explain("def count(n):\n    return count(n + 1)\ncount(0)"))
        assert "function `count` called itself" in text

    def test_source_of_an_enormous_program(self, explain: Explain) -> None:
        report = explain("x = 0\n" + "x += 0\n" * 50_000 + "1 / x\n")
        assert report["line"] == 50_002

    def test_source_that_changed_its_name(self, explain: Explain) -> None:
        program = "exec(compile('1 / 0', __file__ if 0 else 'made up', 'exec'))"
        assert explain(program)["traceback"]

    def test_text_is_bounded(self, explain: Explain) -> None:
        names = ", ".join(f"'{'k' * 50}{n}': {n}" for n in range(500))
        assert len(text_of(explain(f"d = {{{names}}}\nd['{'z' * 5000}']"))) < 1_000
