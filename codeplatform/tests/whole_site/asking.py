"""Everybody asks for everything, once."""

from __future__ import annotations

from dataclasses import dataclass, field

from codeplatform.tests.whole_site.table import TABLE
from codeplatform.tests.whole_site.walking import METHODS, Answer, Visitor, address
from codeplatform.tests.whole_site.world import ACTORS, World


@dataclass(frozen=True)
class Asked:
    actor: str
    row: str
    method: str


@dataclass
class Answers:
    """`given` to each question; `missing` is what the same was answered about things that do not exist."""

    world: World
    given: dict[Asked, Answer] = field(default_factory=dict)
    missing: dict[Asked, Answer] = field(default_factory=dict)


def ask_everything(world: World) -> Answers:
    answers, missing = Answers(world), world.missing()
    for actor in ACTORS:
        visitor = Visitor(world, actor)
        for name, row in TABLE.items():
            for method in METHODS:
                asked = Asked(actor, name, method)
                answer = visitor.ask(method, address(name, row.args, world.home))
                answers.given[asked] = answer
                if answer.status == 404 and row.args:
                    answers.missing[asked] = visitor.ask(method, address(name, row.args, missing))
    return answers
