"""requirements.lock, from which servers are installed, has the pins of requirements.txt, and a hash for each."""

from __future__ import annotations

import re

from codeplatform.tests.tools import ROOT, load

tool = load("lock-requirements")


def pins(text: str) -> set[str]:
    found = re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE)
    return {f"{tool.plain(name)}=={version}" for name, version in found}


def test_it_has_the_same_pins() -> None:
    differing = pins((ROOT / "requirements.txt").read_text()) ^ pins(tool.LOCK.read_text())

    assert differing == set(), "run tools/lock-requirements"


def test_each_has_its_hashes() -> None:
    entries = tool.LOCK.read_text().replace("\\\n", "").splitlines()[1:]

    assert [entry for entry in entries if not re.fullmatch(r"\S+==\S+( +--hash=sha256:[0-9a-f]{64})+", entry)] == []
