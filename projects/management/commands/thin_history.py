from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.template.defaultfilters import filesizeformat, pluralize

from projects.models import Project
from projects.thinning import thin


class Command(BaseCommand):
    help = "Folds old revisions of all projects into later ones, as purge does once a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only say what would be folded")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        done = [
            thin(project, dry_run=dry_run) for project in Project.objects.order_by("pk").values_list("pk", flat=True)
        ]
        thinned = [one for one in done if one.revision_count]
        count, size = sum(one.revision_count for one in thinned), sum(one.byte_count for one in thinned)
        self.stdout.write(
            f"{'Would fold' if dry_run else 'Folded'} {count} revision{pluralize(count)} of {len(thinned)} "
            f"project{pluralize(len(thinned))}: {filesizeformat(size)}."
        )
