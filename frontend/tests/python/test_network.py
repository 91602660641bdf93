"""Fetching over the web: through the browser, and in plain words when nothing comes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from frontend.static.python.network.answers import Facts
from frontend.static.python.network.failures import explain_failure, explain_timeout
from frontend.tests.python.conftest import Played

PlayOne = Callable[..., Played]
HTTPS_PAGE = "https://school.example"


class TestExplanation:
    @pytest.mark.parametrize(
        ("url", "facts", "words"),
        [
            ("https://a.example/x", Facts(HTTPS_PAGE, answers=True), "a.example answers, but does not allow"),
            ("https://a.example/x", Facts(HTTPS_PAGE, answers=False), "most likely the address is wrong"),
            ("https://a.example/x", Facts(HTTPS_PAGE), "a browser does not tell which"),
            ("http://a.example/x", Facts("http://school.example"), "a.example could not be reached"),
            ("http://a.example/x", Facts(HTTPS_PAGE, answers=True), "only addresses that begin with https://"),
            ("https://a.example/x", Facts(HTTPS_PAGE, is_online=False), "this device is offline"),
            ("https://a.example/x", Facts(HTTPS_PAGE, is_forbidden=True), "the settings of this platform"),
            ("https://school.example/projects/", Facts(HTTPS_PAGE), "is this platform itself"),
            ("https://school.example:8443/", Facts(HTTPS_PAGE, answers=False), "school.example:8443 does not seem"),
            ("https://a.example:443/", Facts(HTTPS_PAGE, answers=True), "a.example answers"),
            ("http://a.example:443/", Facts("http://school.example", answers=True), "a.example:443 answers"),
            ("https://school.example:443/", Facts(HTTPS_PAGE), "is this platform itself"),
            ("https://a.example:99999/", Facts(HTTPS_PAGE), "begins with https://"),
            ("https://localhost:5000/", Facts("http://school.example", answers=False), "no server is running there"),
            ("https://examplecom/", Facts(HTTPS_PAGE, answers=False), "not the full name of a server"),
            ("ftp://a.example/", Facts(HTTPS_PAGE), "begins with https://"),
            ("a.example", Facts(HTTPS_PAGE), "begins with https://"),
            ("https://[bad", Facts(HTTPS_PAGE), "begins with https://"),
            ("https://", Facts(HTTPS_PAGE), "begins with https://"),
        ],
    )
    def test_says_what_may_be_the_matter(self, url: str, facts: Facts, words: str) -> None:
        told = explain_failure(url, facts)
        assert words in told
        assert told.endswith(".")

    @pytest.mark.parametrize("answers", [True, None])
    def test_cors_is_named_with_the_page_that_explains_it(self, answers: bool | None) -> None:
        told = explain_failure("https://a.example/", Facts(HTTPS_PAGE, answers=answers))
        assert "(CORS)" in told
        assert "/cors/" in told

    def test_a_password_in_the_address_is_not_repeated(self) -> None:
        assert "secret" not in explain_failure("https://me:secret@a.example/", Facts(HTTPS_PAGE, answers=True))

    def test_timeout(self) -> None:
        assert explain_timeout("https://a.example/x", 1).startswith("a.example did not answer within 1 second,")
        assert "0.5 seconds" in explain_timeout("https://a.example/x", 0.5)


class TestUrllib:
    def test_get(self, play_one: PlayOne) -> None:
        program = """
import json, urllib.request
request = urllib.request.Request("https://a.example/x", headers={"X-Own": "1", "User-agent": "me"})
with urllib.request.urlopen(request, timeout=2) as answer:
    print(answer.status, answer.headers["content-type"], answer.geturl(), answer.headers["content-encoding"])
    print(json.load(answer))
"""
        asked = "{'method': 'GET', 'headers': {'X-own': '1'}, 'body': None, 'seconds': 2}"
        assert play_one(program).out == f"200 application/json https://a.example/x None\n{asked}\n"

    def test_post(self, play_one: PlayOne) -> None:
        program = """
import json, urllib.parse, urllib.request
data = urllib.parse.urlencode({"a": 1}).encode()
told = json.load(urllib.request.urlopen("http://a.example/x", data))
print(told["method"], told["body"], told["headers"]["Content-type"])
"""
        assert play_one(program).out == "POST a=1 application/x-www-form-urlencoded\n"

    def test_status_of_an_error(self, play_one: PlayOne) -> None:
        run = play_one("import urllib.request\nurllib.request.urlopen('https://a.example/lost')")
        assert (run.error["type"], run.error["message"]) == ("HTTPError", "HTTP Error 404: Told")

    def test_a_file_is_kept(self, play_one: PlayOne) -> None:
        run = play_one("import urllib.request\nurllib.request.urlretrieve('https://a.example/x', 'x.json')")
        assert '"method": "GET"' in run.written["x.json"]

    def test_no_answer(self, play_one: PlayOne) -> None:
        run = play_one("import urllib.request\nurllib.request.urlopen('https://down.example/')")
        assert (run.error["type"], run.error["line"]) == ("URLError", 2)
        assert "down.example does not seem to answer" in run.error["message"]

    def test_timeout(self, play_one: PlayOne) -> None:
        run = play_one("import urllib.request\nurllib.request.urlopen('https://slow.example/', timeout=1)")
        assert run.error["type"] == "TimeoutError"
        assert run.error["message"].startswith("slow.example did not answer within 1 second")
