"""What a browser cannot do is said in one sentence, and everything near it goes on working."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from frontend.static.python.limits.sentences import CALLS, LIBRARY, MODULES
from frontend.tests.python.conftest import Played

Play = Callable[..., list[Played]]
PlayOne = Callable[..., Played]

# A sentence is one line of a console.
MAX_SENTENCE = 230


def last_line(run: Played) -> str:
    return run.err.splitlines()[-1]


class TestSentences:
    @pytest.mark.parametrize("sentence", [*MODULES.values(), LIBRARY, *(refusal.sentence for refusal in CALLS)])
    def test_each_is_one_short_sentence(self, sentence: str) -> None:
        told = sentence.format(name="module") if "{name}" in sentence else sentence
        assert told.endswith(".")
        assert "\n" not in told
        assert len(told) <= MAX_SENTENCE


class TestImports:
    @pytest.mark.parametrize("name", ["pygame", "flask", "paramiko", "cryptography", "PyQt6", "cv2", "RPi"])
    def test_a_module_that_cannot_work_says_why(self, play_one: PlayOne, name: str) -> None:
        run = play_one(f"x = 1\nimport {name}")
        assert run.error["type"] == "ModuleNotFoundError"
        assert run.error["message"] == MODULES[name].format(name=name)
        assert last_line(run) == f"ModuleNotFoundError: {run.error['message']}"
        assert (run.error["file"], run.error["line"]) == ("main.py", 2)
        assert f"import {name}" in run.err

    @pytest.mark.parametrize("form", ["from pygame import key", "import pygame.event as e", "__import__('pygame')"])
    def test_however_it_is_imported(self, play_one: PlayOne, form: str) -> None:
        assert last_line(play_one(form)).startswith("ModuleNotFoundError: pygame needs a window")

    def test_except_import_error_catches_it(self, play_one: PlayOne) -> None:
        program = (
            "try:\n    import pygame\nexcept ImportError as error:\n    print(type(error).__name__, error.name)\n"
            "try:\n    import nothing_at_all\nexcept ModuleNotFoundError:\n    print('nor that')\n"
        )
        assert play_one(program).out == "ModuleNotFoundError pygame\nnor that\n"

    def test_who_only_asks_whether_it_is_there_is_answered(self, play_one: PlayOne) -> None:
        program = "from importlib.util import find_spec\nprint(find_spec('pygame'), find_spec('padnas'))"
        assert play_one(program).out == "None None\n"

    def test_a_file_of_that_name_in_the_project_is_imported(self, play_one: PlayOne) -> None:
        run = play_one({"main.py": "import pygame\nprint(pygame.own)", "pygame.py": "own = True"})
        assert run.out == "True\n"


class TestCalls:
    @pytest.mark.parametrize(
        ("call", "error", "words"),
        [
            ("import subprocess; subprocess.run(['ls'])", "OSError", "no shell"),
            ("import subprocess; subprocess.check_output('ls', shell=True)", "OSError", "no shell"),
            ("import os; os.system('ls')", "OSError", "no shell"),
            ("import os; os.popen('ls')", "OSError", "no shell"),
            ("import os; os.fork()", "OSError", "one process"),
            ("import os; os.execv('ls', ['ls'])", "OSError", "no shell"),
            ("from multiprocessing import Process; Process(target=print).start()", "OSError", "one process"),
            ("from multiprocessing import Pool; Pool(2)", "OSError", "one process"),
            ("from multiprocessing.pool import ThreadPool; ThreadPool()", "RuntimeError", "has only one"),
            ("import multiprocessing; multiprocessing.Queue()", "OSError", "one process"),
            ("import threading; threading.Thread(target=print).start()", "RuntimeError", "can't start new thread"),
            ("import threading; threading.Timer(1, print).start()", "RuntimeError", "can't start new thread"),
            ("import _thread; _thread.start_new_thread(print, ())", "RuntimeError", "can't start new thread"),
            (
                "from concurrent.futures import ThreadPoolExecutor; ThreadPoolExecutor().submit(print)",
                "RuntimeError",
                "can't start new thread",
            ),
            (
                "from concurrent.futures import ProcessPoolExecutor; ProcessPoolExecutor()",
                "NotImplementedError",
                "one process",
            ),
            ("import socket; socket.socket().connect(('a.example', 80))", "OSError", "socket"),
            ("import socket; socket.socket().bind(('', 8000))", "OSError", "socket"),
            ("import socket; socket.create_connection(('a.example', 80))", "OSError", "socket"),
            ("import smtplib; smtplib.SMTP('a.example')", "OSError", "socket"),
            ("import http.server as s; s.HTTPServer(('', 8000), s.BaseHTTPRequestHandler)", "OSError", "be a server"),
            ("import socketserver as s; s.TCPServer(('', 8000), s.BaseRequestHandler)", "OSError", "be a server"),
            (
                "import asyncio; asyncio.run(asyncio.start_server(print, '', 8000))",
                "NotImplementedError",
                "be a server",
            ),
            ("import asyncio; asyncio.run(asyncio.open_connection('a', 8000))", "NotImplementedError", "socket"),
            ("import webbrowser; webbrowser.open('https://a.example')", "OSError", "print the address"),
        ],
    )
    def test_it_fails_with_a_sentence_on_the_students_line(
        self, play_one: PlayOne, call: str, error: str, words: str
    ) -> None:
        run = play_one(f"print('before')\n{call}\nprint('after')")
        assert (run.out, run.error["type"]) == ("before\n", error)
        assert words in run.error["message"]
        assert last_line(run) == f"{error}: {run.error['message']}"
        assert (run.error["file"], run.error["line"]) == ("main.py", 2)

    def test_what_does_not_need_it_works(self, play_one: PlayOne) -> None:
        program = """
import asyncio, concurrent.futures, multiprocessing, os, queue, socket, subprocess, threading
with threading.Lock():
    print(threading.current_thread().name, threading.active_count(), subprocess.PIPE, os.getpid() > 0)
async def main():
    await asyncio.gather(asyncio.sleep(0), asyncio.sleep(0))
    return "awaited"
print(asyncio.run(main()), multiprocessing.cpu_count() > 0, socket.gethostname() != "")
lines = queue.Queue(); lines.put(1); print(lines.get())
"""
        assert play_one(program).out == "MainThread 1 -1 True\nawaited True True\n1\n"

    @pytest.mark.parametrize("command", ["clear", "cls", "cls || clear"])
    def test_clearing_the_screen_is_done_by_its_code(self, play_one: PlayOne, command: str) -> None:
        assert play_one(f"import os\nprint(os.system({command!r}))").out == "\x1b[H\x1b[2J0\n"

    def test_a_password_is_asked_for_like_a_line(self, play_one: PlayOne) -> None:
        run = play_one("from getpass import getpass\nprint(getpass('Word? '))", answers=("secret",))
        assert run.out == "Word? secret\n"


class TestNextRun:
    def test_it_is_the_same_and_python_is_not_worn(self, play: Play) -> None:
        program = (
            "import threading, subprocess\n"
            "try:\n    threading.Thread(target=print).start()\nexcept RuntimeError as error: print(error)\n"
            "try:\n    subprocess.run('ls')\nexcept OSError as error: print(error)\n"
        )
        first, second = play(program, program)
        assert first.out == second.out
        assert first.out.count("\n") == 2
        assert not first.worn
        assert not second.worn


class TestExplanation:
    @pytest.mark.parametrize(
        ("program", "link"),
        [
            ("import pygame", "compatibility"),
            ("import qwertzuiop", "compatibility"),
            ("import threading\nthreading.Thread(target=print).start()", "compatibility"),
            ("import subprocess\nsubprocess.run(['ls'])", "compatibility"),
            ("import asyncio\nasyncio.run(asyncio.start_server(print, '', 80))", "compatibility"),
            ("import socket\nsocket.create_connection(('a.example', 80))", "cors"),
            ("import urllib.request\nurllib.request.urlopen('https://down.example/')", "cors"),
        ],
    )
    def test_the_page_that_says_more_is_linked(self, play_one: PlayOne, program: str, link: str) -> None:
        assert play_one(program).error["explanation"]["link"] == link

    @pytest.mark.parametrize(
        "program", ["import pandaz", "raise OSError('see /cors/')", "open('/nowhere/x')", "class A: import math.pi"]
    )
    def test_no_other_error_is_linked(self, play_one: PlayOne, program: str) -> None:
        explanation = play_one(program, package_of={"pandas": "pandas"}).error["explanation"]
        assert explanation is None or explanation["link"] is None
