"""The page tells while a person types what the server would refuse: both decide the same."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from django.core.exceptions import ValidationError

from frontend.tests.python.test_project_folder import PATHS
from projects.paths import clean_path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import { readFileSync } from "node:fs";
import { faultOf } from "./frontend/static/files/file-names.js";
const paths = JSON.parse(readFileSync(0, "utf-8"));
process.stdout.write(JSON.stringify(paths.map((path) => faultOf(path) === "")));
"""


def is_clean(path: str) -> bool:
    try:
        clean_path(path)
    except ValidationError:
        return False
    return True


def test_page_and_server_decide_the_same() -> None:
    paths = [*PATHS, "", "/a", "a//b", "a/", "..", "a/./b", *(f"a{chr(code)}b" for code in range(0x3000))]
    paths += [f"{chr(code)}b" for code in range(0x3000) if chr(code).isspace()]
    node = ["node", "--input-type=module", "--eval", SCRIPT]
    told = subprocess.run(node, cwd=ROOT, input=json.dumps(paths), text=True, capture_output=True, check=True)

    allowed = json.loads(told.stdout)
    assert [ascii(path) for path, fine in zip(paths, allowed, strict=True) if fine != is_clean(path)] == []
