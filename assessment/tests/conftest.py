from __future__ import annotations

import pytest

from assessment.models import Assignment
from assessment.testing import set_work
from codeplatform.testing import Cast


@pytest.fixture
def assignment(cast: Cast) -> Assignment:
    """The teacher's, set to 10A of `home`: the shared exercise."""
    school = cast.home
    return set_work(school.classrooms["10A"], school.exercises["shared"], author=school["teacher"])
