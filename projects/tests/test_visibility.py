import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from codeplatform.testing import Cast
from projects.models import File, Project, Revision

SEEN = [
    ("ada", {"ada"}),
    ("dan", set()),
    ("teacher", {"ada", "ben", "cleo"}),
    ("colleague", set()),
    ("head", {"ada", "ben", "cleo"}),
]


@pytest.mark.parametrize(("viewer", "owners"), SEEN)
def test_projects(cast: Cast, viewer: str, owners: set[str]) -> None:
    visible = set(Project.objects.visible_to(cast.home[viewer]))

    assert visible == {cast.home.projects[name] for name in owners}
    assert {project for project in Project.objects.all() if project.is_visible_to(cast.home[viewer])} == visible


@pytest.mark.parametrize("model", [File, Revision])
@pytest.mark.parametrize(("viewer", "owners"), SEEN)
def test_files_and_revisions(cast: Cast, viewer: str, owners: set[str], model: type[File] | type[Revision]) -> None:
    visible = set(model.objects.visible_to(cast.home[viewer]))

    assert {row.project for row in visible} == {cast.home.projects[name] for name in owners}
    assert {row for row in model.objects.all() if row.is_visible_to(cast.home[viewer])} == visible


@pytest.mark.parametrize("viewer", ["ada", "ben", "teacher", "head"])
def test_only_the_owner_may_edit(cast: Cast, viewer: str) -> None:
    project = cast.home.projects["ada"]

    assert project.is_editable_by(cast.home[viewer]) == (viewer == "ada")
    assert set(Project.objects.editable_by(cast.home[viewer])) <= set(Project.objects.visible_to(cast.home[viewer]))


@pytest.mark.parametrize("model", [Project, File, Revision])
def test_operators_see_all_and_visitors_nothing(cast: Cast, model: type[Project]) -> None:
    assert model.objects.visible_to(cast.operator).count() == model.objects.count()
    assert not model.objects.visible_to(AnonymousUser()).exists()
    assert not Project.objects.editable_by(AnonymousUser()).exists()


def test_what_is_in_the_bin_is_not_seen(cast: Cast) -> None:
    Project.objects.filter(pk=cast.home.projects["ada"].pk).update(binned_at=timezone.now())

    assert not cast.home.projects["ada"].is_visible_to(cast.home["teacher"])


def test_the_teacher_of_a_former_class_sees_nothing_more(cast: Cast) -> None:
    cast.home["ada"].enrolments.update(until=timezone.now())

    assert not cast.home.projects["ada"].is_visible_to(cast.home["teacher"])
