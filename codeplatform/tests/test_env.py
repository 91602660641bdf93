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


class TestMailServer:
    @pytest.mark.parametrize(
        ("value", "server"),
        [
            ("smtp+tls://me:p%40ss@mail.example.org", env.MailServer("mail.example.org", 587, "me", "p@ss", "tls")),
            ("smtp+ssl://mail.example.org:4465/", env.MailServer("mail.example.org", 4465, "", "", "ssl")),
            ("smtp://localhost", env.MailServer("localhost", 25, "", "", "")),
        ],
    )
    def test_an_address_names_it(self, monkeypatch: pytest.MonkeyPatch, value: str, server: env.MailServer) -> None:
        monkeypatch.setenv("MAIL", value)
        assert env.mail_server("MAIL") == server

    def test_without_a_value_there_is_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MAIL", "")
        assert env.mail_server("MAIL") is None

    @pytest.mark.parametrize(
        "value", ["mail.example.org", "https://me:secret@a.b", "smtp://", "smtp+x://me:secret@a", "smtp://a:secret/b"]
    )
    def test_anything_else_is_refused_without_repeating_the_password(
        self, monkeypatch: pytest.MonkeyPatch, value: str
    ) -> None:
        monkeypatch.setenv("MAIL", value)
        with pytest.raises(ImproperlyConfigured, match=r"MAIL must be smtp\+tls://user:password@host:port") as refusal:
            env.mail_server("MAIL")
        assert "secret" not in str(refusal.value)


class TestMailAddress:
    def test_an_address_passes_and_an_empty_one_is_the_default(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("WHO", "office@example.org")
        assert env.mail_address("WHO", "") == "office@example.org"
        monkeypatch.setenv("WHO", "")
        assert env.mail_address("WHO", "") == ""
        with pytest.raises(ImproperlyConfigured, match="Set WHO"):
            env.mail_address("WHO", None)

    @pytest.mark.parametrize(
        "value", ["office", "a@b.example, c@d.example", "Office <a@b.example>", "a@b.example\nBcc: x"]
    )
    def test_anything_else_is_refused(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("WHO", value)
        with pytest.raises(ImproperlyConfigured, match="is no e-mail address"):
            env.mail_address("WHO", "")


class TestLocalAddress:
    @pytest.mark.parametrize(
        ("value", "address"),
        [
            ("", None),
            ("127.0.0.1:9100", ("127.0.0.1", 9100)),
            ("127.0.0.2:1", ("127.0.0.2", 1)),
            ("[::1]:9", ("::1", 9)),
        ],
    )
    def test_of_this_host_alone(
        self, monkeypatch: pytest.MonkeyPatch, value: str, address: tuple[str, int] | None
    ) -> None:
        monkeypatch.setenv("METRICS", value)
        assert env.local_address("METRICS") == address

    @pytest.mark.parametrize(
        "value",
        ["9100", ":9100", "0.0.0.0:9100", "10.0.0.1:9100", "[::]:9100", "localhost:9100", "127.0.0.1:0", "127.0.0.1"],
    )
    def test_any_other_is_refused(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("METRICS", value)
        with pytest.raises(ImproperlyConfigured, match="must be an address of this host alone"):
            env.local_address("METRICS")


class TestReportAddress:
    @pytest.mark.parametrize("value", ["", "https://key@errors.example.org/1", "http://key@127.0.0.1:9000/path/1"])
    def test_names_key_host_and_number(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("REPORTS", value)
        assert env.report_address("REPORTS") == value

    @pytest.mark.parametrize(
        "value", ["on", "https://errors.example.org/1", "https://key@/1", "ftp://key@a/1", "https://k@["]
    )
    def test_any_other_is_refused_without_repeating_it(self, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
        monkeypatch.setenv("REPORTS", value)
        with pytest.raises(ImproperlyConfigured, match="as the server for reports gives it out") as refused:
            env.report_address("REPORTS")
        assert value not in str(refused.value)
