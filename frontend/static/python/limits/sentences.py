"""The one table of what cannot work in a browser: why, and what to use instead.

A sentence is the message of the exception, so it is the last line of the traceback; `{name}` stands for the module.
"""

from __future__ import annotations

from typing import NamedTuple

WINDOWS = (
    "{name} needs a desktop with windows, and Python in the browser has none: ask with input(), answer with print(), "
    "and show pictures with matplotlib or Pillow."
)
GAMES = (
    "{name} needs a window, sound and keys of its own, which Python in the browser does not have: make a game of text "
    "with input() and print(), or draw pictures with Pillow's ImageDraw."
)
INSTALLERS = "{name} is not needed here: the packages of this platform load by themselves when a program imports them."
WEB_SERVERS = (
    "{name} makes a server, and nothing outside can reach a program in a browser: write and test its functions here, "
    "and run the server on a computer with Python installed."
)
CONNECTIONS = (
    "{name} needs sockets, which browsers withhold from programs: fetch data over the web with requests instead."
)
DATABASE_SERVERS = (
    "{name} connects to a database server, and browsers withhold sockets from programs: use sqlite3, which keeps its "
    "database in a file of the project."
)
SOUND = (
    "{name} needs the sound of the computer, which Python in the browser cannot reach: write a sound file with the "
    "module wave, and download it."
)
DEVICES = "{name} speaks to a device, which Python in the browser cannot reach: run this program on the device itself."
KEYS = "{name} reads the keys of the whole computer, which no web page may do: ask with input() instead."
COLOURS = (
    "{name} is not on this platform, nor needed: print a colour with its code, as in print('\\033[31mred\\033[0m')."
)

FAMILIES: tuple[tuple[str, str], ...] = (
    (
        "turtle turtledemo",
        "{name} needs a desktop window, and Python in the browser has none: draw with Pillow's ImageDraw and show the "
        "picture with image.show(), or plot with matplotlib.",
    ),
    ("tkinter idlelib customtkinter PyQt5 PyQt6 PySide2 PySide6 wx kivy PySimpleGUI easygui guizero", WINDOWS),
    ("pygame pgzero pgzrun arcade pyglet ursina pyxel", GAMES),
    (
        "curses",
        "{name} needs a real terminal, and the console here is part of a web page: print line after line, and ask with "
        "input().",
    ),
    ("readline", "{name} is not needed here: in input() the arrow keys work by themselves."),
    ("pip venv ensurepip virtualenv pipenv", INSTALLERS),
    ("flask django fastapi uvicorn gunicorn bottle tornado sanic quart streamlit dash gradio", WEB_SERVERS),
    ("paramiko telnetlib asyncssh fabric scapy aiohttp websockets websocket", CONNECTIONS),
    ("selenium playwright", "{name} steers another browser, which no web page may do: fetch pages with requests."),
    ("psycopg psycopg2 pymysql MySQLdb mysql mariadb pymongo redis pyodbc oracledb", DATABASE_SERVERS),
    ("dbm", "{name} is not part of Python in the browser: keep the data in a JSON file or in a database of sqlite3."),
    (
        "cryptography Crypto Cryptodome nacl bcrypt",
        "{name} is not among the packages of this platform: Python's own hashlib, hmac and secrets make hashes, "
        "signatures and random keys.",
    ),
    ("tensorflow keras torch", "{name} is too large for a browser: use scikit-learn for machine learning."),
    ("cv2", "{name} (OpenCV) is not among the packages of this platform: use Pillow for pictures."),
    ("winsound playsound pyttsx3 pyaudio sounddevice simpleaudio speech_recognition", SOUND),
    ("RPi gpiozero microbit machine serial smbus board digitalio", DEVICES),
    ("msvcrt keyboard mouse pynput pyautogui getch readchar", KEYS),
    ("colorama termcolor", COLOURS),
)
MODULES = {name: sentence for names, sentence in FAMILIES for name in names.split()}
# What is part of Python elsewhere and has no sentence of its own
LIBRARY = "{name} is part of Python, but needs an operating system beneath it, which a browser does not give a program."

PROGRAMS = (
    "Other programs cannot be started from a browser, which has no shell: do it in Python itself, for example with "
    "pathlib and shutil for files."
)
PROCESSES = (
    "A program in a browser is one process and cannot start another: call the functions one after the other, without "
    "multiprocessing."
)
THREADS = (
    "can't start new thread: a program in a browser has only one, so call the functions one after the other, or use "
    "asyncio."
)
SOCKETS = (
    "A browser lets no program open a socket: fetch data over the web with requests, from servers that allow it (the "
    "page /cors/ says which)."
)
SERVERS = (
    "A program in a browser cannot be a server, for nothing outside can reach it: call its functions yourself, and run "
    "the server on a computer with Python installed."
)
TABS = "A program here cannot open pages in the browser: print the address, and copy it from the console."


class Refusal(NamedTuple):
    """Calls that fail: `names` of `module`, between spaces; a method is `Class.method`."""

    module: str
    names: str
    error: type[Exception]
    sentence: str
    is_coroutine: bool = False


CALLS = (
    Refusal("os", "popen execv execve posix_spawn posix_spawnp", OSError, PROGRAMS),
    Refusal("os", "fork forkpty", OSError, PROCESSES),
    Refusal("subprocess", "Popen.__init__", OSError, PROGRAMS),
    Refusal("multiprocessing.process", "BaseProcess.start", OSError, PROCESSES),
    Refusal(
        "multiprocessing.context",
        "BaseContext.Pool BaseContext.Manager BaseContext.Pipe BaseContext.Queue BaseContext.JoinableQueue "
        "BaseContext.SimpleQueue BaseContext.Lock BaseContext.RLock BaseContext.Condition BaseContext.Semaphore "
        "BaseContext.BoundedSemaphore BaseContext.Event BaseContext.Barrier BaseContext.Value BaseContext.Array "
        "BaseContext.RawValue BaseContext.RawArray",
        OSError,
        PROCESSES,
    ),
    Refusal("multiprocessing.pool", "Pool.__new__", OSError, PROCESSES),
    Refusal("multiprocessing.pool", "ThreadPool.__new__", RuntimeError, THREADS),
    Refusal("concurrent.futures.process", "ProcessPoolExecutor.__init__", NotImplementedError, PROCESSES),
    Refusal("threading", "Thread.start", RuntimeError, THREADS),
    Refusal("_thread", "start_new_thread start_new start_joinable_thread", RuntimeError, THREADS),
    Refusal(
        "socket",
        "socket.connect socket.connect_ex socket.bind socket.listen socket.accept socket.sendto create_connection "
        "create_server gethostbyname",
        OSError,
        SOCKETS,
    ),
    Refusal("socketserver", "TCPServer.server_bind", OSError, SERVERS),
    Refusal("asyncio.streams", "start_server start_unix_server", NotImplementedError, SERVERS, True),
    Refusal("asyncio.streams", "open_connection open_unix_connection", NotImplementedError, SOCKETS, True),
    Refusal(
        "asyncio.subprocess", "create_subprocess_exec create_subprocess_shell", NotImplementedError, PROGRAMS, True
    ),
    Refusal("webbrowser", "open open_new open_new_tab", OSError, TABS),
)
