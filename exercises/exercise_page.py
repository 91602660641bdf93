"""What the page of an exercise gets of it."""

from __future__ import annotations

import base64
from typing import Any

from exercises.models import Exercise, ExerciseFile, ExerciseVersion
from exercises.representation import as_json
from exercises.versions import as_spec

Part = ExerciseFile.Part


def page_config(exercise: Exercise, version: ExerciseVersion) -> dict[str, Any]:
    """What the page's script has of this version of the exercise, the same for a student and a teacher.

    - `exercise`: `id`, `version` (its number), `title` and `entry`
    - `starter`: the files to begin with, each `path` and `text` or `base64`
    - `tests`: exercises.representation of each test that is not hidden, with its `id` and `number`
    - `hints_count`; the hints themselves are asked for one by one

    What these tests expect is in the page, as the page compares: a student who looks there finds it, for those that are
    shown after they pass, too. Of hidden tests and the reference there is nothing.
    """
    files = list(version.files.for_students())
    return {
        "exercise": {
            "id": str(exercise.pk),
            "version": version.number,
            "title": exercise.title,
            "entry": version.entry,
        },
        "starter": [file_json(file.path, bytes(file.content)) for file in files if file.part == Part.STARTER],
        "tests": _tests(version, files),
        "hints_count": len(version.hints),
    }


def file_json(path: str, content: bytes) -> dict[str, str]:
    """`path`, and `text` where an editor can show it, else `base64`."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = "\0"
    kind = {"base64": base64.b64encode(content).decode()} if "\0" in text else {"text": text}
    return {"path": path, **kind}


def _tests(version: ExerciseVersion, files: list[ExerciseFile]) -> list[dict[str, Any]]:
    test_files = {file.path: bytes(file.content) for file in files if file.part == Part.TESTS}
    tests = version.tests.for_students()
    return [{"id": str(test.pk), "number": test.number, **as_json(as_spec(test), test_files)} for test in tests]
