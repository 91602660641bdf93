"""What every address answers to everybody: the table that `test_access_matrix.py` holds the site to.

A row gives what GET and POST answer to each of ACTORS, from left to right. HEAD answers as GET does. Every other method
is refused with 405, but visitors are led to the sign-in page before anybody looks at the method.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from codeplatform.tests.whole_site.walking import ADMIN_MODELS
from codeplatform.tests.whole_site.world import ACTORS

SIGN_IN = 302  # to the sign-in page
OK = [200] * len(ACTORS)


def everyone(status: int) -> list[int]:
    return [status] * len(ACTORS)


def signed_in_only(status: int) -> list[int]:
    return [SIGN_IN, *[status] * (len(ACTORS) - 1)]


@dataclass(frozen=True)
class Row:
    """What GET, POST and every other method (`rest`) answer to each of ACTORS; `args` names what stands in the URL."""

    get: list[int]
    post: list[int]
    args: tuple[str, ...] = ()
    rest: list[int] = field(default_factory=lambda: signed_in_only(405))
    options: list[int] | None = None  # where they are answered otherwise than the rest

    def expected(self, method: str) -> dict[str, int]:
        given = {"get": self.get, "head": self.get, "post": self.post, "options": self.options or self.rest}
        statuses = given.get(method, self.rest)
        return dict(zip(ACTORS, statuses, strict=True))


def public(get: list[int], post: list[int], args: tuple[str, ...] = ()) -> Row:
    """A row of what visitors may ask for."""
    return Row(get, post, args, everyone(405))


# visitor, ada, ben, dan, teacher, colleague, head, ada/away, teacher/away, head/away, operator
OWN_PROJECT = [302, 200, 404, 404, 200, 404, 200, 404, 404, 404, 200]
# The teacher's, for nobody else or for the school
OWN_EXERCISE = [302, 404, 404, 404, 200, 404, 200, 404, 404, 404, 200]
SHARED_EXERCISE = [302, 200, 200, 200, 200, 200, 200, 404, 404, 404, 200]
# Set to the class: its students and who looks after it
SET_TO_CLASS = [302, 200, 200, 404, 200, 404, 200, 404, 404, 404, 200]
# Teachers see ada, but only she herself and her school's admin take her data
EXPORT = [302, 200, 404, 404, 403, 404, 200, 404, 404, 404, 200]


def task(status: int) -> list[int]:
    """What those get to whom the exercise is set, and who look after them."""
    return [302, status, status, 404, status, 404, status, 404, 404, 404, status]


def shared_task(status: int) -> list[int]:
    """What those get who find the exercise in the library."""
    return [302, *[status] * 6, 404, 404, 404, status]


def owner_only(status: int) -> list[int]:
    """What the owner gets; 403 for those who may look, 404 for the rest."""
    return [302, status, 404, 404, 403, 404, 403, 404, 404, 404, 403]


def in_the_bin(status: int) -> list[int]:
    """What the owner gets; nobody else sees what is in the bin."""
    return [302, status, *[404] * 9]


def own_class(status: int) -> list[int]:
    """What those get who look after the class; 403 for its students, 404 for the rest."""
    return [302, 403, 403, 404, status, 404, status, 404, 404, 404, status]


def own_list(status: int) -> list[int]:
    """What the teacher gets who made the list; 403 for the students of the class, 404 for the rest."""
    return [302, 403, 403, 404, status, *[404] * 6]


def staff_only(status: int) -> list[int]:
    """What everybody gets but students, who get 403."""
    return [302, 403, 403, 403, status, status, status, 403, status, status, status]


def students_only(status: int) -> list[int]:
    """What students get; 403 for everybody else."""
    return [302, status, status, status, 403, 403, 403, status, 403, 403, 403]


def author_only(status: int) -> list[int]:
    """What those get who may change the teacher's own exercise; nobody else sees it."""
    return [302, 404, 404, 404, status, 404, status, 404, 404, 404, status]


def shared_by_author(status: int) -> list[int]:
    """What those get who may change the teacher's shared exercise; 403 for the rest of the school."""
    return [302, 403, 403, 403, status, 403, status, 404, 404, 404, status]


def marker_only(status: int) -> list[int]:
    """What those get who mark ada's work; 403 for ada, 404 for the rest."""
    return [302, 403, 404, 404, status, 404, status, 404, 404, 404, status]


SHARED_EDITED = shared_by_author(200)

RUN = ("classroom", "marking run")
TABLE: dict[str, Row] = {
    "frontend:home": public([200, *[302] * 10], everyone(405)),
    "frontend:compatibility": public(OK, everyone(405)),
    "frontend:cors": public(OK, everyone(405)),
    "frontend:catalogue": public(OK, everyone(405)),
    "frontend:help": public(OK, everyone(405)),
    "frontend:guide": public(OK, everyone(405), ("guide",)),
    "frontend:technology": public(OK, everyone(405)),
    "frontend:examples": public(OK, everyone(405)),
    "frontend:example": public(OK, everyone(405), ("example",)),
    "frontend:design": public(OK, everyone(405)),
    "frontend:robots": public(OK, everyone(405)),
    "frontend:favicon": public(everyone(302), everyone(405)),
    "frontend:manifest": public(OK, everyone(405)),
    "frontend:sandbox-frame": public(OK, everyone(405)),
    "accounts:sign-in": public([200, *[302] * 10], [200, *[302] * 10]),
    "accounts:school-sign-in": public([200, *[302] * 10], [200, *[302] * 10], ("slug",)),
    "accounts:account": Row(signed_in_only(200), signed_in_only(200)),
    "accounts:sign-out-others": Row(signed_in_only(405), signed_in_only(302)),
    "accounts:sign-out": public(everyone(405), everyone(302)),
    "projects:project-list": Row(signed_in_only(200), signed_in_only(400)),
    "projects:project-upload": Row(signed_in_only(405), signed_in_only(400)),
    "projects:project-from-example": Row(signed_in_only(405), signed_in_only(302), ("example",)),
    "projects:bin": Row(signed_in_only(200), signed_in_only(405)),
    "projects:project-detail": Row(OWN_PROJECT, signed_in_only(405), ("project",)),
    "projects:project-files": Row(OWN_PROJECT, signed_in_only(405), ("project",)),
    "projects:project-save": Row(
        signed_in_only(405), [302, 415, 404, 404, 403, 404, 403, 404, 404, 404, 403], ("project",)
    ),
    "projects:project-history": Row(OWN_PROJECT, signed_in_only(405), ("project",)),
    "projects:project-revision": Row(OWN_PROJECT, signed_in_only(405), ("project", "revision")),
    "projects:project-revision-files": Row(OWN_PROJECT, signed_in_only(405), ("project", "revision")),
    "projects:project-restore": Row(
        signed_in_only(405), [302, 302, 404, 404, 403, 404, 403, 404, 404, 404, 403], ("project", "revision")
    ),
    "projects:project-zip": Row(OWN_PROJECT, signed_in_only(405), ("project",)),
    "projects:project-rename": Row(owner_only(200), owner_only(400), ("project",)),
    "projects:project-duplicate": Row(signed_in_only(405), owner_only(302), ("project",)),
    "projects:project-bin": Row(owner_only(200), owner_only(302), ("project",)),
    "projects:bin-restore": Row(signed_in_only(405), in_the_bin(302), ("binned",)),
    "projects:bin-delete": Row(in_the_bin(200), in_the_bin(302), ("binned",)),
    "exercises:exercise-list": Row(signed_in_only(200), signed_in_only(405)),
    "exercises:exercise-new": Row(staff_only(200), staff_only(400)),
    "exercises:exercise-import": Row(staff_only(200), staff_only(400)),
    "exercises:exercises-zip": Row(staff_only(200), signed_in_only(405)),
    "exercises:exercise-zip": Row(author_only(200), signed_in_only(405), ("exercise",)),
    "exercises:exercise-zip (shared)": Row(
        [302, 403, 403, 403, 200, 200, 200, 404, 404, 404, 200], signed_in_only(405), ("shared exercise",)
    ),
    "exercises:exercise-edit": Row(OWN_EXERCISE, author_only(400), ("exercise",)),
    "exercises:exercise-edit (shared)": Row(SHARED_EDITED, shared_by_author(400), ("shared exercise",)),
    "exercises:exercise-copy": Row(signed_in_only(405), author_only(302), ("exercise",)),
    "exercises:exercise-copy (shared)": Row(
        signed_in_only(405), [302, 403, 403, 403, 302, 302, 302, 404, 404, 404, 302], ("shared exercise",)
    ),
    "exercises:exercise-archive": Row(signed_in_only(405), author_only(302), ("exercise",)),
    "exercises:exercise-archive (shared)": Row(signed_in_only(405), shared_by_author(302), ("shared exercise",)),
    "exercises:exercise-unarchive": Row(signed_in_only(405), author_only(302), ("exercise",)),
    "exercises:exercise-unarchive (shared)": Row(signed_in_only(405), shared_by_author(302), ("shared exercise",)),
    "exercises:exercise-detail": Row(OWN_EXERCISE, signed_in_only(405), ("exercise",)),
    "exercises:exercise-detail (shared)": Row(SHARED_EXERCISE, signed_in_only(405), ("shared exercise",)),
    "assessment:assignment-list": Row(signed_in_only(200), signed_in_only(405)),
    "assessment:assignment-new": Row(staff_only(200), staff_only(400)),
    "assessment:assignment-detail": Row(SET_TO_CLASS, signed_in_only(405), ("assignment",)),
    "assessment:assignment-edit": Row(own_class(200), own_class(400), ("assignment",)),
    "assessment:assignment-archive": Row(signed_in_only(405), own_class(302), ("assignment",)),
    "assessment:assignment-unarchive": Row(signed_in_only(405), own_class(302), ("assignment",)),
    "assessment:assignment-release": Row(signed_in_only(405), own_class(302), ("assignment",)),
    "assessment:assignment-withdraw": Row(signed_in_only(405), own_class(302), ("assignment",)),
    "assessment:exercise-update": Row(signed_in_only(405), own_class(302), ("assignment", "assigned")),
    "assessment:extension-list": Row(own_class(200), own_class(400), ("assignment",)),
    "assessment:extension-delete": Row(signed_in_only(405), own_class(302), ("assignment", "extension")),
    "assessment:progress": Row(students_only(200), signed_in_only(405)),
    "assessment:assigned-exercise": Row(task(200), signed_in_only(405), ("assignment", "position")),
    "assessment:work-detail": Row(in_the_bin(302), signed_in_only(405), ("work project",)),
    "assessment:work-save": Row(signed_in_only(405), task(415), ("assigned", "revision")),
    "assessment:work-save (practice)": Row(signed_in_only(405), shared_task(415), ("shared exercise", "revision")),
    "assessment:work-check": Row(signed_in_only(405), task(415), ("assigned", "revision")),
    "assessment:work-hand-in": Row(signed_in_only(405), task(415), ("assigned", "revision")),
    "assessment:work-hint": Row(signed_in_only(405), task(200), ("assigned", "revision", "revision")),
    "assessment:work-hint (practice)": Row(
        signed_in_only(405), shared_task(200), ("shared exercise", "revision", "revision")
    ),
    "assessment:submission-detail": Row(OWN_PROJECT, signed_in_only(405), ("marked",)),
    "assessment:submission-detail (not released)": Row(OWN_PROJECT, signed_in_only(405), ("submission",)),
    "assessment:submission-editor": Row(OWN_PROJECT, signed_in_only(405), ("marked",)),
    "assessment:comment-new": Row(
        signed_in_only(405), [302, 400, 404, 404, 400, 404, 400, 404, 404, 404, 400], ("marked",)
    ),
    "assessment:comment-new (not released)": Row(
        signed_in_only(405), [302, 403, 404, 404, 400, 404, 400, 404, 404, 404, 400], ("submission",)
    ),
    # The teacher's own comment, and the teacher's own saved one
    "assessment:comment-delete": Row(
        signed_in_only(405), [302, 403, 404, 404, 302, 404, 403, 404, 404, 404, 403], ("marked", "comment")
    ),
    "assessment:saved-comment-remove": Row(
        signed_in_only(405), [302, 403, 404, 404, 302, *[404] * 6], ("marked", "saved comment")
    ),
    "assessment:mark-set": Row(signed_in_only(405), marker_only(400), ("marked",)),
    "assessment:mark-take-back": Row(signed_in_only(405), marker_only(302), ("marked",)),
    "assessment:marking-new": Row(own_class(200), own_class(302), ("classroom",)),
    "assessment:marking-run": Row(own_class(200), signed_in_only(405), RUN),
    "assessment:marking-claim": Row(signed_in_only(405), own_class(400), RUN),
    "assessment:marking-tests": Row(own_class(200), signed_in_only(405), (*RUN, "version")),
    "assessment:marking-give-back": Row(signed_in_only(405), own_class(400), RUN),
    "assessment:marking-results": Row(signed_in_only(405), own_class(400), RUN),
    "assessment:marking-publish": Row(signed_in_only(405), own_class(302), RUN),
    "assessment:marking-discard": Row(signed_in_only(405), own_class(302), RUN),
    "schools:classroom-list": Row([302, 403, 403, 403, 200, 200, 200, 403, 200, 200, 200], signed_in_only(405)),
    "schools:classroom-detail": Row(own_class(200), signed_in_only(405), ("classroom",)),
    "assessment:grid": Row(own_class(200), signed_in_only(405), ("classroom",)),
    "assessment:gradebook": Row(own_class(200), signed_in_only(405), ("classroom",)),
    "assessment:gradebook-export": Row(own_class(200), signed_in_only(405), ("classroom",)),
    "assessment:gradebook-student": Row(own_class(200), signed_in_only(405), ("classroom", "person")),
    "schools:classroom-create": Row(
        [302, 403, 403, 403, 200, 200, 200, 403, 200, 200, 403], [302, 403, 403, 403, 400, 400, 400, 403, 400, 400, 403]
    ),
    "schools:classroom-settings": Row(own_class(200), own_class(400), ("classroom",)),
    "schools:classroom-archive": Row(signed_in_only(405), own_class(302), ("classroom",)),
    "schools:classroom-unarchive": Row(signed_in_only(405), own_class(302), ("classroom",)),
    "schools:classroom-teachers": Row(own_class(200), own_class(400), ("classroom",)),
    "schools:teacher-remove": Row(signed_in_only(405), own_class(302), ("classroom", "teacher")),
    "schools:join-code": Row(own_class(200), own_class(400), ("classroom",)),
    "schools:join-code-revoke": Row(signed_in_only(405), own_class(302), ("classroom",)),
    "join": public([200] * 4 + [403] * 3 + [200] + [403] * 3, [400] * 4 + [403] * 3 + [400] + [403] * 3),
    "register": public(everyone(302), everyone(302)),  # to the page where a code is typed
    "schools:interest": public(OK, everyone(400)),
    "schools:interest-thanks": public(OK, everyone(405)),
    "privacy": public(OK, everyone(405)),
    "schools:students-change": Row(signed_in_only(405), own_class(400), ("classroom",)),
    "schools:student-detail": Row(own_class(200), signed_in_only(405), ("classroom", "person")),
    "schools:student-release": Row(signed_in_only(405), own_class(302), ("classroom", "person")),
    "schools:student-reopen": Row(signed_in_only(405), own_class(404), ("classroom", "person")),
    "schools:students-add": Row(own_class(200), own_class(400), ("classroom",)),
    "schools:roster-batch": Row(own_list(200), own_list(200), ("classroom", "list")),
    "schools:roster-batch (not confirmed)": Row(own_list(200), own_list(302), ("classroom", "new list")),
    "schools:roster-step": Row(signed_in_only(405), own_list(302), ("classroom", "list")),
    "schools:login-cards": Row(signed_in_only(405), own_list(200), ("classroom", "list")),
    "schools:login-cards (not confirmed)": Row(signed_in_only(405), own_list(410), ("classroom", "new list")),
    "export-own": Row(signed_in_only(200), signed_in_only(200)),
    "export-person": Row(EXPORT, EXPORT, ("person",)),
    "admin-sign-in": public([302, *[403] * 10], everyone(405)),
    "healthz": public(OK, everyone(405)),
    "readyz": public(everyone(503), everyone(405)),  # no runtime in the tests
}


def admins(head: int, head_of_away: int, operator: int) -> list[int]:
    """Everybody else is led to the sign-in page, which tells who is signed in that they may not."""
    return [*[SIGN_IN] * 6, head, SIGN_IN, SIGN_IN, head_of_away, operator]


IN_ADMIN, ONE = admins(200, 200, 200), admins(200, 404, 200)
OPERATORS_LIST, OPERATORS_ONE = admins(403, 403, 200), admins(404, 404, 200)
NOBODY, NOBODYS_ONE = admins(403, 403, 403), admins(403, 404, 403)


def in_admin(get: list[int], post: list[int] | None = None, args: tuple[str, ...] = ()) -> Row:
    """Django's admin takes every method but POST for GET."""
    return Row(get, post or get, args, get)


def model(
    label: str,
    *more: str,
    rows: list[int] = IN_ADMIN,
    add: list[int] = NOBODY,
    one: list[int] = ONE,
    change: list[int] = NOBODYS_ONE,
    delete: list[int] = NOBODYS_ONE,
) -> dict[str, Row]:
    """The rows of one model in the admin; `change` is what an empty form gets, `more` the lists beside the list."""
    name, key = f"admin:{label.replace('.', '_').lower()}", (f"admin:{label}",)
    return {
        **{f"{name}_{view}": in_admin(rows) for view in ("changelist", *more)},
        f"{name}_add": in_admin(add),
        f"{name}_history": in_admin(one, args=key),
        f"{name}_change": in_admin(one, change, key),
        f"{name}_delete": in_admin(delete, args=key),
        f"admin/{ADMIN_MODELS[label]}/<path:object_id>/": in_admin(everyone(302), args=key),  # to `change`
    }


# An empty form is shown again with what is wrong (200), or, where nothing can be typed, leads back to the list.
BACK = admins(302, 404, 302)
TABLE |= {
    **model("accounts.User", "import", "export", add=IN_ADMIN, change=ONE),
    **model("schools.School", add=OPERATORS_LIST, change=ONE),
    **model("schools.Classroom", "export", add=IN_ADMIN, change=ONE),
    **model("schools.Enrolment", "export", change=BACK),
    **model("schools.JoinCode", change=BACK),
    **model("schools.AuditEvent", "export"),
    **model(
        "schools.RetiredSlug",
        rows=OPERATORS_LIST,
        one=OPERATORS_ONE,
        change=admins(404, 404, 403),
        delete=admins(404, 404, 403),
    ),
    **model(
        "schools.Interest",
        "export",
        rows=OPERATORS_LIST,
        one=OPERATORS_ONE,
        change=admins(404, 404, 403),
        delete=OPERATORS_ONE,
    ),
    **model("projects.Project"),
    **model("exercises.Exercise"),
    **model("assessment.Assignment"),
    "admin:index": in_admin(IN_ADMIN),
    "admin:app_list": in_admin(IN_ADMIN, args=("app",)),
    "admin:login": public([302, *[403] * 10], everyone(405)),
    "admin:logout": Row(admins(405, 405, 405), everyone(302), (), admins(405, 405, 405)),
    "admin:jsi18n": Row(IN_ADMIN, admins(405, 405, 405), (), admins(405, 405, 405), options=IN_ADMIN),
    "admin/(?P<url>.*)$": in_admin(admins(404, 404, 404)),
}
