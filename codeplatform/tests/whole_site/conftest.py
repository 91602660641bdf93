from __future__ import annotations

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from codeplatform.tests.whole_site.asking import Answers, ask_everything
from codeplatform.tests.whole_site.world import World, build


@pytest.fixture(scope="session")
def answers(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Answers:
    """What everybody was answered everywhere: asked once, judged by many tests, and nothing of it is left behind."""
    with django_db_blocker.unblock(), transaction.atomic():
        found = ask_everything(build())
        transaction.set_rollback(True)
    return found


@pytest.fixture
def world(db: None) -> World:
    return build()
