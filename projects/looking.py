"""Whoever looks at somebody else's work leaves a line in the audit trail."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from accounts.http import SignedInRequest
from projects.models import Project
from schools.audit import record
from schools.audit_events import AuditEvent, What

ONCE_IN = timedelta(hours=1)


def note_look(request: SignedInRequest, project: Project) -> None:
    """Write down that the person saw the project, once an hour; their own work is nobody's business."""
    if project.owner_id == request.user.pk:
        return
    looks = AuditEvent.objects.filter(
        what=What.WORK_SEEN, about=project.owner_id, actor=request.user.pk, at__gt=timezone.now() - ONCE_IN
    )
    if not looks.filter(details__project=str(project.pk)).exists():
        details = {"project": str(project.pk)}
        record(What.WORK_SEEN, about=project.owner, request=request, details=details)
