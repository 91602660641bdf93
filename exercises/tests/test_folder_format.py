"""Exercises as folders: what is read from them, and that what is wrong is told in a sentence."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from exercises.folder_format import group_folders, parse, read_folder, write
from exercises.format_error import ExerciseFormatError
from exercises.specs import CallSpec, ExerciseFolder, FileSpec, IoSpec, StructureSpec, UnittestSpec

HEAD = 'title = "Times table"\ntopic = "loops"\ndifficulty = 1\n'
IO = '[[tests]]\nkind = "io"\nname = "Seven"\nexpected = "7"\n'
CALL = '[[tests]]\nkind = "call"\nname = "Area"\ncall = "area(3, 4)"\n'


def files(toml: str = HEAD + IO, **others: str | bytes) -> dict[str, bytes]:
    """The files of an exercise; in the names of `others` stands `__` for `/` and `_py` for `.py`."""
    texts: dict[str, str | bytes] = {
        "exercise.toml": toml,
        "statement.md": "# Times table\n",
        "starter/main.py": "# yours\n",
        "reference/main.py": "print(7)\n",
    }
    texts |= {name.replace("__", "/").replace("_py", ".py"): text for name, text in others.items()}
    return {path: text.encode() if isinstance(text, str) else text for path, text in texts.items()}


def problem(toml: str = HEAD + IO, **others: str | bytes) -> str:
    with pytest.raises(ExerciseFormatError) as caught:
        parse("times-table", files(toml, **others))
    return str(caught.value)


class TestReading:
    def test_the_example_of_the_documentation(self) -> None:
        text = Path("docs/exercise-format.md").read_text()
        example = text.split("```toml\n")[1].split("```")[0]
        exercise = parse("times-table", files(example))
        assert (exercise.slug, exercise.title, exercise.difficulty) == ("times-table", "Times table", 1)
        assert exercise.hints == ("A for loop over range(1, 11) counts from 1 to 10.",)
        assert exercise.tests == (
            IoSpec(
                name="The table of seven",
                points=2,
                input="7",
                expected="7 14 21 28 35 42 49 56 63 70",
                compare="words",
                feedback="Print the ten numbers, from 1 times 7 to 10 times 7.",
            ),
        )

    def test_every_kind_with_every_key(self) -> None:
        assert parse("all-kinds", write(ALL_KINDS)) == ALL_KINDS

    def test_solution_is_the_starter_with_the_reference_over_it(self) -> None:
        exercise = parse("a", files(starter__data="1", starter__more_py="2", reference__more_py="3"))
        assert exercise.solution() == {"main.py": b"print(7)\n", "data": b"1", "more.py": b"3"}

    def test_what_editors_and_systems_add_is_left_out(self) -> None:
        extra = {".DS_Store": b"\xff", "starter/.idea/x": b"", "reference/__pycache__/main.pyc": b""}
        assert parse("a", {**files(), **extra}) == parse("a", files())

    def test_windows_line_ends_and_byte_order_marks(self) -> None:
        toml = (HEAD + IO).replace("\n", "\r\n").encode("utf-8-sig")
        assert parse("a", files() | {"exercise.toml": toml, "statement.md": b"\xef\xbb\xbfA\r\n"}).statement == "A\n"

    def test_a_folder_on_disk(self, tmp_path: Path) -> None:
        folder = tmp_path / "all-kinds"
        for path, content in write(ALL_KINDS).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        assert read_folder(folder) == ALL_KINDS
        (folder / "starter" / "link").symlink_to("/etc/passwd")
        with pytest.raises(ExerciseFormatError, match="starter/link: put the file itself"):
            read_folder(folder)

    def test_exercises_of_an_archive_are_told_apart(self) -> None:
        archive = {
            "all/a/exercise.toml": b"1",
            "all/a/starter/exercise.toml": b"2",
            "all/b-c/exercise.toml": b"3",
            "all/read.me": b"4",
        }
        assert group_folders(archive) == {
            "all/a": {"exercise.toml": b"1", "starter/exercise.toml": b"2"},
            "all/b-c": {"exercise.toml": b"3"},
        }
        assert group_folders({"exercise.toml": b"", "starter/main.py": b""}) == {
            "": {"exercise.toml": b"", "starter/main.py": b""}
        }


ALL_KINDS = ExerciseFolder(
    slug="all-kinds",
    title='All "kinds"',
    topic="data",
    difficulty=3,
    tags=("one", "zwei", "数"),
    hints=("A first hint.", 'x = """ \\ \''),
    entry="program.py",
    statement="# All\n\nOf them.\n",
    starter={"program.py": b"", "data/points.csv": b"\xff\x00"},
    reference={"program.py": b"print(1)\n"},
    test_files={"test_main.py": b"class T:\n  def test_a(self): pass\n"},
    tests=(
        IoSpec(
            name="Io",
            points=0,
            visibility="after-pass",
            feedback="Look.",
            time_limit_s=60,
            input="1\r\n2\n\n",
            files={"a b/names.txt": "Ada\n\tBen\x7f"},
            expected='one\n""""two"""\n\\n"\n',
            compare="numbers",
            tolerance=0.5,
        ),
        CallSpec(
            name="Call",
            visibility="hidden",
            call='area(3, "a")',
            setup="numbers = [1]\nother = 2",
            input="x",
            files={"f": ""},
            returns="{'a': [1, 2.5, None, (True, b'x', {1})]}",
            prints="a+",
            compare="regex",
            leaves={"numbers": "[1, 2, 3]"},
            tolerance=1e-12,
        ),
        CallSpec(name="Raises", call="area()", raises="ValueError"),
        CallSpec(name="Nothing", call="area()", returns="None", prints=""),
        FileSpec(name="File", path="out.txt", expected="", compare="exact"),
        StructureSpec(name="How", must_use=("for", "call:math.sqrt"), must_not_use=("import:os.path", "f-string")),
        UnittestSpec(name="Unit", path="test_main.py"),
    ),
)


class TestWriting:
    def test_toml_that_people_like_to_read(self) -> None:
        test = IoSpec(name="Two", input="3\n4\n", expected='say "hi"', compare="words")
        text = write(replace(ALL_KINDS, tests=(test,), hints=("h" * 50, "i" * 50)))["exercise.toml"].decode()
        assert 'hints = [\n  "hhh' in text
        assert text.endswith(
            '\n[[tests]]\nkind = "io"\nname = "Two"\n'
            'input = """\n3\n4\n"""\nexpected = \'say "hi"\'\ncompare = "words"\n'
        )

    def test_what_forms_hold_is_checked_too(self) -> None:
        for wrong in ({"title": "a\nb"}, {"title": "half \ud800"}, {"slug": "No Slug"}, {"statement": "\ud800"}):
            with pytest.raises(ExerciseFormatError):
                write(replace(ALL_KINDS, **wrong))

    def test_any_text_survives(self) -> None:
        dice = random.Random(1)  # noqa: S311 - the same cases each time
        for _ in range(300):
            text = "".join(dice.choices("\"\\\n\r\t 'ab#=é\u2028🙂\x01\x7f[]{}", k=dice.randrange(30)))
            test = IoSpec(name="Any", input=text, expected=text[::-1], files={"f": text})
            exercise = replace(ALL_KINDS, tests=(test,))
            assert parse("all-kinds", write(exercise)) == exercise, repr(text)


class TestErrors:
    """Each says where, and what to do."""

    @pytest.mark.parametrize(
        ("toml", "sentence"),
        [
            ("title = ", "exercise.toml: correct what TOML cannot read: Invalid value (at end of document)"),
            (HEAD + "extra = 1", "exercise.toml, extra: this key is not known here; look for a slip, or leave it out"),
            (HEAD.replace("title", "titel"), "exercise.toml, title: this key is missing; add it"),
            (HEAD.replace('"Times table"', "7"), "exercise.toml, title: write text, in quotes"),
            (HEAD.replace("Times table", "  "), "exercise.toml, title: write one line of text"),
            (HEAD.replace("Times", "T" * 100), "exercise.toml, title: shorten this; 100 characters are the most"),
            (HEAD.replace("Times", "\\u0000"), "exercise.toml, title: leave out the character NUL"),
            (HEAD.replace('"loops"', '"knots"'), "exercise.toml, topic: choose one of variables, input-output,"),
            (HEAD.replace('"loops"', "[1]"), "exercise.toml, topic: choose one of"),
            (HEAD.replace("= 1", "= 4"), "exercise.toml, difficulty: write a whole number from 1 to 3"),
            (HEAD.replace("= 1", "= true"), "exercise.toml, difficulty: write a whole number from 1 to 3"),
            (HEAD.replace("= 1", "= 1.0"), "exercise.toml, difficulty: write a whole number from 1 to 3"),
            (HEAD.replace("= 1", "= 1979-05-27"), "exercise.toml, difficulty: write a whole number"),
            (HEAD.replace("= 1", "= " + "9" * 5000), "exercise.toml: it holds a number that is too long"),
            (HEAD + "hints = " + "[" * 5000, "exercise.toml: it holds a number that is too long, or brackets"),
            (HEAD + 'hints = "one"', "exercise.toml, hints: write a list of texts"),
            (HEAD + 'tags = ["a", 2]', "exercise.toml, tags: write a list of texts"),
            (HEAD + f"tags = {['a'] * 11}", "exercise.toml, tags: leave some out; 10 are the most"),
            (HEAD + 'entry = "../main.py"', "exercise.toml, entry: ../main.py: name the folder itself"),
            (HEAD + 'entry = "main.txt"', "exercise.toml, entry: name a file of Python"),
            (HEAD + 'entry = "other.py"', "starter/other.py: this file is missing; add it"),
            (HEAD + "tests = 3", "exercise.toml, tests: begin each with [[tests]] on a line of its own"),
            (HEAD + IO * 61, "exercise.toml, tests: leave some out; 60 are the most"),
            ("a" + ".a" * 5000 + "=1", "exercise.toml: a key has more than 100 parts; shorten it"),
        ],
    )
    def test_of_the_exercise(self, toml: str, sentence: str) -> None:
        assert problem(toml).startswith(sentence)

    @pytest.mark.parametrize(
        ("test", "sentence"),
        [
            (IO.replace('"io"', '"oi"'), "kind: choose one of io, call, file, structure, unittest"),
            (IO + 'inptu = "7"', "inptu: this key is not known here"),
            (IO + 'call = "f()"', "call: this key is not known here"),
            (IO.replace("expected", "points"), 'points: write a whole number from 0 to 100'),
            (IO.replace('expected = "7"', ""), "expected: this key is missing; add it"),
            (IO + "points = -1", "points: write a whole number from 0 to 100"),
            (IO + 'visibility = "secret"', "visibility: choose one of visible, after-pass, hidden"),
            (IO + "time_limit_s = 61", "time_limit_s: write a whole number from 1 to 60"),
            (IO + "tolerance = nan", "tolerance: write a number from 0 to 1000000, such as 0.01"),
            (IO + "tolerance = inf", "tolerance: write a number"),
            (IO + "tolerance = -0.1", "tolerance: write a number"),
            (IO + "tolerance = 1e999", "tolerance: write a number"),
            (IO + 'compare = "roughly"', "compare: choose one of exact, lines, words, numbers, contains, regex"),
            (IO.replace('"7"', '"(7"') + 'compare = "regex"', "expected: write a regular expression; this one cannot"),
            (IO.replace('"7"', '" "') + 'compare = "contains"', "expected: with contains, write what must be"),
            (IO + 'files = { "../x" = "1" }', "files: ../x: name the folder itself in place of . or .."),
            (IO + 'files = { "/x" = "1" }', "files: /x: name a file in this folder, without a /"),
            (IO + 'files = { "con" = "1" }', "files: con: its name is that of a device on Windows"),
            (IO + 'files = { a = "1", A = "2" }', "files: A: on many devices it is one with a; rename one of them"),
            (IO + 'files = { a = "1", "a/b" = "2" }', "files: a/b: a is a file, and here a folder"),
            (IO + "files = { a = 1 }", "files: write a table of texts"),
            (CALL, "returns: say what the call returns, or add prints, raises or leaves"),
            (CALL + "returns = 12", "returns: write text, in quotes"),
            (CALL + 'returns = "twelve"', "returns: write a Python literal"),
            (CALL + f'returns = "{"-" * 9000}1"', "returns: write a Python literal"),
            (CALL + f'returns = "{"[" * 150}{"]" * 150}"', "returns: write a smaller value"),
            (CALL + 'returns = "..."', "returns: write a smaller value"),
            (CALL + f'returns = "{"9" * 5000}"', "returns: write a Python literal"),
            (CALL + 'returns = "{[]: 1}"', "returns: write a Python literal"),
            (CALL + 'returns = "1"\nraises = "ValueError"', "returns: a call that raises returns nothing"),
            (CALL + 'raises = "a b"', "raises: write the name of one exception"),
            (CALL + 'leaves = { "a b" = "1" }', "leaves: a b cannot be a variable; name one that setup makes"),
            (CALL + 'leaves = { a = "b" }', "leaves: write a Python literal"),
            (CALL.replace("area(3, 4)", "area(3") + 'returns = "1"', "call: write an expression, such as area(3, 4)"),
            (CALL.replace("area(3, 4)", "x = 1") + 'returns = "1"', "call: write an expression"),
            (CALL + 'returns = "1"\nsetup = "x ="', "setup: write Python statements; Python cannot read this"),
            ('[[tests]]\nkind = "structure"\nname = "How"', "must_use: name what the program must use"),
            ('[[tests]]\nkind = "structure"\nname = "How"\nmust_use = ["goto"]', "must_use: goto is no construct"),
            ('[[tests]]\nkind = "structure"\nname = "How"\nmust_use = ["call:"]', "must_use: call: is no construct"),
            (
                '[[tests]]\nkind = "structure"\nname = "How"\nmust_use = ["for"]\nmust_not_use = ["for"]',
                "must_not_use: for is in must_use too",
            ),
            ('[[tests]]\nkind = "unittest"\nname = "U"\npath = "t.py"', "path: there is no file tests/t.py; add it"),
        ],
    )  # fmt: skip
    def test_of_a_test(self, test: str, sentence: str) -> None:
        assert problem(HEAD + IO + test).startswith(f"exercise.toml, test 2, {sentence}")

    @pytest.mark.parametrize(
        ("others", "sentence"),
        [
            ({"statement.md": b" \n"}, "statement.md: write what the student has to do"),
            ({"statement.md": b"\xff"}, "statement.md: save this file as text in UTF-8"),
            ({"statement.md": b"a" * 70_000}, "statement.md: shorten this file; 64 KB are the most"),
            ({"exercise.toml": b"\xff"}, "exercise.toml: save this file as text in UTF-8"),
            ({"starter/main.py": b"\xff"}, "starter/main.py: save this file as text in UTF-8"),
            ({"reference/main.py": b"\0"}, "reference/main.py: leave out the character NUL"),
            ({"solution.py": b""}, "solution.py: an exercise has no such file; move it into starter,"),
            ({"starter": b""}, "starter/a file: name a file in this folder"),
            ({"starter/../x": b""}, "starter/../x: name the folder itself in place of . or .."),
            ({"../x": b""}, "../x: an exercise has no such file"),
            ({"/etc/x": b""}, "/etc/x: an exercise has no such file"),
            ({"starter//x": b""}, "starter//x: name a file in this folder"),
            ({"starter/a\u202eb": b""}, "starter/a\ufffdb: its name holds an invisible character"),
            ({"starter/MAIN.PY": b""}, "starter/main.py: on many devices it is one with MAIN.PY"),
            ({f"starter/{n}": b"" for n in range(40)}, "starter: leave some files out; 30 are the most"),
            ({"starter/big": b"a" * 1_100_000}, "starter/big: shorten this file; 1024 KB are the most"),
            ({f"starter/{n}": b"a" * 900_000 for n in range(6)}, "the exercise: its files are larger than 5 MB"),
        ],
    )  # fmt: skip
    def test_of_the_files(self, others: Mapping[str, bytes], sentence: str) -> None:
        with pytest.raises(ExerciseFormatError) as caught:
            parse("a", {**files(), **others})
        assert str(caught.value).startswith(sentence)

    @pytest.mark.parametrize("missing", ["exercise.toml", "statement.md", "starter/main.py", "reference/main.py"])
    def test_of_a_file_that_is_missing(self, missing: str) -> None:
        with pytest.raises(ExerciseFormatError, match=f"{missing}: this file is missing; add it"):
            parse("a", {path: content for path, content in files().items() if path != missing})

    def test_of_a_unittest_file(self) -> None:
        test = '[[tests]]\nkind = "unittest"\nname = "U"\npath = "t.py"\n'
        assert problem(HEAD + test, tests__t_py="if") == (
            "tests/t.py: Python cannot read line 1 of this file; run it yourself and correct it"
        )
        assert problem(HEAD + test, tests__t_py="def test_a(): pass").startswith("tests/t.py: write a class derived")

    def test_of_a_unittest_file_that_is_too_long_to_read(self) -> None:
        test = '[[tests]]\nkind = "unittest"\nname = "U"\npath = "t.py"\n'
        assert problem(HEAD + test, tests__t_py="#" * 110_000) == "tests/t.py: shorten this file; 100 KB are the most"

    @pytest.mark.parametrize("pattern", [r"(?P<year>\d+)", r"(?i)hi", r"\Ahi\Z", r"\d\"", r"\e"])
    def test_of_a_regular_expression_that_only_python_takes(self, pattern: str) -> None:
        sentence = problem(HEAD + IO.replace('"7"', f"'{pattern}'") + 'compare = "regex"')
        assert "write a regular expression of JavaScript" in sentence

    @pytest.mark.parametrize("slug", ["", "Times", "a b", "-a", "a--b", "a/b", "é", "a" * 51, "..", "a\n"])
    def test_of_a_folder_s_name(self, slug: str) -> None:
        with pytest.raises(ExerciseFormatError, match="name the folder with small letters, digits and hyphens"):
            parse(slug, files())

    def test_where_stands_in_the_error_too(self) -> None:
        with pytest.raises(ExerciseFormatError) as caught:
            parse("a", files(HEAD + IO + CALL))
        error = caught.value
        assert (error.file, error.test, error.key) == ("exercise.toml", 2, "returns")

    @pytest.mark.parametrize(
        "pattern", [r"(?<year>\d+)\k<year>", r"\p{Lu}\u{1F600}", r"(?<=a+)b", r"\d+\/\d+", "[^a-z]"]
    )
    def test_regular_expressions_of_javascript_are_taken(self, pattern: str) -> None:
        toml = HEAD + IO.replace('"7"', f"'{pattern}'") + 'compare = "regex"'
        assert parse("a", files(toml)).tests

    def test_nothing_but_the_one_error_is_raised_whatever_the_bytes(self) -> None:
        dice = random.Random(2)  # noqa: S311 - the same cases each time
        good = write(ALL_KINDS)["exercise.toml"]
        for _ in range(300):
            broken = bytearray(good)
            for _ in range(dice.randrange(1, 6)):
                at = dice.randrange(len(broken))
                broken[at : at + dice.randrange(3)] = dice.randbytes(dice.randrange(4))
            try:
                parse("all-kinds", {**write(ALL_KINDS), "exercise.toml": bytes(broken)})
            except ExerciseFormatError as error:
                assert str(error)

    @pytest.mark.parametrize(
        "toml", ["a" + ".a" * 120_000 + "=1", 'x = "' + "." * 250_000 + '"', ("[" + "a." * 98 + "a]\n") * 1000]
    )
    def test_no_toml_takes_long(self, toml: str) -> None:
        started = time.process_time()
        problem(toml)
        assert time.process_time() - started < 3
