"""Programs that answer the visible tests of an exercise without solving it."""

from __future__ import annotations

import ast

from exercises.specs import CallSpec, ExerciseFolder, FileSpec, IoSpec

IO_CHEAT = """
lines = []
try:
    while True:
        lines.append(input())
except EOFError:
    pass
def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return None
for typed, files, path, answer in {answers!r}:
    if typed == lines and all(read(name) == text for name, text in files.items()):
        if path is None:
            print(answer)
        else:
            with open(path, "w", encoding="utf-8") as file:
                file.write(answer)
"""
CALL_CHEAT = """
def {name}(*args, **kwargs):
    if (args, kwargs) in seen:
        answer, prints = answers[seen.index((args, kwargs))]
        if prints:
            print(prints)
        return answer
seen, answers = [], []
def remember(*args, **kwargs):
    seen.append((args, kwargs))
"""


def hard_coded(exercise: ExerciseFolder) -> str:
    """A program that looks the expected answers up: by what is typed, what the files hold, how a function is called."""
    seen = [spec for spec in exercise.tests if spec.visibility != "hidden"]
    typed = [
        (_lines(spec.input), dict(spec.files), _path(spec), spec.expected)
        for spec in seen
        if isinstance(spec, IoSpec | FileSpec)
    ]
    program = IO_CHEAT.format(answers=typed) if typed else ""
    calls = [spec for spec in seen if isinstance(spec, CallSpec) and _function(spec.call)]
    for name in {_function(spec.call) for spec in calls}:
        program += CALL_CHEAT.format(name=name)
        for spec in calls:
            if _function(spec.call) == name:
                remembered = spec.call.replace(f"{name}(", "remember(", 1)
                program += f"{spec.setup}\n{remembered}\nanswers.append(({spec.returns}, {spec.prints!r}))\n"
    return program


def _lines(text: str) -> list[str]:
    return text.removesuffix("\n").split("\n") if text else []


def _path(spec: IoSpec | FileSpec) -> str | None:
    return spec.path if isinstance(spec, FileSpec) else None


def _function(call: str) -> str | None:
    """The name of the function that is called, when the expression is nothing but that call."""
    node = ast.parse(call, mode="eval").body
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else None
