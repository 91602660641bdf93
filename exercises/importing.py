"""Many exercises at once: folders on the disk into the library, and out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from exercises.fields import TOML_FILE
from exercises.folder_format import read_folder, write
from exercises.format_error import ExerciseFormatError
from exercises.specs import ExerciseFolder
from exercises.versions import Outcome, import_folder
from schools.models import School

LIBRARY = Path(__file__).resolve().parent / "library"


class BadFolders(Exception):
    """Nothing was imported; `problems` are sentences, each with the folder it is about."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)


def read_folders(top: Path) -> list[ExerciseFolder]:
    """The exercises in the folder, at any depth, or the one that it is itself. Raises BadFolders."""
    found: list[ExerciseFolder] = []
    problems: list[str] = []
    for toml in sorted(top.rglob(TOML_FILE)):
        try:
            found.append(read_folder(toml.parent))
        except ExerciseFormatError as error:
            problems.append(f"{toml.parent.relative_to(top.parent)}: {error}")
    if problems:
        raise BadFolders(problems)
    if not found:
        raise BadFolders(
            [
                _("%(top)s: there is no exercise in it; each is a folder with a file %(toml_file)s.")
                % {"top": top.name, "toml_file": TOML_FILE}
            ]
        )
    return found


def import_folders(
    folders: Iterable[ExerciseFolder],
    *,
    author: User | None,
    school: School | None,
    is_shared: bool = False,
    dry_run: bool = False,
) -> Counter[Outcome]:
    """Import all of them, or none; a dry run counts the same and changes nothing. See versions.import_folder."""
    counts: Counter[Outcome] = Counter()
    folders = list(folders)
    _refuse_twins(folders)
    with transaction.atomic():
        for folder in folders:
            counts[import_folder(folder, author=author, school=school, is_shared=is_shared)] += 1
        transaction.set_rollback(dry_run)
    return counts


def export_folders(folders: Iterable[ExerciseFolder], target: Path) -> int:
    """Write each to TARGET/topic/slug and return how many; files there that the exercise has not are deleted."""
    folders = list(folders)
    for folder in folders:
        place = target / folder.topic / folder.slug
        files = write(folder)
        for path in list(place.rglob("*")):
            name = path.relative_to(place).as_posix()
            if path.is_file() and name not in files and not any(part.startswith(".") for part in name.split("/")):
                path.unlink()
        for name, content in files.items():
            path = place / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return len(folders)


def _refuse_twins(folders: Sequence[ExerciseFolder]) -> None:
    twins = sorted(slug for slug, count in Counter(folder.slug for folder in folders).items() if count > 1)
    if twins:
        raise BadFolders(
            [_("%(slug)s: two exercises have this name; rename the folder of one.") % {"slug": slug} for slug in twins]
        )
