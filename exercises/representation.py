"""Tests as JSON for a browser's page, where frontend/static/checking/compare.js judges them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from exercises.python_text import methods_of_unittest, tagged_literal
from exercises.specs import TEXT_TOLERANCE, VALUE_TOLERANCE, CallSpec, TestSpec, UnittestSpec


def as_json(spec: TestSpec, test_files: Mapping[str, bytes]) -> dict[str, object]:
    """All of a test, with what it expects: never for whom it is hidden from, never into a worker.

    Every key of the format is there. In place of Python literals stand tagged values (python/checking/values.py):
    `returns` (or null) and the values of `leaves`. A call has `tolerance` for values and `text_tolerance` for what it
    prints; a unittest has `methods`, the names of its test methods, and `source`, the text of its file.
    """
    test: dict[str, object] = {"kind": spec.kind, **dataclasses.asdict(spec)}
    if isinstance(spec, CallSpec):
        test["returns"] = None if spec.returns is None else tagged_literal(spec.returns)
        test["leaves"] = {name: tagged_literal(literal) for name, literal in spec.leaves.items()}
        test["tolerance"] = VALUE_TOLERANCE if spec.tolerance is None else spec.tolerance
        test["text_tolerance"] = TEXT_TOLERANCE if spec.tolerance is None else spec.tolerance
    if isinstance(spec, UnittestSpec):
        content = test_files[spec.path]
        test["methods"] = methods_of_unittest(content)
        test["source"] = content.decode("utf-8-sig")
    return test
