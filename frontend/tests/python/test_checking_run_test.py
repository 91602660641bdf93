from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Files = dict[str, str] | str
Check = tuple[Files, dict[str, Any]]
Observe = Callable[..., list[dict[str, Any]]]
ROOT = Path(__file__).resolve().parents[3]

IO: dict[str, Any] = {"kind": "io", "input": "", "files": {}}
CALL: dict[str, Any] = {"kind": "call", "input": "", "files": {}, "setup": "", "leaves": []}


@pytest.fixture
def observe(tmp_path: Path) -> Observe:
    """What is seen of programs, each under its test, one after the other in one interpreter."""

    def observer(*checks: Check) -> list[dict[str, Any]]:
        script = {"root": str(tmp_path / "project"), "checks": [[encoded(files), test] for files, test in checks]}
        path = tmp_path / "script.json"
        path.write_text(json.dumps(script))
        command = [sys.executable, "-m", "frontend.tests.python.check_player", str(path)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60)
        assert done.returncode == 0, done.stderr.decode()
        seen: list[dict[str, Any]] = json.loads((tmp_path / "observations.json").read_text())
        return seen

    return observer


def encoded(files: Files) -> dict[str, str]:
    contents = {"main.py": files} if isinstance(files, str) else files
    return {path: base64.b64encode(text.encode()).decode() for path, text in contents.items()}


class TestIo:
    def test_prints_without_the_prompts(self, observe: Observe) -> None:
        program = "name = input('Name? ')\nprint('Hello', name)\nprint(input(), end='')"
        (seen,) = observe((program, IO | {"input": "Åsa\n7"}))
        assert seen == {"timedOut": False, "error": None, "stdout": "Hello Åsa\n7", "worn": False}

    def test_other_ways_to_read(self, observe: Observe) -> None:
        program = "import sys, getpass\nprint(getpass.getpass(), sys.stdin.readline().strip(), sys.stdin.read())"
        assert observe((program, IO | {"input": "one\ntwo\nthree"}))[0]["stdout"] == "one two three\n\n"

    def test_input_asked_too_often(self, observe: Observe) -> None:
        (seen,) = observe(("print(input())\ninput()", IO | {"input": "one"}))
        assert seen["error"] == {"type": "EOFError", "message": "EOF when reading a line", "line": 2}
        assert seen["stdout"] == "one\n"

    def test_errors(self, observe: Observe) -> None:
        programs = {"1 / 0": "ZeroDivisionError", "x = (": "SyntaxError", "raise BaseException": "BaseException"}
        seen = observe(*((program, IO) for program in programs))
        assert [one["error"]["type"] for one in seen] == list(programs.values())
        assert [one["error"]["line"] for one in seen] == [1, 1, 1]
        (missing,) = observe(({"other.py": ""}, IO))
        assert missing["error"]["message"] == "There is no file named main.py to run."

    def test_line_of_another_file_is_none_of_ours(self, observe: Observe) -> None:
        (seen,) = observe(({"main.py": "import helper", "helper.py": "\n\n1 / 0"}, IO))
        assert seen["error"]["line"] is None

    def test_exit_is_an_end_like_others(self, observe: Observe) -> None:
        (seen,) = observe(("import sys\nprint(1)\nsys.exit('no')\nprint(2)", IO))
        assert (seen["error"], seen["stdout"]) == (None, "1\n")

    def test_files_of_the_test_replace_those_of_the_program(self, observe: Observe) -> None:
        files = {"main.py": "print(open('a.txt').read(), open('b.txt').read())", "a.txt": "mine", "b.txt": "kept"}
        assert observe((files, IO | {"files": {"a.txt": "test's"}}))[0]["stdout"] == "test's kept\n"

    def test_output_of_a_program_that_redirects_it(self, observe: Observe) -> None:
        program = "import io, sys\nprint('seen', end='')\nsys.stdout = io.StringIO()\nprint('not')"
        closed = "import sys\nprint('seen')\nsys.stdout.close()"
        odd = "import sys\nprint('seen')\nclass Odd:\n  def flush(self): raise SystemExit\nsys.stdout = Odd()"
        assert [seen["stdout"].strip() for seen in observe((program, IO), (closed, IO), (odd, IO))] == ["seen"] * 3


class TestFile:
    def test_content(self, observe: Observe) -> None:
        test = {"kind": "file", "input": "", "files": {}, "path": "out.txt"}
        written = "open('out.txt', 'w').write('Åsa')"
        left_open = "file = open('out.txt', 'w')\nfile.write('late')"
        binary = "open('out.txt', 'wb').write(b'\\xff')"
        seen = observe(
            *((program, test) for program in (written, left_open, binary, "", "import os; os.mkdir('out.txt')"))
        )
        assert [one["content"] for one in seen] == ["Åsa", "late", None, None, None]


class TestCall:
    def test_value_and_what_it_prints(self, observe: Observe) -> None:
        program = "print('at the start', input())\ndef area(a, b):\n    print('area', input())\n    return a * b"
        (seen,) = observe((program, CALL | {"call": "area(3, 4)", "input": "one\ntwo"}))
        assert (seen["returned"], seen["stdout"]) == (["int", "12"], "area two\n")
        assert (seen["raised"], seen["error"]) == (None, None)

    def test_what_it_raises(self, observe: Observe) -> None:
        program = "import sys\ndef first(items):\n    return items[0]\ndef leave():\n    sys.exit(3)"
        seen = observe((program, CALL | {"call": "first([])"}), (program, CALL | {"call": "leave()"}))
        assert seen[0]["raised"] == {"type": "IndexError", "message": "list index out of range"}
        assert seen[1]["raised"] == {"type": "SystemExit", "message": "3"}
        assert [one["returned"] for one in seen] == [None, None]

    def test_what_it_leaves(self, observe: Observe) -> None:
        program = "def arrange(numbers):\n    numbers.sort()"
        test = CALL | {"setup": "numbers = [3, 1]", "call": "arrange(numbers)", "leaves": ["numbers", "gone"]}
        (seen,) = observe((program, test))
        assert seen["leaves"] == {"numbers": ["list", [["int", "1"], ["int", "3"]]]}

    def test_program_that_fails_before_the_call(self, observe: Observe) -> None:
        seen = observe(("1 / 0", CALL | {"call": "1"}), ("", CALL | {"setup": "gone", "call": "1"}))
        assert [one["error"]["type"] for one in seen] == ["ZeroDivisionError", "NameError"]
        assert [one["returned"] for one in seen] == [None, None]

    def test_program_that_ends_itself_before_the_call(self, observe: Observe) -> None:
        assert observe(("def two(): return 2\nexit()", CALL | {"call": "two()"}))[0]["returned"] == ["int", "2"]

    def test_objects_that_do_as_they_please(self, observe: Observe) -> None:
        program = "class Odd:\n    def __repr__(self): raise SystemExit\n    __eq__ = lambda self, other: True"
        (seen,) = observe((program, CALL | {"call": "Odd()"}))
        assert seen["returned"][:2] == ["other", "Odd"]


class TestStructure:
    def test_is_read_and_not_run(self, observe: Observe) -> None:
        test = {"kind": "structure"}
        seen = observe(("for i in range(3):\n    1 / 0", test), ("for", test), ({"other.py": ""}, test))
        assert "for" in seen[0]["uses"]
        assert seen[1]["syntaxError"]["line"] == 1
        assert seen[2]["syntaxError"]["message"] == "There is no file named main.py."


class TestUnittest:
    SOURCE = """
import unittest
from main import area

class TestArea(unittest.TestCase):
    def test_right(self): self.assertEqual(area(3, 4), 12)
    def test_wrong(self): self.assertEqual(area(3, 4), 13)
    def test_broken(self): area(1)
    def test_many(self):
        for number in (12, 13, 14):
            with self.subTest(number): self.assertEqual(area(3, 4), number)
"""

    def test_each_method(self, observe: Observe) -> None:
        test = {"kind": "unittest", "path": "test_area.py", "source": self.SOURCE}
        (seen,) = observe(("def area(a, b): return a * b", test))
        results = {result["name"]: (result["outcome"], result["message"]) for result in seen["results"]}
        assert results["TestArea.test_right"] == ("passed", "")
        assert results["TestArea.test_wrong"] == ("failed", "12 != 13")
        assert results["TestArea.test_broken"][0] == "error"
        assert results["TestArea.test_many"] == ("failed", "12 != 13")

    def test_program_that_cannot_be_imported(self, observe: Observe) -> None:
        test = {"kind": "unittest", "path": "test_area.py", "source": self.SOURCE}
        (seen,) = observe(("1 / 0", test))
        assert (seen["error"]["type"], seen["results"]) == ("ZeroDivisionError", [])

    def test_file_of_the_program_named_unittest(self, observe: Observe) -> None:
        test = {"kind": "unittest", "path": "test_area.py", "source": self.SOURCE}
        (seen,) = observe(({"main.py": "def area(a, b): return 12", "difflib.py": "1 / 0"}, test))
        assert seen["error"] is None


class TestOneAfterTheOther:
    @pytest.mark.parametrize(
        "program",
        [
            "import builtins, json, ast\nbuiltins.print = builtins.len = builtins.open = None\nbuiltins.str = int",
            "import sys\nsys.setrecursionlimit(60)\nsys.settrace(lambda *seen: None)\nsys.stdin = sys.stdout = None",
            "import sys\nsys.modules['__main__'] = None\nsys.path.clear()\nsys.argv = None",
            "import atexit\natexit.register(print, 'left behind')\nimport os\nos.environ['SEEN'] = 'x'",
            "open('left.txt', 'w').write('x')\nimport builtins\nbuiltins.input = lambda *a: 'mine'",
        ],
    )
    def test_next_test_begins_afresh(self, observe: Observe, program: str) -> None:
        after = "import os\nprint(input(), len(os.listdir()), os.environ.get('SEEN'))"
        _, seen = observe((program, IO), (after, IO | {"input": "typed"}))
        assert (seen["error"], seen["stdout"]) == (None, "typed 1 None\n")

    def test_program_that_alters_the_library_wears_its_interpreter_out(self, observe: Observe) -> None:
        seen = observe(("import json\njson.dumps = None\nimport ast\nast.parse = None", IO))
        assert seen[0]["worn"] is True
        assert seen[0]["error"] is None
