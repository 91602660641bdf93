"""What completion and documentation know, as a Python describes itself: this one, in the place of the browser's."""

from __future__ import annotations

import pytest

from frontend.runtime import describe_names
from frontend.runtime.describe_names import describe


@pytest.fixture(scope="module")
def described() -> dict:
    return describe(["builtins", "math", "datetime", "os", "os.path", "no_such_module"], ["builtins:", "datetime:"])


def test_functions_tell_their_parameters_and_what_they_do(described: dict) -> None:
    names = described["modules"]["builtins"]["names"]

    assert names["len"][0] == "f"
    assert names["len"][1] == "(obj)"
    assert names["len"][2] == "Return the number of items in a container."
    assert names["open"][1].startswith("(file, mode='r'")
    assert names["open"][3] == "_io.TextIOWrapper"


def test_a_signature_told_only_by_the_documentation_is_found(described: dict) -> None:
    assert described["modules"]["builtins"]["names"]["range"][1] == "(stop)"


def test_methods_leave_self_out_and_inherit_through_bases(described: dict) -> None:
    types = described["types"]

    assert types["str"]["names"]["split"][1] == "(sep=None, maxsplit=-1)"
    assert types["datetime.datetime"]["bases"] == ["datetime.date"]
    assert "strftime" in types["datetime.date"]["names"]
    assert not [name for each in types.values() for name in each["names"] if name.startswith("_")]


def test_values_and_modules_tell_their_type(described: dict) -> None:
    assert described["modules"]["math"]["names"]["pi"] == ["v", "", "", "float"]
    assert described["modules"]["os"]["names"]["path"][3] == "os.path"


def test_what_is_missing_is_left_out(described: dict) -> None:
    assert "no_such_module" not in described["modules"]


def test_every_entry_has_four_texts_of_bounded_length(described: dict) -> None:
    entries = [
        entry
        for group in (*described["modules"].values(), *described["types"].values())
        for entry in group["names"].values()
    ]
    assert len(entries) > 500
    for entry in entries:
        assert [type(part) for part in entry] == [str] * 4
        assert len(entry[1]) <= describe_names.LONGEST_SIGNATURE + 10
        assert len(entry[2]) <= describe_names.LONGEST_DOCUMENTATION + 2
        assert "\n" not in entry[2]
