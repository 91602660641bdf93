"""A class that has handed in, put straight into the site's database."""

from __future__ import annotations

import json
from collections.abc import Mapping

from codeplatform.tests.browser.site import Site

RIGHT = "def double(n):\n    return 2 * n\n\nprint(double(int(input())))\n"

PLANT = """
import json
from accounts.models import User
from assessment.testing import hand_in_for, set_work
from exercises.specs import CallSpec, ExerciseFolder, IoSpec
from exercises.versions import create_exercise
from schools.models import Classroom, Enrolment

programs = json.loads({programs!r})
teacher = User.objects.get(username="teacher@demo")
classroom = Classroom.objects.create(school=teacher.school, name="Doublers", year=2026)
Enrolment.objects.create(classroom=classroom, user=teacher, role="teacher")
hidden = {{"visibility": "hidden", "points": 1, "time_limit_s": 2}}
folder = ExerciseFolder(
    slug="twice-over", title="Twice over", topic="functions", difficulty=1, statement="Double.",
    starter={{"main.py": b""}}, reference={{"main.py": {right!r}.encode()}},
    tests=(
        IoSpec(name="two", input="2\\n", expected="4", points=1, time_limit_s=2),
        IoSpec(name="three", input="3\\n", expected="6", feedback={feedback!r}, **hidden),
        IoSpec(name="ten", input="10\\n", expected="20", **hidden),
        *(IoSpec(name=f"{{n}}", input=f"{{n}}\\n", expected=f"{{2 * n}}", **hidden) for n in range(20, 20 + {more})),
        CallSpec(name="call", call="double(21)", returns="42", input="1\\n", **hidden),
    ),
)
exercise = create_exercise(folder, author=teacher, school=classroom.school)
assignment = set_work(classroom, exercise, author=teacher, title="Doubling")
assigned = assignment.exercises.get()
for number, (name, text) in enumerate(programs.items()):
    student = User.objects.create_user(username=f"m{{number}}@demo", display_name=name, role="student",
        school=classroom.school, password=None)
    Enrolment.objects.create(classroom=classroom, user=student, role="student")
    hand_in_for(student, assigned, text=text)
print(classroom.pk, assignment.pk)
"""


def hand_in(site: Site, programs: Mapping[str, str], *, feedback: str = "", more_tests: int = 0) -> str:
    """The address from which an assignment of a new class is marked; each program came from a student of its name.

    One test shows: it types 2 and expects 4. Hidden ones type 3 and 10 (and 20, 21, … as `more_tests` says) and call
    double(21). All are worth the same, the exercise 10 points. `feedback` is that of a hidden test.
    """
    code = PLANT.format(programs=json.dumps(programs), right=RIGHT, feedback=feedback, more=more_tests)
    classroom, assignment = site.query(code).split()
    return f"{site.url}/classes/{classroom}/marking/new/?assignment={assignment}"
