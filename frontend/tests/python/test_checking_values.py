from __future__ import annotations

import json
import sys
import types
from collections import Counter, OrderedDict, namedtuple
from enum import IntEnum
from typing import Any

import pytest

from frontend.static.python.checking.values import MAX_DEPTH, MAX_PARTS, MAX_REPR, encode


@pytest.mark.parametrize(
    ("value", "tagged"),
    [
        (None, ["none"]),
        (True, ["bool", True]),
        (1, ["int", "1"]),
        (-(10**30), ["int", "-1" + "0" * 30]),
        (1.5, ["float", "1.5"]),
        (float("nan"), ["float", "nan"]),
        (float("-inf"), ["float", "-inf"]),
        (-0.0, ["float", "-0.0"]),
        (2j, ["complex", "0.0", "2.0"]),
        ('a"\n\ud800', ["str", 'a"\n\ud800']),
        (b"\x00\xff", ["bytes", "00ff"]),
        ([1, "a"], ["list", [["int", "1"], ["str", "a"]]]),
        ((1,), ["tuple", [["int", "1"]]]),
        ({3, 1, 2}, ["set", [["int", "1"], ["int", "2"], ["int", "3"]]]),
        (frozenset({"b", "a"}), ["frozenset", [["str", "a"], ["str", "b"]]]),
        ({"b": 1, "a": []}, ["dict", [[["str", "b"], ["int", "1"]], [["str", "a"], ["list", []]]]]),
        (range(3), ["other", "range", "range(0, 3)"]),
    ],
)
def test_values_and_their_tags(value: object, tagged: list[Any]) -> None:
    assert encode(value) == tagged
    assert json.loads(json.dumps(encode(value))) == tagged


def test_subclasses_count_as_the_type_itself() -> None:
    assert encode(OrderedDict(a=1)) == encode({"a": 1})
    assert encode(Counter("aa")) == encode({"a": 2})
    assert encode(namedtuple("Point", "x y")(1, 2)) == encode((1, 2))
    assert encode(IntEnum("Light", "RED").RED) == encode(1)


class TestLies:
    """Classes of a program that say other things than they hold."""

    def test_methods_of_subclasses_are_not_asked(self) -> None:
        def lie(*_: object) -> Any:
            raise AssertionError("the program's code was called")

        names = [
            "__iter__",
            "__len__",
            "__getitem__",
            "__str__",
            "__repr__",
            "__eq__",
            "items",
            "keys",
            "hex",
            "__int__",
        ]
        for kind, value in (
            (str, "a"),
            (list, [1]),
            (dict, {"a": 1}),
            (int, 7),
            (float, 1.5),
            (tuple, (1,)),
            (bytes, b"a"),
        ):
            liar = type("Liar", (kind,), dict.fromkeys(names, lie))
            assert encode(liar(value)) == encode(value)

    def test_an_object_is_not_what_it_says_its_class_is(self) -> None:
        class Claims:
            __class__ = int  # type: ignore[assignment]

            def __repr__(self) -> str:
                return "12"

        assert encode(Claims()) == ["other", "Claims", "12"]

    @pytest.mark.parametrize("error", [ValueError, SystemExit, RecursionError, GeneratorExit])
    def test_a_repr_that_raises_is_told(self, error: type[BaseException]) -> None:
        class Shy:
            def __repr__(self) -> str:
                raise error

        assert encode([Shy()]) == ["list", [["other", "Shy", f"its repr raised {error.__name__}"]]]

    def test_a_stop_passes(self) -> None:
        class Stopped:
            def __repr__(self) -> str:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            encode(Stopped())

    def test_a_repr_is_cut(self) -> None:
        class Chatty:
            def __repr__(self) -> str:
                return "ha" * 1_000_000

        assert encode(Chatty()) == ["other", "Chatty", "ha" * (MAX_REPR // 2)]

    def test_a_metaclass_cannot_hide_the_name(self) -> None:
        class Nameless(type):
            @property
            def __name__(self) -> str:  # type: ignore[override]
                raise ValueError

        thing = Nameless("Thing", (), {"__repr__": lambda self: "it"})()
        assert encode(thing) == ["other", "Thing", "it"]

    def test_a_repr_may_change_its_container(self) -> None:
        numbers: list[object] = []

        class Growing:
            def __repr__(self) -> str:
                numbers.append(self)
                return "me"

        numbers.append(Growing())
        assert encode(numbers) == ["list", [["other", "Growing", "me"]]]


class TestLimits:
    def test_what_holds_itself_ends(self) -> None:
        loop: list[object] = [1]
        loop.append({"again": loop})
        assert encode(loop) == ["list", [["int", "1"], ["dict", [[["str", "again"], ["other", "list", "…"]]]]]]

    def test_the_same_list_twice_is_no_loop(self) -> None:
        row = [0]
        assert encode([row, row]) == ["list", [["list", [["int", "0"]]]] * 2]

    def test_too_deep_too_many_too_long(self) -> None:
        deep: list[object] = []
        for _ in range(MAX_DEPTH):
            deep = [deep]
        for value in (deep, list(range(MAX_PARTS)), ["x" * 600_000] * 2, 1 << 2_000_000, [[0] * 1000] * 100):
            tag, _, words = encode(value)
            assert (tag, words) == ("other", "a value that is too large to show")

    def test_a_number_too_long_for_decimal_digits(self) -> None:
        assert encode(-(2**20_000)) == ["int", hex(-(2**20_000))]


class TestNumpy:
    @pytest.fixture
    def generic(self, monkeypatch: pytest.MonkeyPatch) -> type:
        """NumPy's base class of scalars, as far as encode() knows it."""

        class generic:  # noqa: N801 - its name in NumPy
            def __init__(self, value: object) -> None:
                self._value = value

            def item(self) -> object:
                return self._value

        numpy = types.ModuleType("numpy")
        numpy.generic = generic  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "numpy", numpy)
        return generic

    def test_scalars_become_pythons(self, generic: type) -> None:
        assert encode([generic(3), generic(2.5), generic(True)]) == encode([3, 2.5, True])

    def test_a_module_of_that_name_in_the_project_does_no_harm(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "numpy", types.ModuleType("numpy"))
        assert encode(1) == ["int", "1"]
