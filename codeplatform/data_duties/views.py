"""People take their data with them; school admins take it for those whose account they look after."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.roles import Role
from codeplatform.data_duties.export import Exported
from codeplatform.data_duties.zip_stream import zip_of
from schools.audit import record
from schools.audit_events import What


@require_http_methods(["GET", "HEAD", "POST"])
def export_data(request: SignedInRequest, person_id: UUID | None = None) -> HttpResponseBase:
    """A page that says what is in the export; POST sends the zip while it is made."""
    person = _subject(request.user, person_id or request.user.pk)
    if request.method != "POST":
        return render(request, "codeplatform/export_data.html", {"person": person})
    record(What.EXPORTED, about=person, request=request, details={"kind": "person"})
    export = Exported(person, timezone.now())
    headers = {
        "Content-Disposition": content_disposition_header(True, f"{export.root}.zip") or "attachment",
        "Cache-Control": "no-store",
    }
    return StreamingHttpResponse(zip_of(export.entries()), content_type="application/zip", headers=headers)


def _subject(viewer: User, person_id: UUID) -> User:
    """The viewer, or whom a school admin or operator looks after; 403 for whom they only see, 404 for the rest."""
    person = get_object_or_404(User.objects.visible_to(viewer), pk=person_id)
    if person != viewer:
        runs_school = viewer.role in {Role.SCHOOL_ADMIN, Role.OPERATOR}
        if not runs_school or not person.is_editable_by(viewer):
            raise PermissionDenied
    return person
