from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assessment.deadlines import points_after_lateness, terms_for
from assessment.marks import points_of
from assessment.models import Assignment, Extension, Mark

DUE = datetime(2026, 11, 20, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def assignment(**values: object) -> Assignment:
    terms = {"opens_at": DUE - 24 * HOUR, "due_at": DUE, "closes_at": DUE + 24 * HOUR, "grace_minutes": 5}
    return Assignment(**(terms | values))


class TestTerms:
    def test_grace_is_not_late(self) -> None:
        terms = terms_for(assignment())
        assert not terms.is_late(DUE + timedelta(minutes=5))
        assert terms.is_late(DUE + timedelta(minutes=5, seconds=1))

    def test_it_takes_work_from_opening_to_closing(self) -> None:
        terms = terms_for(assignment())
        moments = [DUE - 25 * HOUR, DUE - 24 * HOUR, DUE + HOUR, DUE + 24 * HOUR, DUE + 25 * HOUR]
        assert [terms.accepts(moment) for moment in moments] == [False, True, True, True, False]

    def test_what_refuses_late_work_closes_after_the_grace(self) -> None:
        terms = terms_for(assignment(late_policy=Assignment.LatePolicy.REFUSE))
        assert terms.accepts(DUE + timedelta(minutes=5))
        assert not terms.accepts(DUE + timedelta(minutes=6))

    def test_without_dates_nothing_is_late_and_nothing_closes(self) -> None:
        terms = terms_for(assignment(due_at=None, closes_at=None))
        assert not terms.is_late(DUE + 10_000 * HOUR)
        assert terms.accepts(DUE + 10_000 * HOUR)

    def test_an_extension_moves_both_dates_but_never_to_earlier_ones(self) -> None:
        late, early = Extension(due_at=DUE + 48 * HOUR), Extension(due_at=DUE - HOUR)
        assert not terms_for(assignment(), late).is_late(DUE + 47 * HOUR)
        assert terms_for(assignment(), late).accepts(DUE + 48 * HOUR)
        assert not terms_for(assignment(), early).is_late(DUE)
        assert terms_for(assignment(), early).closes_at == DUE + 24 * HOUR


class TestPoints:
    @pytest.mark.parametrize(
        ("policy", "source", "is_late", "expected"),
        [
            ("cap", "verified", True, "5.00"),
            ("cap", "verified", False, "9"),
            ("cap", "override", True, "9"),
            ("mark", "claimed", True, "9"),
        ],
    )
    def test_lateness_caps_where_the_assignment_says_so(
        self, policy: str, source: str, is_late: bool, expected: str
    ) -> None:
        mark = Mark(source=source, points=Decimal(9), out_of=Decimal(10))
        assert points_after_lateness(mark, assignment(late_policy=policy), is_late) == Decimal(expected)

    def test_the_cap_takes_nothing_from_less(self) -> None:
        mark = Mark(source="verified", points=Decimal(3), out_of=Decimal(10))
        assert points_after_lateness(mark, assignment(late_policy="cap"), True) == 3

    def test_tests_are_scaled_to_what_the_exercise_is_worth(self) -> None:
        one, half, none = Decimal(1), Decimal("0.5"), Decimal(0)
        assert points_of([(1, one), (2, half), (1, none)], 10) == Decimal("5.00")
        assert points_of([(1, one), (1, one), (1, none)], 10) == Decimal("6.67")

    def test_tests_without_points_are_passed_or_not(self) -> None:
        assert points_of([(0, Decimal(1)), (0, Decimal(1))], 10) == 10
        assert points_of([(0, Decimal(1)), (0, Decimal(0))], 10) == 0
        assert points_of([], 10) == 0
