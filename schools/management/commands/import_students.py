from __future__ import annotations

import csv
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from schools import roster
from schools.audit import record
from schools.audit_events import What
from schools.models import Classroom, RosterEntry, School
from schools.roster_file import Roster, read_file
from schools.roster_plan import Plan, plan
from schools.roster_workbook import BadRoster

_FORMULA = "=+-@\t\r|%"  # what a spreadsheet would take for the beginning of one


class Command(BaseCommand):
    help = (
        "Makes accounts for the students in a CSV file or XLSX workbook and puts them into classes: into the one of "
        "--class, or each into the one that the column Class names. All of them, or none and the lines that are wrong. "
        "The pass-phrases are written to the file of --cards and nowhere else."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("school", help="the slug of the school")
        parser.add_argument("file", type=Path, help="headings: Name, or First name and Surname; Login name; Class")
        parser.add_argument("--class", dest="classroom", default="", help="the class for lines that name none")
        parser.add_argument("--year", type=int, default=timezone.now().year, help="in which the school year begins")
        parser.add_argument("--cards", type=Path, help="a new file for names, login names and pass-phrases (CSV)")
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")

    def handle(self, *args: Any, **options: Any) -> None:
        school = School.objects.filter(slug=options["school"]).first()
        if school is None:
            raise CommandError(f"There is no school {options['school']}.")
        found = self._read(options["file"])
        classrooms = _classrooms(
            school, options["year"], [options["classroom"], *(row.classroom for row in found.rows)]
        )
        planned = plan(found.rows, school, classrooms.get(options["classroom"]), classrooms.values())
        self._refuse_problems(planned)
        kinds = [entry.kind for entry in planned.entries]
        new_count = kinds.count(RosterEntry.Kind.NEW)
        if not options["dry_run"]:
            if new_count and options["cards"] is None:
                raise CommandError("Say by --cards FILE where to write the pass-phrases of the new accounts.")
            self._carry_out(planned, options["cards"] if new_count else None)
        verb = "Would make" if options["dry_run"] else "Made"
        self.stdout.write(
            f"{verb} {new_count} accounts; {kinds.count(RosterEntry.Kind.ENROL)} students with an account come into a "
            f"class, {kinds.count(RosterEntry.Kind.PRESENT)} are in it already."
        )

    def _read(self, file: Path) -> Roster:
        try:
            return read_file(file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except BadRoster as error:
            raise CommandError(error.messages[0]) from error

    def _refuse_problems(self, planned: Plan) -> None:
        for problem in planned.problems:
            self.stderr.write(f"Line {problem.line}, {problem.name}: {problem.sentence}")
        if planned.problems:
            raise CommandError(f"{len(planned.problems)} lines are wrong. Nothing was changed.")

    def _carry_out(self, planned: Plan, cards_file: Path | None) -> None:
        # Opened first: nobody's pass-phrase is lost for want of a place to write it.
        descriptor = _new_private_file(cards_file) if cards_file else None
        with transaction.atomic():
            for classroom in {entry.classroom for entry in planned.entries if entry.classroom._state.adding}:
                classroom.save(force_insert=True)
                details = {"classroom": str(classroom.pk)}
                record(What.CLASSROOM_CREATED, school=classroom.school_id, details=details)
            batch = roster.begin(planned.entries, planned.entries[0].classroom, None)
        roster.confirm(batch)
        while batch.state == "preparing":
            try:
                roster.advance(batch, seconds=10, by=None)
            except roster.CannotIssue as error:
                raise CommandError(str(error)) from error
            done, total = roster.progress(batch)
            self.stderr.write(f"{done} of {total} pass-phrases", ending="\n")
        cards = roster.take_cards(batch) or []
        if descriptor is not None:
            _write(descriptor, cards)
            self.stdout.write(f"The pass-phrases are in {cards_file}. Delete it when the cards are handed out.")


def _classrooms(school: School, year: int, names: list[str]) -> dict[str, Classroom]:
    """The classes by the names in the list; those that are not there yet are not saved yet."""
    there = {room.name.casefold(): room for room in Classroom.objects.filter(school=school, year=year)}
    rooms: dict[str, Classroom] = {}
    for name in dict.fromkeys(filter(None, names)):
        room = there.setdefault(name.casefold(), Classroom(school=school, name=name, year=year))
        if room.archived_at:
            raise CommandError(f"Class {room} of {year} is archived.")
        try:
            room.clean_fields(exclude=["school"])
        except ValidationError as error:
            raise CommandError(f"Class {name[:60]} of {year}: {error.messages[0]}") from error
        rooms[name] = room
    return rooms


def _new_private_file(path: Path) -> int:
    try:
        return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise CommandError(f"{path} cannot be made: {error.strerror}. Name a file that is not there yet.") from error


def _write(descriptor: int, cards: list[roster.Card]) -> None:
    with open(descriptor, "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Class", "Name", "Login name", "Pass-phrase"])
        for card in cards:
            row = (card.classroom, card.name, card.short_name, card.pass_phrase)
            writer.writerow([f"'{cell}" if cell.startswith(tuple(_FORMULA)) else cell for cell in row])
