"""Work on an exercise: begun once, saved as a project is, in no list of projects."""

from __future__ import annotations

import json
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from assessment.models import AssignedExercise, Assignment, Work
from assessment.testing import set_work
from assessment.working import assigned_to, practice, project_id_for, start_work
from codeplatform.testing import Cast, a_folder, signed_in
from exercises.models import Exercise
from exercises.versions import save_exercise
from projects.models import Project
from projects.saving import read_state


def send(client: Client, task_id: object, verb: str, data: Any = None, version: int = 1) -> Any:
    body = json.dumps({} if data is None else data)
    return client.post(f"/work/{task_id}/{version}/{verb}/", body, content_type="application/json")


def a_save(text: str = "print(2)\n", base: int = 1, key: str = "key-000001") -> dict[str, Any]:
    return {"base": base, "key": key, "files": [{"path": "main.py", "text": text}]}


@pytest.fixture
def assigned(assignment: Assignment) -> AssignedExercise:
    return assignment.exercises.get()


@pytest.fixture
def ada(cast: Cast) -> Client:
    return signed_in(cast.home["ada"])


class TestBeginning:
    def test_first_save_begins_and_the_next_goes_on(self, cast: Cast, ada: Client, assigned: AssignedExercise) -> None:
        first = send(ada, assigned.pk, "save", a_save())
        second = send(ada, assigned.pk, "save", a_save("print(3)\n", 2, "key-000002"))
        repeated = send(ada, assigned.pk, "save", a_save())

        work = Work.objects.get(student=cast.home["ada"])
        assert (first.status_code, first.json()["revision"], second.json()["revision"]) == (200, 2, 3)
        assert repeated.json() == first.json()
        assert (work.assigned, work.project.name, work.project.is_exercise) == (assigned, str(assigned.exercise), True)
        assert [file.content for file in read_state(work.project_id).files] == [b"print(3)\n"]
        assert bytes(work.project.revisions.get(number=1).files.get().content or b"") == b"# marker starter\n"

    def test_practice_and_assignment_are_apart(self, cast: Cast, ada: Client, assigned: AssignedExercise) -> None:
        send(ada, assigned.pk, "save", a_save())
        send(ada, assigned.exercise_id, "save", a_save("print('mine')\n"))

        ours = Work.objects.filter(student=cast.home["ada"])
        assert {work.assigned for work in ours} == {None, assigned}
        assert len({work.project_id for work in ours}) == 2

    def test_stale_save_is_told_what_is_there(self, ada: Client, assigned: AssignedExercise) -> None:
        send(ada, assigned.pk, "save", a_save())
        answer = send(ada, assigned.pk, "save", a_save("other\n", 1, "key-000002"))

        assert (answer.status_code, answer.json()["files"][0]["text"]) == (409, "print(2)\n")

    def test_text_of_somebody_else_is_refused(self, cast: Cast, ada: Client, assigned: AssignedExercise) -> None:
        url, body = f"/work/{assigned.pk}/1/save/", json.dumps(a_save())
        headers = {"X-Draft-User": str(cast.home["ben"].pk)}

        assert ada.post(url, body, content_type="application/json", headers=headers).status_code == 401
        assert not Work.objects.exists()

    def test_page_made_with_an_earlier_version_begins_with_its_files(
        self, cast: Cast, ada: Client, exercise_changed: Exercise
    ) -> None:
        send(ada, exercise_changed.pk, "save", {**a_save(), "files": []}, version=1)

        assert read_state(Work.objects.get().project_id).files[0].content == b"# marker starter\n"
        assert send(signed_in(cast.home["ben"]), exercise_changed.pk, "save", a_save(), version=3).status_code == 404

    @pytest.mark.parametrize("who", ["dan", "eve"])
    def test_other_class_does_not_find_it(self, cast: Cast, assigned: AssignedExercise, who: str) -> None:
        for verb in ("save", "check", "hand-in", "hints/1"):
            assert send(signed_in(cast.home[who]), assigned.pk, verb, a_save()).status_code == 404
        assert not Work.objects.exists()

    def test_what_is_not_shared_is_found_through_its_assignment(self, cast: Cast, ada: Client) -> None:
        own = cast.home.exercises["own"]
        assigned = set_work(cast.home.classrooms["10A"], own).exercises.get()

        assert send(ada, own.pk, "save", a_save()).status_code == 404
        assert send(ada, assigned.pk, "save", a_save()).status_code == 200

    def test_saving_goes_on_when_it_is_closed_archived_or_left(
        self, cast: Cast, ada: Client, assignment: Assignment, assigned: AssignedExercise
    ) -> None:
        send(ada, assigned.pk, "save", a_save())
        send(ada, assigned.exercise_id, "save", a_save())
        now = timezone.now()
        Assignment.objects.update(closes_at=now, archived_at=now)
        Exercise.objects.update(archived_at=now)
        cast.home["ada"].enrolments.update(until=now)

        for task in (assigned.pk, assigned.exercise_id):
            assert send(ada, task, "save", a_save("late\n", 2, "key-000002")).status_code == 200
        assert send(signed_in(cast.home["ben"]), assigned.pk, "save", a_save()).status_code == 404


@pytest.fixture
def exercise_changed(cast: Cast) -> Exercise:
    exercise = cast.home.exercises["shared"]
    folder = a_folder(slug=exercise.slug, title=exercise.title, starter={"main.py": b"# quite another\n"})
    save_exercise(exercise, folder, author=cast.home["teacher"])
    return exercise


@pytest.mark.django_db(transaction=True)
def test_two_first_saves_at_once_begin_one_work(cast: Cast, assignment: Assignment) -> None:
    ada, assigned = cast.home["ada"], assignment.exercises.get()
    barrier, found = Barrier(4), []

    def begin() -> None:
        barrier.wait()
        task = assigned_to(ada, pk=assigned.pk)
        assert task is not None
        found.append(start_work(ada, task).pk)
        connection.close()

    threads = [Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [Work.objects.get().pk] * 4
    assert Project.objects.filter(is_exercise=True).count() == 1


def test_draft_has_its_key_before_there_is_any_work(cast: Cast) -> None:
    ada, ben = cast.home["ada"], cast.home["ben"]
    task, ours = practice(ada, cast.home.exercises["shared"].pk), practice(ben, cast.home.exercises["shared"].pk)
    assert task is not None and ours is not None

    assert start_work(ada, task).project_id == project_id_for(ada, task)
    assert project_id_for(ada, task) != project_id_for(ben, ours)


class TestRecords:
    def test_hints_come_one_by_one_and_are_counted(self, cast: Cast, ada: Client) -> None:
        exercise = cast.home.exercises["shared"]
        skipped = send(ada, exercise.pk, "hints/2")
        first = send(ada, exercise.pk, "hints/1")

        assert (first.json(), skipped.status_code) == ({"text": "Think of *. marker hint"}, 404)
        assert send(ada, exercise.pk, "hints/1").status_code == 200
        assert Work.objects.get().hint_count == 1
        assert ada.get(f"/work/{exercise.pk}/1/hints/1/").status_code == 405

    def test_checks_tell_who_is_stuck(self, ada: Client, assigned: AssignedExercise) -> None:
        for percent in (40, 40, 20, 60, 60):
            assert send(ada, assigned.pk, "check", {"percent": percent}).status_code == 200
            Work.objects.update(checked_at=timezone.now() - timedelta(seconds=5))

        work = Work.objects.get()
        assert (work.check_count, work.best_percent, work.checks_since_better) == (5, 60, 1)
        send(ada, assigned.pk, "check", {"percent": 100})
        send(ada, assigned.pk, "check", {"percent": 100})
        work.refresh_from_db()
        assert (work.check_count, work.best_percent, work.checks_since_better) == (6, 100, 0)

    @pytest.mark.parametrize("percent", [-1, 101, 1.5, True, "9", None, 10**30])
    def test_claims_out_of_bounds_are_refused(self, ada: Client, assigned: AssignedExercise, percent: object) -> None:
        assert send(ada, assigned.pk, "check", {"percent": percent}).status_code == 400
        assert not Work.objects.exists()


class TestProjectsOfWork:
    """They are looked after with the work: no list shows them, nobody bins them or makes copies."""

    @pytest.fixture
    def project(self, ada: Client, assigned: AssignedExercise) -> Project:
        send(ada, assigned.pk, "save", a_save("print('of exercise')\n"))
        return Work.objects.get().project

    def test_no_list_shows_it(self, cast: Cast, ada: Client, project: Project) -> None:
        room, teacher = cast.home.classrooms["10A"].pk, signed_in(cast.home["teacher"])
        pages = [ada.get("/projects/"), ada.get("/projects/bin/"), teacher.get(f"/classes/{room}/")]
        pages.append(teacher.get(f"/classes/{room}/students/{cast.home['ada'].pk}/"))

        assert [str(project.pk) in page.content.decode() for page in pages] == [False] * 4

    @pytest.mark.parametrize("verb", ["rename", "duplicate", "bin", "bin/restore", "bin/delete"])
    def test_hand_made_requests_are_refused(self, ada: Client, project: Project, verb: str) -> None:
        before = Project.objects.values().get(pk=project.pk)
        answer = ada.post(f"/projects/{project.pk}/{verb}/", {"name": "Mine"})

        assert answer.status_code in {403, 404}
        assert Project.objects.values().get(pk=project.pk) == before
        assert Project.objects.filter(owner=project.owner).count() == 2

    def test_it_takes_no_room_and_no_name(self, cast: Cast, ada: Client, project: Project) -> None:
        ada.post("/projects/", {"name": project.name})

        assert Project.objects.filter(owner=cast.home["ada"], name=project.name, is_exercise=False).exists()

    def test_teacher_looks_at_it_as_at_any(self, cast: Cast, ada: Client, project: Project) -> None:
        teacher = signed_in(cast.home["teacher"])

        assert "of exercise" in teacher.get(f"/projects/{project.pk}/").content.decode()
        assert teacher.get(f"/projects/{project.pk}/history/").status_code == 200
        assert teacher.post(f"/projects/{project.pk}/save/").status_code == 403
