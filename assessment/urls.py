"""The addresses of assessment, from the root: assignments, progress, submissions, and some of a class."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "assessment"
urlpatterns: list[URLPattern] = []
