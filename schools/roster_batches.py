"""Accounts that are about to be made or given a new pass-phrase: listed, prepared little by little, issued all at once.

    listed ──confirm──▶ preparing ──all hashed──▶ issued ──cards shown──▶ shown
       └─────────────────────┴─────an hour──────────┴──▶ expired

Nobody's account changes before everything is issued in one transaction (schools.roster). Pass-phrases are not written
down: they follow from the batch's seed, which is wiped when the cards are shown and good for nothing after an hour.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.ids import uuid7
from accounts.models import Viewer
from accounts.passphrases import new_seed, pass_phrase_from
from schools.permissions import looks_after_classes, of_own_classrooms

LIFETIME = timedelta(hours=1)
REMEMBERED = timedelta(days=1)  # that there was a batch, without its people: a page loaded again says what became of it


def in_an_hour() -> datetime:
    return timezone.now() + LIFETIME


class RosterBatchQuerySet(models.QuerySet["RosterBatch"]):
    def visible_to(self, viewer: Viewer) -> RosterBatchQuerySet:
        """Those the viewer made, in classes the viewer looks after."""
        own = models.Q(made_by=viewer.pk) if viewer.is_authenticated else models.Q(pk__in=())
        return self.filter(of_own_classrooms(viewer), looks_after_classes(viewer), own)


class RosterBatch(models.Model):
    """One list of people; see the module for its states."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    classroom = models.ForeignKey("schools.Classroom", models.CASCADE, related_name="roster_batches")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    seed = models.CharField(max_length=64, default=new_seed, editable=False)
    expires_at = models.DateTimeField(default=in_an_hour)
    confirmed_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)

    objects = RosterBatchQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="roster_batch_expires")]

    def __str__(self) -> str:
        return f"{self.classroom}, {self.expires_at - LIFETIME:%Y-%m-%d %H:%M}"

    def is_visible_to(self, viewer: Viewer) -> bool:
        return RosterBatch.objects.visible_to(viewer).filter(pk=self.pk).exists()

    @property
    def state(self) -> str:
        """listed, preparing, issued, shown or expired."""
        if self.shown_at:
            return "shown"
        if not self.seed or self.expires_at <= timezone.now():
            return "expired"
        if self.issued_at:
            return "issued"
        return "preparing" if self.confirmed_at else "listed"

    def pass_phrase(self, entry: RosterEntry) -> str:
        return pass_phrase_from(self.seed, entry.number)


class RosterEntry(models.Model):
    """A line of the list, and what is to happen to it."""

    class Kind(models.TextChoices):
        NEW = "new", _("New account")
        ENROL = "enrol", _("Comes into the class")
        PRESENT = "present", _("In the class already")
        RESET = "reset", _("New pass-phrase")

    WITH_PASS_PHRASE = (Kind.NEW, Kind.RESET)

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    batch = models.ForeignKey(RosterBatch, models.CASCADE, related_name="entries")
    number = models.PositiveIntegerField(help_text=_("Its line in the list."))
    kind = models.CharField(max_length=10, choices=Kind.choices)
    display_name = models.CharField(max_length=100)
    short_name = models.CharField(max_length=64)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    classroom = models.ForeignKey("schools.Classroom", models.CASCADE, related_name="+")
    password = models.CharField(max_length=128, blank=True, help_text=_("Hashed; empty until it is prepared."))
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["batch", "number"], name="roster_entry_number")]

    def __str__(self) -> str:
        return self.display_name
