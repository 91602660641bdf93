"""Programs fetch from servers that allow it; where none comes back, the console says in plain words why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext

from codeplatform.tests.browser.web_server import free_address, serving
from codeplatform.tests.browser.workbench import Workbench, forbid_addresses

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture(scope="module")
def nobody() -> str:
    return free_address()


ANSWERED = """
import httpx, json, requests, urllib.request
from pyodide.http import open_url, pyfetch, pyxhr
SERVER = "{server}"
told = requests.get(SERVER + "/open", params={{"q": "a b"}}, headers={{"X-Mine": "1"}}, timeout=20)
asked = told.json()
print("get", told.status_code, told.reason, asked["path"], asked["headers"]["x-mine"], told.headers["X-Own"])
told = requests.post(SERVER + "/open", json={{"a": [1]}}).json()
print("post", told["method"], told["body"], told["headers"]["content-type"])
print("form", requests.post(SERVER + "/open", data={{"a": "1"}}).json()["body"])
session = requests.Session()
session.headers["X-Mine"] = "2"
print("session", session.put(SERVER + "/open").json()["headers"]["x-mine"])
lost = requests.get(SERVER + "/status/404")
print("status", lost.status_code, lost.ok)
try:
    lost.raise_for_status()
except requests.HTTPError as error:
    print("raised", str(error).split(" for url")[0])
with urllib.request.urlopen(SERVER + "/open?u=1", timeout=20) as answer:
    print("urllib", answer.status, json.load(answer)["path"])
print("httpx", httpx.get(SERVER + "/open").json()["method"])
print("open_url", json.loads(open_url(SERVER + "/open").read())["method"], pyxhr.get(SERVER + "/open").status_code)
async def main():
    answer = await pyfetch(SERVER + "/open")
    print("pyfetch", answer.status, (await answer.json())["method"])
    async with httpx.AsyncClient() as client:
        print("async", (await client.get(SERVER + "/open")).status_code)
import asyncio
asyncio.run(main())
import pandas
print("pandas", pandas.read_json(SERVER + "/open", typ="series")["method"])
"""
TOLD = """\
get 200 OK /open?q=a+b 1 seen
post POST {"a": [1]} application/json
form a=1
session 2
status 404 False
raised 404 Client Error: Not Found
urllib 200 /open?u=1
httpx GET
open_url GET 200
pyfetch 200 GET
async 200
pandas GET
"""

# Every way to ask, of an address that gives no answer: name of the way, module and name of the error, its message
FAILING = """
import asyncio, httpx, requests, urllib.request
from pyodide.http import open_url, pyfetch, pyxhr
ADDRESS = "{address}"
async def ask(way):
    await way(ADDRESS)
async def ask_httpx(address):
    async with httpx.AsyncClient() as client:
        await client.get(address)
for name, way in {{
    "requests": requests.get,
    "urllib": urllib.request.urlopen,
    "httpx": httpx.get,
    "open_url": open_url,
    "pyxhr": pyxhr.get,
    "pyfetch": lambda address: asyncio.run(ask(pyfetch)),
    "async": lambda address: asyncio.run(ask(ask_httpx)),
}}.items():
    try:
        print(name, way(ADDRESS))
    except Exception as error:
        print(name, type(error).__name__, isinstance(error, OSError), error, sep="|")
"""
ERRORS = {
    "requests": "ConnectionError",
    "urllib": "URLError",
    "httpx": "ConnectError",
    "open_url": "ConnectionError",
    "pyxhr": "XHRNetworkError",
    "pyfetch": "AbortError",
    "async": "ConnectError",
}

TIMEOUTS = """
import httpx, requests, time, urllib.request
for name, ask in {{
    "requests": lambda: requests.get("{server}/slow", timeout=0.5),
    "urllib": lambda: urllib.request.urlopen("{server}/slow", timeout=0.5),
    "httpx": lambda: httpx.get("{server}/slow", timeout=0.5),
}}.items():
    start = time.time()
    try:
        ask()
    except (requests.Timeout, TimeoutError, httpx.TimeoutException) as error:
        print(name, type(error).__name__, time.time() - start < 3, error, sep="|")
"""


def test_a_server_that_allows_it_is_read(bench: Workbench, server: str) -> None:
    assert TOLD in bench.run(ANSWERED.format(server=server))


def failures(bench: Workbench, address: str) -> dict[str, tuple[str, str]]:
    text = bench.run(FAILING.format(address=address))
    lines = [line.split("|") for line in text.splitlines() if "|" in line]
    return {name: (error, message) for name, error, _, message in lines}


def test_a_server_that_does_not_allow_it(bench: Workbench, server: str) -> None:
    failed = failures(bench, f"{server}/closed")
    assert {name: error for name, (error, _) in failed.items()} == ERRORS
    for _, message in failed.values():
        assert "answers, but does not allow programs in a browser to read its answer (CORS)" in message
        assert "/cors/" in message


def test_nobody_answers(bench: Workbench, nobody: str) -> None:
    failed = failures(bench, f"{nobody}/open")
    assert {name: error for name, (error, _) in failed.items()} == ERRORS
    for _, message in failed.values():
        assert "does not seem to answer: most likely no server is running there on this device" in message


def test_a_name_that_no_server_has(bench: Workbench) -> None:
    for _, message in failures(bench, "http://no-such-server.invalid/").values():
        assert "no-such-server.invalid does not seem to answer: most likely the address is wrong" in message


def test_this_platform_itself(bench: Workbench) -> None:
    address = re.sub(r"^(https?://[^/]+).*", r"\1", bench.page.url)
    for _, message in failures(bench, f"{address}/projects/").values():
        assert "is this platform itself, which programs cannot fetch from" in message


def test_timeouts(bench: Workbench, server: str) -> None:
    text = bench.run(TIMEOUTS.format(server=server))
    host = server.removeprefix("http://")
    sentence = f"{host} did not answer within 0.5 seconds, the timeout that the program set."
    for name, error in (("requests", "ReadTimeout"), ("urllib", "TimeoutError"), ("httpx", "ConnectTimeout")):
        assert f"{name}|{error}|True|{sentence}" in text


def test_the_traceback_ends_with_the_sentence(bench: Workbench, server: str) -> None:
    text = bench.run(f'import requests\n\nrequests.get("{server}/closed")\n')
    assert 'File "main.py", line 3' in text
    assert "requests.exceptions.ConnectionError: 127.0.0.1" in text
    assert "During handling" not in text
    assert "urllib3" not in text


def test_what_the_settings_forbid_and_a_device_without_network(
    context: BrowserContext, open_project: Callable[..., Workbench], server: str
) -> None:
    forbid_addresses(context)
    workbench = open_project("dan@demo", "Forbidden")
    program = f"import urllib.request\nurllib.request.urlopen('{server}/open')"
    assert "the settings of this platform do not allow it (ask your teacher)" in workbench.run(program)
    context.set_offline(True)
    assert "this device is offline" in workbench.run(program)
