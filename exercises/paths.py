"""Which names the files of an exercise may have: those of a project (the rule that the browser knows too)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from frontend.static.python.file_names import key_of, reason_to_refuse


def problem_with_path(path: str) -> str | None:
    """What is wrong with a file's path, as a clause that follows its name; None when nothing is."""
    parts = path.split("/")
    if not path or path.startswith("/") or not all(parts):
        return _("name a file in this folder, without a / at the beginning, at the end or twice")
    if {".", ".."} & set(parts):
        return _("name the folder itself in place of . or ..")
    return reason_to_refuse(path)


def problem_with_paths(paths: Iterable[str]) -> tuple[str, str] | None:
    """The first path that cannot stand beside the others, and why, as in problem_with_path."""
    seen: dict[str, str] = {}
    for path in paths:
        if problem := problem_with_path(path):
            return path, problem
        twin = seen.setdefault(key_of(path), path)
        if twin != path:
            return path, _("on many devices it is one with %(twin)s; rename one of them") % {"twin": twin}
    for key, path in seen.items():
        for at in range(len(key)):
            if key[at] == "/" and key[:at] in seen:
                return path, _("%(path)s is a file, and here a folder; rename one of them") % {"path": seen[key[:at]]}
    return None


def shown(path: str) -> str:
    """A name that may hold anything, for a sentence: short, and without what turns text around."""
    return "".join(character if character.isprintable() else "\ufffd" for character in path[:80]) or _("a file")
