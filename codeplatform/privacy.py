"""The page for whoever looks after data protection: what the data map says, in words, and nothing beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from codeplatform.data_duties.data_map import Deletion, Export, FieldDuties, ModelDuties, Personal, data_map
from codeplatform.sign_in import SESSION_S, STAFF_IDLE_S, STUDENT_IDLE_S

# By the app that keeps it, in the order of the page; what is in none of them comes last.
GROUPS: dict[str, Promise] = {
    "accounts": gettext_lazy("Accounts and signing in"),
    "sessions": gettext_lazy("Signed-in devices"),
    "schools": gettext_lazy("Schools, classes, the audit trail, and who is interested"),
    "projects": gettext_lazy("Projects"),
    "exercises": gettext_lazy("Exercises"),
    "assessment": gettext_lazy("Assignments, work handed in, and marks"),
    "admin": gettext_lazy("The administration"),
}
KINDS: dict[Personal, Promise] = {
    Personal.IDENTIFIES: gettext_lazy("Says who it is"),
    Personal.DESCRIBES: gettext_lazy("Says something about them"),
    Personal.CONTENT: gettext_lazy("Their own words and work"),
    Personal.TECHNICAL: gettext_lazy("The site needs it to work"),
    Personal.NONE: gettext_lazy("About nobody"),
}
DELETIONS: dict[Deletion, Promise] = {
    Deletion.WITH_PERSON: gettext_lazy("Deleted with the account."),
    Deletion.BLANKED: gettext_lazy("Blanked when the account is deleted."),
    Deletion.WITH_CLASS: gettext_lazy("Deleted with the class."),
    Deletion.WITH_SCHOOL: gettext_lazy("Deleted with the school."),
    Deletion.ON_REQUEST: gettext_lazy("An operator deletes it on request."),
    Deletion.KEPT: gettext_lazy("Leads to nobody once the account is deleted."),
}


@dataclass(frozen=True)
class ShownField:
    """`beside`: the sentences in which it differs from most fields of its table."""

    name: str
    why: str
    kind: Promise
    beside: str


@dataclass(frozen=True)
class ShownModel:
    duties: ModelDuties
    id: str
    retention: str
    deletion: str
    fields: list[ShownField]


@dataclass(frozen=True)
class ShownGroup:
    id: str
    title: str
    models: list[ShownModel]


@gzip_page
@require_safe
@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    context = {
        "groups": groups(data_map()),
        "others": [model for model in data_map().values() if not model.is_personal],
        "contact": settings.INTEREST_EMAIL,
        "sends_mail": settings.SENDS_MAIL,
        "is_encrypted": settings.HTTPS,
        "may_fetch": settings.SANDBOX_CONNECT_SRC != "'none'",
        "cookies": {
            "session": settings.SESSION_COOKIE_NAME,
            "token": settings.CSRF_COOKIE_NAME,
            "device": settings.DEVICE_COOKIE_NAME,
        },
        "minutes": {"student": STUDENT_IDLE_S // 60, "staff": STAFF_IDLE_S // 60},
        "hours": SESSION_S // 3600,
        "backup_days": settings.BACKUP_KEEP_DAYS,
    }
    return render(request, "codeplatform/privacy.html", context)


def groups(found: Mapping[str, ModelDuties]) -> list[ShownGroup]:
    """What the map holds about people, every field of it, app by app."""
    kept: dict[str, list[ShownModel]] = {app: [] for app in GROUPS}
    for model in found.values():
        if model.is_personal:
            app = model.name.partition(".")[0]
            kept.setdefault(app if app in GROUPS else "other", []).append(_show(model))
    titles = GROUPS | {"other": gettext_lazy("Other things")}
    return [ShownGroup(f"about-{app}", str(titles[app]), models) for app, models in kept.items() if models]


def _show(model: ModelDuties) -> ShownModel:
    personal = [field for field in model.fields.values() if field.personal != Personal.NONE]
    retention = Counter(field.retention for field in personal).most_common(1)[0][0]
    deletion = Counter(field.deletion for field in personal).most_common(1)[0][0]
    export = Counter(field.no_export for field in personal).most_common(1)[0][0]
    deletion_text = " ".join([str(DELETIONS[deletion]), *([_not_exported(export)] if export else [])])
    fields = [
        ShownField(field.name, field.why, KINDS[field.personal], _beside(field, retention, deletion, export))
        for field in model.fields.values()
    ]
    return ShownModel(model, model.name.replace(".", "-"), retention, deletion_text, fields)


def _beside(field: FieldDuties, retention: str, deletion: Deletion, export: str) -> str:
    sentences = []
    if field.personal == Personal.NONE:
        return ""
    if field.retention != retention:
        sentences.append(field.retention)
    if field.deletion != deletion:
        sentences.append(str(DELETIONS[field.deletion]))
    if field.export == Export.NO and field.no_export != export:
        sentences.append(_not_exported(field.no_export))
    if field.export == Export.REDUCED:
        sentences.append(_("An export leaves out what would name other people."))
    return " ".join(sentences)


def _not_exported(reason: str) -> str:
    return _("Not in an export: {reason}").format(reason=reason[:1].lower() + reason[1:])
