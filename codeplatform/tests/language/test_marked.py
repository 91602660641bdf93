"""Whatever people read can be translated: a text that no catalogue can replace fails here, with its place.

What is for operators and developers stays English: commands, checks, what the log and `throw` say.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from codeplatform.tests.language import javascript, python_texts, templates

ROOT = Path(__file__).resolve().parents[3]
Finder = Callable[[str], Iterable[tuple[int, str]]]

# Folders and files that are left in English, each with its reason.
LEFT: dict[str, str] = {
    "benchmarks/": "for developers",
    "tools/": "for developers",
    "screenshots/": "for developers",
    "docs/": "written in English as a whole",
    "deploy/": "for operators",
    "frontend/runtime/": "builds the runtime, for operators",
    "frontend/static/vendor/": "not ours",
    "frontend/static/sandbox/": "the frame has an origin of its own and loads nothing but itself",
    "frontend/static/python/": "explanations of errors: one English text with Python's own messages, see CONTRIBUTING",
    "frontend/templates/sandbox/": "nobody sees the frame's document; the page gives it a title",
    "frontend/templates/design/": "the design system, for developers: what its samples hold is no text",
    "frontend/vendor-src/": "bundles the editor",
    "frontend/compatibility.py": "errors in compatibility.toml, for developers",
    "frontend/checks.py": "for operators",
    "codeplatform/env.py": "for operators",
    "codeplatform/checks.py": "for operators",
    "codeplatform/settings.py": "for operators",
    "codeplatform/testing.py": "for tests",
    "codeplatform/backup/": "for operators",
    "codeplatform/data_duties/": "what commands tell operators, and export files",
    "assessment/testing.py": "for tests",
    "exercises/library/": "exercises are written in one language",
    "projects/starters/": "programs",
    "frontend/examples/": "programs",
}
# Single texts that are none, or that only developers read, by file.
_MISTAKE_OF_OURS = "thrown where our own code is wrong"
EXCEPTIONS: dict[str, dict[str, str]] = {
    "assessment/grid_views.py": {"No such assignment is set to this class.": "in the log; the page says 404"},
    "assessment/marking.py": {"Send the outcome of each test of this version, each once.": _MISTAKE_OF_OURS},
    "exercises/version_models.py": {"{} {} is frozen.": _MISTAKE_OF_OURS},
    "frontend/picture_size.py": {"The picture is neither PNG nor extended WebP.": _MISTAKE_OF_OURS},
    "frontend/static/checking/text-comparison.js": {"There is no way of comparing named ${mode}.": _MISTAKE_OF_OURS},
    "frontend/static/pages/line-comments.js": {"Alt+${index + 1}": "keys"},
    "frontend/static/runner/runner.js": {
        "A program cannot start while the runner is ${this.state}.": _MISTAKE_OF_OURS,
    },
    "frontend/static/runner/states.js": {"The runner cannot go from ${from} to ${to}.": _MISTAKE_OF_OURS},
    "frontend/static/saving/save-state.js": {"No way from ${this.state} to ${state}.": _MISTAKE_OF_OURS},
    "frontend/static/saving/saver.js": {
        "There is nothing to choose.": _MISTAKE_OF_OURS,
        "There is no choice ${unknown}.": _MISTAKE_OF_OURS,
    },
    "frontend/static/saving/workspace.js": {
        "There is no file ${from}.": _MISTAKE_OF_OURS,
        "There is a file ${to} already.": _MISTAKE_OF_OURS,
    },
    "frontend/templates/frontend/_check_address.html": {"https://api.github.com/zen": "an address"},
    "frontend/templates/frontend/_compatibility_table.html": {"import": "a statement of Python"},
    "frontend/templates/frontend/_live_program.html": {"main.py": "the name of a file"},
    "frontend/templatetags/modules.py": {
        "{} is imported, but there is no such static file: run “make setup”.": "for operators",
    },
    "frontend/templatetags/page_head.py": {"Write {% kept as name %}.": _MISTAKE_OF_OURS},
    "projects/keeping.py": {"The project is not in the bin.": _MISTAKE_OF_OURS},
}


def files(*patterns: str) -> Iterator[tuple[str, str]]:
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    for name in listed.stdout.splitlines():
        is_left = name.startswith(tuple(LEFT)) or re.search(r"(^|/)(tests|migrations|management)/", name)
        if not is_left and (ROOT / name).is_file():
            yield name, (ROOT / name).read_text("utf-8")


def findings(finder: Finder, *patterns: str) -> list[str]:
    return [
        f"{name}:{line}: {text[:100]}"
        for name, source in files(*patterns)
        for line, text in finder(source)
        if text not in EXCEPTIONS.get(name, ())
    ]


@pytest.mark.parametrize(
    ("finder", "pattern"),
    [
        (templates.unmarked, "*.html"),
        (python_texts.unmarked, "*.py"),
        (javascript.unmarked, "frontend/static/*.js"),
    ],
)
def test_all_that_people_read_is_marked(finder: Finder, pattern: str) -> None:
    found = findings(finder, pattern)
    assert not found, "Mark these for translation (see CONTRIBUTING.md):\n" + "\n".join(found)


def test_every_exception_is_needed() -> None:
    for name, texts in EXCEPTIONS.items():
        finder = {".py": python_texts, ".js": javascript}.get(Path(name).suffix, templates).unmarked
        assert set(texts) <= {text for _, text in finder((ROOT / name).read_text("utf-8"))}, name
    assert [name for name in LEFT if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>Hello <b>{{ name }}</b></p>", ["Hello"]),
        ('<p title="Say hello">{% translate "Hello" %}</p>', ["Say hello"]),
        ('<p title="{% translate "Say hello" %}">{{ name }} · codeplatform &nbsp;</p>', []),
        ('{{ count }} <img alt="A cat">{{ name|default:"nobody here" }}', ['|default:"nobody here"', "A cat"]),
        ("{% blocktranslate trimmed %}\nAll <code>of</code> it\n{% endblocktranslate %}", []),
    ],
)
def test_texts_of_templates_are_found(source: str, expected: list[str]) -> None:
    assert [text for _, text in templates.unmarked(source)] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('raise ValidationError("too long")', ["too long"]),
        ('raise ValidationError(_("too long"))', []),
        ('messages.success(request, f"{name} moved")', ["{} moved"]),
        ('x = forms.CharField(label="Name", error_messages={"required": "type it"})', ["Name", "type it"]),
        ('class State(models.TextChoices):\n    OPEN = "open", "Open"', ["Open"]),
        ('"""A docstring of a module."""\nwhy = "This is read by somebody."', ["This is read by somebody."]),
        ('why = ngettext("%(n)s line. Done.", "%(n)s lines. Done.", n)', []),
        ('logger.warning("This is for operators.")', []),
        ('json({"error": "gone" if x else _("Gone.")})', ["gone"]),
    ],
)
def test_texts_of_python_are_found(source: str, expected: list[str]) -> None:
    assert [text for _, text in python_texts.unmarked(source)] == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('button.textContent = "run";', ["run"]),
        ('button.textContent = gettext("run");', []),
        ("say(`Line ${number} is too long.`);", ["Line ${number} is too long."]),
        ('say(interpolate(gettext("Line %(n)s is too long."), { n }));', []),
        ('say(ngettext("One is here.", "All are here.", n), "Not marked at all.");', ["Not marked at all."]),
        ('const at = /["/]/.exec(text); say("After a pattern it goes on.");', ["After a pattern it goes on."]),
        ('node.setAttribute("aria-label", "close"); node.setAttribute("aria-busy", "true");', ["close"]),
        ('// "A comment is read by us."\nnode.className = "quiet small";', []),
        ('say(`${gettext("Marked.")} ${isLate ? "And this is not." : ""}`);', ["And this is not."]),
    ],
)
def test_texts_of_javascript_are_found(source: str, expected: list[str]) -> None:
    assert [text for _, text in javascript.unmarked(source)] == expected
