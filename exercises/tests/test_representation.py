from __future__ import annotations

import json

import pytest

from exercises.representation import as_json
from exercises.specs import CallSpec, IoSpec, StructureSpec, UnittestSpec


def test_a_test_with_all_its_keys() -> None:
    assert as_json(IoSpec(name="Two", expected="2", files={"a.txt": "1"}), {}) == {
        "kind": "io",
        "name": "Two",
        "points": 1,
        "visibility": "visible",
        "feedback": "",
        "time_limit_s": 5,
        "input": "",
        "files": {"a.txt": "1"},
        "expected": "2",
        "compare": "lines",
        "tolerance": 0.001,
    }


def test_literals_become_tagged_values() -> None:
    test = as_json(CallSpec(name="Call", call="f(a)", returns="[1, 'a']", leaves={"a": "{2.5}"}), {})
    assert test["returns"] == ["list", [["int", "1"], ["str", "a"]]]
    assert test["leaves"] == {"a": ["set", [["float", "2.5"]]]}


@pytest.mark.parametrize(("tolerance", "both"), [(None, (1e-9, 0.001)), (0.5, (0.5, 0.5)), (0.0, (0, 0))])
def test_a_call_s_tolerances(tolerance: float | None, both: tuple[float, float]) -> None:
    test = as_json(CallSpec(name="Call", call="f()", returns="1", tolerance=tolerance), {})
    assert (test["tolerance"], test["text_tolerance"]) == both


def test_nothing_expected_is_null_and_none_is_a_value() -> None:
    assert as_json(CallSpec(name="Call", call="f()", prints=""), {})["returns"] is None
    assert as_json(CallSpec(name="Call", call="f()", returns="None"), {})["returns"] == ["none"]


def test_a_unittest_brings_its_file_and_the_names_of_its_methods() -> None:
    source = (
        "import unittest\n\nclass TestArea(unittest.TestCase):\n"
        "    def setUp(self): pass\n    def test_square(self): pass\n    def test_circle(self): pass\n"
    )
    test = as_json(UnittestSpec(name="Area", path="t.py"), {"t.py": source.encode()})
    assert (test["methods"], test["source"]) == (("TestArea.test_square", "TestArea.test_circle"), source)


def test_all_of_it_is_json() -> None:
    test = as_json(StructureSpec(name="How", must_use=("for",)), {})
    assert json.loads(json.dumps(test))["must_use"] == ["for"]
