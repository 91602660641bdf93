"""`tools/bill-of-materials` lists everything that others made and we ship, each once."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from codeplatform.tests.tools import ROOT, load

tool = load("bill-of-materials")


@pytest.fixture
def runtime(tmp_path: Path) -> Path:
    built = tmp_path / "abc"
    built.mkdir()
    (tmp_path / "current.json").write_text('{"version": "abc"}')
    parts = [
        {"name": "Pyodide", "version": "314.0.3", "licence": "MPL-2.0", "home": "", "file": ""},
        {"name": "python_dateutil", "version": "2.9", "licence": "BSD", "home": "", "file": "dateutil.whl"},
    ]
    (built / "licences.json").write_text(json.dumps(parts))
    (built / "runtime.json").write_text(json.dumps({"files": {"dateutil.whl": {"sha256": "0" * 64}}}))
    return tmp_path


def purls(bill: dict[str, Any], part: str) -> list[str]:
    return [found["purl"] for found in bill["components"] if found["bom-ref"].startswith(f"{part}/")]


def test_holds_every_pin_once(runtime: Path) -> None:
    pins = [line for line in (ROOT / "requirements.txt").read_text().splitlines() if not line.startswith("#")]
    found = tool.bill(runtime)
    refs = [part["bom-ref"] for part in found["components"]]

    assert len(refs) == len(set(refs))
    assert len(purls(found, "server")) == len(pins)
    assert all(re.fullmatch(r"pkg:pypi/[a-z0-9-]+@[\w.]+", purl) for purl in purls(found, "server"))


def test_holds_what_is_bundled_but_not_what_bundles(runtime: Path) -> None:
    found = purls(tool.bill(runtime), "pages")

    assert any(purl.startswith("pkg:npm/%40codemirror/view@") for purl in found)
    assert not any("esbuild" in purl or "biome" in purl for purl in found)


def test_holds_the_runtime_with_the_hashes_of_its_files(runtime: Path) -> None:
    found = {part["bom-ref"]: part for part in tool.bill(runtime)["components"]}

    assert found["runtime/Pyodide"]["purl"] == "pkg:generic/Pyodide@314.0.3"
    assert found["runtime/python_dateutil"]["purl"] == "pkg:pypi/python-dateutil@2.9"
    assert found["runtime/python_dateutil"]["hashes"] == [{"alg": "SHA-256", "content": "0" * 64}]


def test_says_when_the_runtime_is_not_built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert purls(tool.bill(tmp_path), "runtime") == []
    assert "not built" in capsys.readouterr().err
