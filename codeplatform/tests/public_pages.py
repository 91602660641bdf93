"""The pages that visitors read: what holds for one of them holds for all."""

from __future__ import annotations

PUBLIC_PAGES = (
    "/",
    "/compatibility/",
    "/cors/",
    "/design/",
    "/help/",
    "/help/student/",
    "/interest/",
    "/join/",
    "/login/",
    "/privacy/",
    "/technology/",
)
