"""The exercises that come with the site: each is complete, solvable, and not to be had by writing down the answers."""

from __future__ import annotations

import ast
import base64
import builtins
import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from exercises.folder_format import read_folder, write
from exercises.library import exercise_folders
from exercises.representation import as_json
from exercises.specs import TOPICS, CallSpec, ExerciseFolder, FileSpec, IoSpec
from exercises.tests.cheats import hard_coded
from frontend.static.python.checking.structure import read_structure

ROOT = Path(__file__).resolve().parents[2]
EXERCISES = {path.name: read_folder(path) for path in exercise_folders()}
# Their programs import what plain CPython does not have here: only the sandbox can run them.
NEEDS_PACKAGES = {"bar-chart", "big-cities", "club-averages", "warmest-month"}
PLAYED = sorted(EXERCISES.keys() - NEEDS_PACKAGES)

Verdicts = dict[str, list[dict[str, Any]]]


def imports_packages(exercise: ExerciseFolder) -> bool:
    uses = read_structure(exercise.reference[exercise.entry].decode())["uses"]
    modules = {name.removeprefix("import:").split(".")[0] for name in uses if name.startswith("import:")}
    return bool(modules & {"pandas", "numpy", "matplotlib"})


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Verdicts]:
    """How the reference, the starter and the hard-coded answers fare, by exercise and in the order of its tests."""
    folder = tmp_path_factory.mktemp("library")
    programs = [(way, slug) for slug in PLAYED for way in ("reference", "starter", "cheat")]
    jobs = [job(EXERCISES[slug], way) for way, slug in programs]
    (folder / "jobs.json").write_text(json.dumps(jobs))
    run(sys.executable, "-m", "exercises.tests.player", folder / "jobs.json", folder / "observations.json")
    seen = json.loads((folder / "observations.json").read_text())
    pairs = [pair for job_, rows in zip(jobs, seen, strict=True) for pair in zip(job_["tests"], rows, strict=True)]
    (folder / "pairs.json").write_text(json.dumps(pairs))
    run("node", "exercises/tests/judge.mjs", folder / "pairs.json", folder / "verdicts.json")
    judged = iter(json.loads((folder / "verdicts.json").read_text()))
    ways: dict[str, Verdicts] = {"reference": {}, "starter": {}, "cheat": {}}
    for (way, slug), job_ in zip(programs, jobs, strict=True):
        ways[way][slug] = [next(judged) for _ in job_["tests"]]
    return ways


def run(*command: object) -> None:
    done = subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, timeout=100)
    assert done.returncode == 0, done.stderr.decode()


def job(exercise: ExerciseFolder, way: str) -> dict[str, Any]:
    files = exercise.solution() if way == "reference" else dict(exercise.starter)
    if way == "cheat":
        files[exercise.entry] = hard_coded(exercise).encode()
    return {
        "files": {path: base64.b64encode(content).decode() for path, content in files.items()},
        "entry": exercise.entry,
        "tests": [as_json(spec, exercise.test_files) for spec in exercise.tests],
    }


class TestPlayed:
    @pytest.mark.parametrize("slug", PLAYED)
    def test_the_reference_passes_every_test(self, slug: str, verdicts: dict[str, Verdicts]) -> None:
        for spec, verdict in zip(EXERCISES[slug].tests, verdicts["reference"][slug], strict=True):
            assert verdict["outcome"] == "passed", f"{spec.name}: {verdict['detail']}"

    @pytest.mark.parametrize("slug", PLAYED)
    def test_the_starter_fails_a_visible_test(self, slug: str, verdicts: dict[str, Verdicts]) -> None:
        pairs = zip(EXERCISES[slug].tests, verdicts["starter"][slug], strict=True)
        assert any(verdict["outcome"] != "passed" for spec, verdict in pairs if spec.visibility == "visible")

    @pytest.mark.parametrize("slug", PLAYED)
    def test_written_down_answers_fail_a_hidden_test(self, slug: str, verdicts: dict[str, Verdicts]) -> None:
        pairs = zip(EXERCISES[slug].tests, verdicts["cheat"][slug], strict=True)
        assert any(verdict["outcome"] != "passed" for spec, verdict in pairs if spec.visibility == "hidden")

    def test_written_down_answers_are_worth_trying(self, verdicts: dict[str, Verdicts]) -> None:
        """Or the test above would be passed by a cheat that never works."""
        fooled = [
            slug
            for slug in PLAYED
            if all(
                verdict["outcome"] == "passed"
                for spec, verdict in zip(EXERCISES[slug].tests, verdicts["cheat"][slug], strict=True)
                if spec.visibility != "hidden" and isinstance(spec, IoSpec)
            )
            and any(isinstance(spec, IoSpec) for spec in EXERCISES[slug].tests)
        ]
        assert len(fooled) >= 20


class TestTheSet:
    def test_every_topic_has_at_least_four_from_easy_to_hard(self) -> None:
        assert {exercise.topic for exercise in EXERCISES.values()} == set(TOPICS)
        for topic in TOPICS:
            levels = [exercise.difficulty for exercise in EXERCISES.values() if exercise.topic == topic]
            assert len(levels) >= 4, topic
            assert set(levels) == {1, 2, 3}, topic
        assert len(EXERCISES) >= 48

    def test_each_stands_in_the_folder_of_its_topic_under_a_name_of_its_own(self) -> None:
        folders = exercise_folders()
        assert len({path.name for path in folders}) == len(folders)
        assert len({exercise.title for exercise in EXERCISES.values()}) == len(folders)
        for path in folders:
            assert EXERCISES[path.name].topic == path.parent.name, path.name

    def test_what_needs_packages_is_listed(self) -> None:
        assert {slug for slug, exercise in EXERCISES.items() if imports_packages(exercise)} == NEEDS_PACKAGES


@pytest.mark.parametrize("slug", sorted(EXERCISES))
class TestEach:
    def test_is_written_as_the_site_would_write_it(self, slug: str) -> None:
        folder = next(path for path in exercise_folders() if path.name == slug)
        for path, content in write(EXERCISES[slug]).items():
            assert (folder / path).read_bytes() == content, path

    def test_has_hints_and_feedback(self, slug: str) -> None:
        exercise = EXERCISES[slug]
        assert 2 <= len(exercise.hints) <= 4
        assert all(spec.feedback for spec in exercise.tests)

    def test_has_tests_for_students_and_for_marking(self, slug: str) -> None:
        tests = EXERCISES[slug].tests
        counts = Counter(spec.visibility for spec in tests)
        assert 4 <= len(tests) <= 8
        assert counts["visible"] and counts["hidden"]
        assert sum(spec.points for spec in tests) == 10
        assert len({spec.name for spec in tests}) == len(tests)

    def test_brings_the_data_that_its_tests_depend_on(self, slug: str) -> None:
        """A student's own copy may have changed: by hand, or by the program itself."""
        exercise = EXERCISES[slug]
        data = exercise.starter.keys() - {exercise.entry}
        for spec in exercise.tests:
            if isinstance(spec, IoSpec | CallSpec | FileSpec):
                assert data <= spec.files.keys(), spec.name

    def test_statement_names_every_function_that_is_called(self, slug: str) -> None:
        exercise = EXERCISES[slug]
        for spec in exercise.tests:
            if isinstance(spec, CallSpec):
                for name in called(spec) - known(exercise, spec):
                    assert f"{name}(" in exercise.statement or f"`{name}`" in exercise.statement, name


def called(spec: CallSpec) -> set[str]:
    tree = ast.parse(f"{spec.setup}\n{spec.call}")
    return {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}


def known(exercise: ExerciseFolder, spec: CallSpec) -> set[str]:
    """Names that need no word: Python's own, those of the test, and what the student is given."""
    names = set(vars(builtins))
    given = exercise.starter[exercise.entry].decode()
    asked = {name for name in called(spec) if f"def {name}(" in given and f"def {name}(" in exercise.statement}
    for node in ast.walk(ast.parse(spec.setup)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, ast.arg):
            names.add(node.arg)
        elif isinstance(node, ast.ClassDef | ast.FunctionDef):
            names.add(node.name)
    return names | asked
