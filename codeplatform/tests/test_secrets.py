"""`tools/find-secrets` finds planted secrets; they are put together here, so that it does not find these."""

from __future__ import annotations

from pathlib import Path

import pytest

from codeplatform.tests.tools import load

tool = load("find-secrets")
RANDOM = "".join(["f9Kq2", "Zx7Lw", "P4vTn", "8RbYc", "3HmJd", "6GsWe"])
PLANTED = {
    "private key": "-----BEGIN " + "OPENSSH PRIVATE KEY-----",
    "age key": "AGE-SECRET" + "-KEY-1" + RANDOM.upper(),
    "AWS key": "AKIA" + RANDOM.upper()[:16],
    "GitHub token": "gh" + "p_" + RANDOM + RANDOM,
    "GitLab token": "glpat" + "-" + RANDOM,
    "Slack token": "xox" + "b-" + RANDOM,
    "Google key": "AI" + "za" + RANDOM + "abcde",
    "Stripe key": "sk_" + "live_" + RANDOM,
    "npm token": "npm" + "_" + RANDOM + "abcdef",
    "PyPI token": "pypi" + "-" + RANDOM * 2,
    "web token": ".".join(["eyJ" + RANDOM, "eyJ" + RANDOM, RANDOM]),
    "password in an address": "postgres" + "://site:" + RANDOM + "@localhost/site",
    "random value of a secret's name": "SECRET" + f'_KEY = "{RANDOM}"',
}
HARMLESS = [
    "SECRET_KEY=only-for-tests",
    'SECRET_KEY = env.text("SECRET_KEY")',
    "postgres://user:password@host:port/name",
    "postgres://{user}:{password}@{host}/name",
    "password = request.POST['password']",
    '"integrity": "sha512-' + RANDOM + '"',
    "https://example.org:8000/a@b",
]


@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_secret_is_found(tmp_path: Path, kind: str) -> None:
    planted = tmp_path / "settings.py"
    planted.write_text(f"DEBUG = False\n{PLANTED[kind]}\n")

    found = list(tool.find([planted], tmp_path))

    assert (found[0][:2], kind) == (("settings.py", 2), kind)
    assert kind in {what for _, _, what, _ in found}


@pytest.mark.parametrize("line", HARMLESS)
def test_what_is_none_is_let_be(line: str) -> None:
    assert list(tool.secrets_in(line)) == []


def test_every_kind_has_been_planted() -> None:
    assert {*tool.KNOWN, "random value of a secret's name"} == set(PLANTED)
