"""The nginx that is shipped in front of gunicorn: files, limits, faults, and who is not answered at all."""

from __future__ import annotations

import json
import os
import re
import socket
import ssl
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path
from typing import Any

import pytest

from codeplatform.tests.browser.proxy import HOST, Answer, Proxy, ask
from codeplatform.tests.browser.site import BASE_DIR, Site
from codeplatform.tests.headers import lacking

# What no two answers have in common, or only one of the two servers has any use for.
INCIDENTAL = {"accept-ranges", "connection", "date", "etag", "last-modified", "server", "vary", "x-request-id"}


@pytest.fixture(scope="module")
def proxy(site: Site) -> Iterator[Proxy]:
    started = Proxy(site)
    started.start()
    yield started
    started.stop()


def served_files(site: Site) -> list[str]:
    """One address of each kind of file: by folder and ending, hashed and not."""
    static, runtime = site.folder / "static", Path(site.environment["RUNTIME_DIR"])
    version = json.loads((runtime / "current.json").read_text())["version"]
    addresses = [f"/static/{path.relative_to(static)}" for path in sorted(static.rglob("*")) if path.is_file()]
    addresses += [f"/runtime/{version}/{path.name}" for path in sorted((runtime / version).iterdir())]
    kinds: dict[tuple[Any, ...], str] = {}
    for address in addresses:
        if not address.endswith((".br", ".gz")):
            is_hashed = re.search(r"\.[0-9a-f]{12}\.", address) is not None
            is_worker = "/linting/worker" in address
            kinds.setdefault((*address.split("/")[1:3], address.rpartition(".")[2], is_hashed, is_worker), address)
    return list(kinds.values())


def told_about(answer: Answer) -> dict[str, str]:
    said = {name: value for name, value in answer.headers.items() if name not in INCIDENTAL}
    # Styles that a page makes itself have no place in a file.
    said["content-security-policy"] = re.sub(r" 'nonce-[^']+'", "", said["content-security-policy"])
    said["content-type"] = said["content-type"].replace('; charset="utf-8"', "; charset=utf-8")
    return said


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_files_say_the_same_from_the_disk_as_from_gunicorn(site: Site, proxy: Proxy, encoding: str) -> None:
    nginx, gunicorn = proxy.connect(), proxy.straight()
    addresses = served_files(site)
    assert len(addresses) > 20
    for address in addresses:
        from_disk = ask(nginx, "GET", address, Accept_Encoding=encoding)
        from_gunicorn = ask(gunicorn, "GET", address, Accept_Encoding=encoding, X_Forwarded_Proto="https")

        assert (from_disk.status, from_gunicorn.status) == (200, 200), address
        assert told_about(from_disk) == told_about(from_gunicorn), address
        assert from_disk.body == from_gunicorn.body, address
        assert from_disk.headers["vary"] == "Accept-Encoding", address
        assert from_disk.headers["server"] == "nginx"


def test_what_never_changes_is_kept_for_ever(site: Site, proxy: Proxy) -> None:
    kept = {address for address in served_files(site) if address.startswith("/runtime/")}
    assert kept
    for address in kept:
        assert "immutable" in ask(proxy.connect(), "HEAD", address).headers["cache-control"], address


@pytest.mark.parametrize(
    "path", ["/static/no-such-file.js", "/static/../deploy/env.example", "/runtime/current.json", "/error-pages/x.html"]
)
def test_what_is_no_file_is_answered_by_the_site_or_not_at_all(proxy: Proxy, path: str) -> None:
    assert ask(proxy.connect(), "GET", path).status in {302, 404}


def test_pages_are_compressed(proxy: Proxy) -> None:
    page = ask(proxy.connect(), "GET", "/login/", Accept_Encoding="gzip")

    assert page.headers["content-encoding"] == "gzip"
    assert page.headers["cross-origin-embedder-policy"] == "require-corp"


class TestLimits:
    def test_a_body_that_is_too_large_is_refused_before_it_is_read(self, proxy: Proxy) -> None:
        for accept, content_type in (("text/html", "text/html"), ("application/json", "application/json")):
            connection = proxy.connect()
            connection.putrequest("POST", "/projects/", skip_host=True)
            for name, value in {"Host": HOST, "Accept": accept, "Content-Length": str(31 * 1024**2)}.items():
                connection.putheader(name, value)
            connection.endheaders()
            response = connection.getresponse()
            told = response.read().decode()

            assert response.status == 413
            assert response.headers["Content-Type"].startswith(content_type)
            assert "larger than 30 MB" in told
            assert lacking(response.headers, is_https=True) == []

    def test_slow_senders_keep_nobody_from_the_site(self, proxy: Proxy) -> None:
        """More of them than gunicorn has threads."""
        with ExitStack() as senders:
            for _ in range(40):
                connection = proxy.connect()
                senders.callback(connection.close)
                connection.putrequest("POST", "/login/", skip_host=True)
                connection.putheader("Host", HOST)
                connection.putheader("Content-Length", "100000")
                connection.endheaders(b"username=")

            assert ask(proxy.connect(), "GET", "/login/").status == 200


class TestFaults:
    def test_who_asks_while_gunicorn_starts_anew_is_answered(self, proxy: Proxy) -> None:
        answers: list[int] = []
        done = threading.Event()

        def keep_asking() -> None:
            while not done.is_set():
                answers.append(ask(proxy.connect(), "GET", "/login/").status)

        askers = [threading.Thread(target=keep_asking) for _ in range(3)]
        for asker in askers:
            asker.start()
        proxy.stop_gunicorn()
        proxy.start_gunicorn()
        enough = len(answers) + 20
        while len(answers) < enough and any(asker.is_alive() for asker in askers):
            done.wait(0.05)
        done.set()
        for asker in askers:
            asker.join()

        assert set(answers) == {200}

    def test_without_gunicorn_the_site_says_so_and_files_are_served(self, site: Site, proxy: Proxy) -> None:
        away = proxy.socket_path.with_suffix(".away")
        proxy.socket_path.rename(away)
        try:
            page = ask(proxy.connect(), "GET", "/login/", Accept="text/html,*/*;q=0.8")
            script = ask(proxy.connect(), "POST", "/projects/", "{}", Accept="application/json")
            style = re.search(r'href="(/error-pages/[^"]+)"', page.text)
            assert style
            looks = ask(proxy.connect(), "GET", style[1])
            file = ask(proxy.connect(), "GET", served_files(site)[0])
        finally:
            away.rename(proxy.socket_path)

        assert (page.status, script.status, looks.status, file.status) == (503, 503, 200, 200)
        assert [lacking(answer.headers, is_https=True) for answer in (page, script, looks)] == [[], [], []]
        assert "away for a moment" in page.text
        assert "away for a moment" in json.loads(script.body)["error"]
        for answer in (page, script):
            assert 0 < int(answer.headers["retry-after"]) <= 60
            assert answer.headers["cache-control"] == "no-store"
        assert ask(proxy.connect(), "GET", "/login/").status == 200


class TestHeaders:
    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("/", 200),
            ("/nowhere", 404),
            ("/static/no-such-file.js", 404),
            ("/projects/", 302),
            ("/admin/", 302),
            ("/healthz", 200),
            ("/metrics", 404),
            (f"/{'x' * 12_000}", 414),
        ],
        ids=range(8),
    )
    def test_are_on_every_answer_whoever_gives_it(self, proxy: Proxy, path: str, status: int) -> None:
        """Files are compared with those of the site above."""
        connection = proxy.connect()
        connection.request("GET", path, headers={"Host": HOST})
        response = connection.getresponse()

        assert response.status == status
        assert lacking(response.headers, is_https=True) == []
        # None of them twice: browsers would take the stricter of two policies, or neither.
        counts = Counter(map(str.lower, response.headers))
        assert {name for name, count in counts.items() if count > 1} <= {"set-cookie", "vary"}
        assert re.fullmatch(r"[0-9a-f]{32}", response.headers["X-Request-Id"])

    def test_the_observatory_gives_its_best_grade(self, proxy: Proxy) -> None:
        """Mozilla's own grader, with ports of this machine in the place of 80 and 443 (promise 21)."""
        tool = BASE_DIR / "tools" / "observatory"
        assert (tool / "node_modules").is_dir(), "Run `npm --prefix tools/observatory ci --ignore-scripts` first."
        certificate = proxy.folder / "etc" / "codeplatform" / "tls" / "fullchain.pem"
        done = subprocess.run(
            ["node", "grade.mjs", HOST, str(proxy.http_port), str(proxy.https_port)],
            cwd=tool,
            env=os.environ | {"NODE_EXTRA_CA_CERTS": str(certificate)},
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)

        assert [name for name, test in found["tests"].items() if not test["pass"]] == []
        assert (found["scan"]["grade"], found["scan"]["testsFailed"]) == ("A+", 0)
        # As it was when this was written; A+ begins at 100.
        assert found["scan"]["score"] >= 130


class TestWhoIsNotAnswered:
    def test_plain_http_is_sent_to_https(self, proxy: Proxy) -> None:
        answer = ask(HTTPConnection("127.0.0.1", proxy.http_port), "GET", "/login/?next=/x")

        assert answer.status == 301
        assert answer.headers["location"] == f"https://{HOST}/login/?next=/x"
        assert answer.headers["server"] == "nginx"
        assert lacking(answer.headers) == []

    def test_but_for_the_questions_of_a_certificate_authority(self, proxy: Proxy) -> None:
        token = proxy.folder / "var/lib/codeplatform/acme/.well-known/acme-challenge/token"
        token.parent.mkdir(parents=True)
        token.write_text("proof")

        answer = ask(
            HTTPConnection("127.0.0.1", proxy.http_port), "GET", "/.well-known/acme-challenge/token", Accept="*/*"
        )

        assert (answer.status, answer.text) == (200, "proof")

    def test_another_host_is_not_answered(self, proxy: Proxy) -> None:
        for connection in (HTTPConnection("127.0.0.1", proxy.http_port), proxy.connect()):
            with pytest.raises(RemoteDisconnected):
                ask(connection, "GET", "/login/", Host="elsewhere.example")

    def test_a_handshake_for_another_host_is_refused(self, proxy: Proxy) -> None:
        for name in ("elsewhere.example", None):
            context = ssl._create_unverified_context()  # noqa: S323 - it must fail before any certificate is seen
            with socket.create_connection(("127.0.0.1", proxy.https_port)) as plain, pytest.raises(ssl.SSLError):
                context.wrap_socket(plain, server_hostname=name)
