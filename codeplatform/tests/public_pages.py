"""The pages that visitors read: what holds for one of them holds for all."""

from __future__ import annotations

PUBLIC_PAGES = (
    "/",
    "/compatibility/",
    "/cors/",
    "/design/",
    "/examples/",
    "/examples/greeting/",
    "/help/",
    "/help/student/",
    "/interest/",
    "/interest/thanks/",
    "/join/",
    "/login/",
    "/privacy/",
    "/technology/",
)
