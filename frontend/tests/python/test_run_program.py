from __future__ import annotations

from collections.abc import Callable

import pytest

from frontend.tests.python.conftest import Played

Play = Callable[..., list[Played]]
PlayOne = Callable[..., Played]


class TestOutcome:
    def test_program_that_ends(self, play_one: PlayOne) -> None:
        run = play_one("print('Åsa', end='')\nimport sys; print('odd', file=sys.stderr)")
        assert run.report == {"outcome": "ok"}
        assert (run.out, run.err) == ("Åsa", "odd\n")

    @pytest.mark.parametrize(
        ("call", "code"),
        [("sys.exit()", 0), ("sys.exit(0)", 0), ("sys.exit(3)", 3), ("exit(2)", 2), ("raise SystemExit(4)", 4)],
    )
    def test_exit(self, play_one: PlayOne, call: str, code: int) -> None:
        assert play_one(f"import sys\n{call}\nprint(1)").report == {"outcome": "exit", "code": code}

    def test_exit_with_a_sentence(self, play_one: PlayOne) -> None:
        run = play_one("import sys\nsys.exit('no such town')")
        assert run.report == {"outcome": "exit", "code": 1}
        assert run.err == "no such town\n"

    def test_error(self, play_one: PlayOne) -> None:
        run = play_one("print('before')\n1 / 0")
        assert run.report["outcome"] == "error"
        assert (run.error["type"], run.error["file"], run.error["line"]) == ("ZeroDivisionError", "main.py", 2)
        assert run.err == run.error["traceback"]
        assert run.out == "before\n"

    def test_error_of_the_base_kind(self, play_one: PlayOne) -> None:
        run = play_one("class Odd(BaseException): pass\nraise Odd('x')")
        assert (run.report["outcome"], run.error["type"]) == ("error", "Odd")

    def test_interrupt_of_its_own_is_an_error(self, play_one: PlayOne) -> None:
        assert play_one("raise KeyboardInterrupt").error["type"] == "KeyboardInterrupt"
        assert play_one("input()", answers=("interrupt",)).error["type"] == "KeyboardInterrupt"

    def test_stop(self, play_one: PlayOne) -> None:
        assert play_one("input()", answers=("stop",)).report == {"outcome": "stopped"}
        assert play_one("import time; time.sleep(9)", answers=("stop",)).report == {"outcome": "stopped"}

    def test_syntax_error(self, play_one: PlayOne) -> None:
        run = play_one("x = 1\nif x\n    pass")
        assert (run.error["type"], run.error["line"]) == ("SyntaxError", 2)
        assert "Traceback" not in run.error["traceback"]

    def test_bytes_that_are_no_text(self, play_one: PlayOne) -> None:
        assert play_one({"main.py": b"print('\xff')"}).error["type"] == "SyntaxError"
        assert play_one({"main.py": b"a = 1\0"}).error["type"] in {"SyntaxError", "ValueError"}

    def test_missing_entry(self, play_one: PlayOne) -> None:
        run = play_one({"other.py": ""})
        assert run.error["message"] == "There is no file named main.py to run."

    def test_program_that_closes_its_output(self, play_one: PlayOne) -> None:
        run = play_one("import sys\nsys.stdout.close()\n1 / 0")
        assert run.error["type"] == "ZeroDivisionError"
        assert "ZeroDivisionError" in run.err

    def test_error_that_cannot_be_shown(self, play_one: PlayOne) -> None:
        program = "class Odd(Exception):\n    def __str__(self): raise ValueError\nraise Odd"
        assert play_one(program).error["message"] == "<Odd whose text cannot be shown>"

    def test_text_that_cannot_be_encoded(self, play_one: PlayOne) -> None:
        run = play_one("print('\\ud800')\nraise ValueError('\\ud800')")
        assert run.out == "\\ud800\n"
        assert run.report["outcome"] == "error"


class TestInput:
    def test_prompt_and_answer(self, play_one: PlayOne) -> None:
        run = play_one("name = input('Name? ')\nprint(name)", answers=("Åda",))
        assert run.out == "Name? Åda\n"

    def test_end_of_input(self, play_one: PlayOne) -> None:
        assert play_one("input()", answers=(None,)).error["type"] == "EOFError"
        assert play_one("import sys\nprint(sys.stdin.read())", answers=("a", "b", None)).out == "a\nb\n\n"

    def test_prepared_input_answers_first(self, play_one: PlayOne) -> None:
        run = play_one("print(input(), input(), input())\ninput()", prepared="one\ntwo", answers=("typed", None))
        assert run.out == "one two typed\n"
        assert run.typed == ["one\n", "two\n"]
        assert run.error["type"] == "EOFError"

    def test_password_is_typed_unseen(self, play_one: PlayOne) -> None:
        run = play_one(
            "from getpass import getpass\nprint(getpass(), getpass('PIN? '), input())", answers=("a", "b", "c")
        )
        assert run.out == "Password: PIN? a b c\n"
        assert run.hidden == [True, True, False]


class TestSleep:
    def test_waits_by_the_host(self, play_one: PlayOne) -> None:
        assert play_one("import time\ntime.sleep(0.5)\ntime.sleep(2)").slept == [0.5, 2.0]

    @pytest.mark.parametrize(
        ("value", "error"), [("-1", "ValueError"), ("'1'", "TypeError"), ("float('nan')", "ValueError")]
    )
    def test_refuses_what_python_refuses(self, play_one: PlayOne, value: str, error: str) -> None:
        assert play_one(f"import time\ntime.sleep({value})").error["type"] == error


class TestNextRun:
    def test_globals_and_modules_are_fresh(self, play: Play) -> None:
        first = {"main.py": "import own\nown.value = 2\nsecret = 1\nprint(own.value)", "own.py": "value = 1"}
        second = {"main.py": "import own\nprint(own.value, 'secret' in globals())", "own.py": "value = 3"}
        assert play(first, second)[1].out == "3 False\n"

    def test_changes_to_the_interpreter_are_undone(self, play: Play) -> None:
        first = """
import builtins, decimal, os, random, sys, warnings
builtins.print = None; builtins.extra = 1
os.environ["STUDENT"] = "1"; sys.path.append("/nowhere"); sys.setrecursionlimit(99999)
sys.settrace(lambda *_: None); decimal.getcontext().prec = 3; sys.excepthook = None
sys.meta_path.clear(); random.seed(1); os.chdir("/"); warnings.simplefilter("error")
"""
        second = """
import decimal, os, sys
print("extra" in dir(__builtins__), os.environ.get("STUDENT"), "/nowhere" in sys.path)
print(sys.getrecursionlimit() < 99999, sys.gettrace(), decimal.getcontext().prec, os.path.basename(os.getcwd()))
"""
        run = play(first, second)[1]
        assert run.out == "False None False\nTrue None 28 project\n"

    def test_a_folder_without_init_is_fresh_too(self, play: Play) -> None:
        first = {"main.py": "import tools.own\nprint(tools.own.value)", "tools/own.py": "value = 1"}
        second = {"main.py": "import tools\nprint(tools.__file__[-8:], hasattr(tools, 'own'))", "tools.py": ""}
        assert [run.out for run in play(first, second)] == ["1\n", "tools.py False\n"]

    def test_files_of_the_last_run_are_gone(self, play: Play) -> None:
        runs = play("open('left.txt', 'w').write('x')", "import os\nprint(os.listdir())")
        assert runs[1].out == "['main.py']\n"

    def test_random_numbers_differ(self, play: Play) -> None:
        program = "import random\nprint(random.random())"
        first, second = play(f"import random\nrandom.seed(1)\n{program}", program)
        assert first.out != second.out

    def test_it_runs_after_an_error(self, play: Play) -> None:
        runs = play("import sys\nsys.stdout = None\n1 / 0", "print('again')")
        assert [run.report["outcome"] for run in runs] == ["error", "ok"]
        assert runs[1].out == "again\n"


class TestModules:
    def test_main_is_main(self, play_one: PlayOne) -> None:
        assert play_one("print(__name__, __import__('__main__').__file__[-7:])").out == "__main__ main.py\n"

    def test_error_in_a_module_of_the_project(self, play_one: PlayOne) -> None:
        run = play_one(
            {"main.py": "import tools.deep\n", "tools/deep.py": "x = 1\nx.nothing\n", "tools/__init__.py": ""}
        )
        assert (run.error["file"], run.error["line"]) == ("tools/deep.py", 2)

    def test_package_that_hides_from_the_scan(self, play_one: PlayOne) -> None:
        run = play_one("print(__import__('hidden_' + 'one').loaded)", package_of={"hidden_one": "hidden_one"})
        assert run.loaded == [["hidden_one"]]
        assert run.out == "True\n"


class TestFiles:
    def test_changes_are_returned(self, play_one: PlayOne) -> None:
        program = (
            "import os\nopen('new/../made.txt', 'w') if 0 else open('made.txt', 'w').write('x')\nos.remove('old.txt')"
        )
        run = play_one({"main.py": program, "old.txt": "o", "same.txt": "s"})
        assert (run.written, run.deleted, run.skipped) == ({"made.txt": "x"}, ["old.txt"], {})

    def test_changes_are_returned_after_an_error(self, play_one: PlayOne) -> None:
        assert play_one("open('made.txt', 'w').write('x')\n1 / 0").written == {"made.txt": "x"}
