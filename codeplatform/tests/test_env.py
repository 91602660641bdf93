"""A setting that is odd stops the start with a sentence."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from codeplatform import env


class TestPolicySources:
    @pytest.mark.parametrize(
        "value",
        [
            "https:",
            "https: http: wss:",
            "'none'",
            "*",
            "https://api.example.org",
            "*.example.org api.example.net:8443",
            "http://127.0.0.1:5000/v1/",
            "localhost:*",
        ],
    )
    def test_sources_pass_as_they_are(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("SOURCES", value)
        assert env.policy_sources("SOURCES", "https:") == value

    def test_spaces_and_lines_are_one(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SOURCES", "  https:\n http: ")
        assert env.policy_sources("SOURCES", "https:") == "https: http:"

    def test_without_a_value_the_default_counts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SOURCES", " ")
        assert env.policy_sources("SOURCES", "https:") == "https:"

    @pytest.mark.parametrize(
        "value",
        [
            "https:; script-src *",
            "https://a.example, https://b.example",
            "'self'",
            "'none' https:",
            "none'",
            "javascript:",
            "data:",
            "https:/a.example",
            "https://*",
            "a b\u00a0c d'",
            "https://exämple.org",
        ],
    )
    def test_anything_else_is_refused_with_a_sentence(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("SOURCES", value)
        with pytest.raises(ImproperlyConfigured, match="SOURCES holds .* which is no source: write https:"):
            env.policy_sources("SOURCES", "https:")
