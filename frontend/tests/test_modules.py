"""A page names all its modules at once: a level of imports a round trip would cost it dear on slow Wi-Fi."""

from __future__ import annotations

import re
from pathlib import Path

from django.contrib.staticfiles import finders

from frontend.templatetags.modules import module_preloads

STATIC = Path(__file__).resolve().parents[1] / "static"


def test_every_module_of_the_project_page_is_named_once() -> None:
    links = re.findall(r'href="/static/([^"]+)"', module_preloads("pages/project.js"))
    assert links[0] == "pages/project.js"
    assert {"runner/protocol.js", "saving/saver.js", "vendor/codemirror.js"} <= set(links)
    assert len(links) == len(set(links))


def test_what_is_imported_later_is_not_loaded_now() -> None:
    source = (STATIC / "pages" / "workbench-help.js").read_text()
    assert re.findall(r'import\("\.\./(\w+)/', source) == ["names", "linting"]
    links = module_preloads("pages/project.js")
    assert "pages/workbench-help.js" in links
    assert not re.search("/(names|linting)/|codemirror-help", links)


def test_all_imports_of_our_modules_lead_to_a_file() -> None:
    for path in STATIC.rglob("*.js"):
        if "vendor" in path.parts:
            continue
        for target in re.findall(r"""from\s+["'](\.\.?/[^"']+)["']""", path.read_text()):
            found = finders.find(str((path.parent / target).resolve().relative_to(STATIC)))
            assert found, f"{path.relative_to(STATIC)} imports {target}"


def test_sandbox_modules_import_nothing_but_each_other() -> None:
    for path in (STATIC / "sandbox").glob("*.js"):
        targets = re.findall(r"""from\s+["']([^"']+)["']""", path.read_text())
        assert all(target.startswith("./") for target in targets), path.name


def test_layers_call_downwards_only() -> None:
    layers = [
        {"pages"},
        {"linting", "names"},
        {"editor", "console", "files", "layout", "saving", "checking", "grid"},
        {"runner"},
        {"sandbox"},
        {"vendor", "language"},
    ]
    rank = {name: number for number, names in enumerate(layers) for name in names}
    for path in STATIC.rglob("*.js"):
        folder = path.parent.name
        if folder not in rank or folder == "vendor":
            continue
        for target in re.findall(r"""from\s+["']\.\./(\w+)/""", path.read_text()):
            assert rank[target] > rank[folder] or target == folder, f"{folder}/{path.name} imports {target}"
