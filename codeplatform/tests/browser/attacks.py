"""Programs that a hostile student might hand in. Each probe reports what it got; the tests judge from outside.

A probe's line in the console is `probe <name>: <kind> <what came>`, where kind is
- `absent`: the browser offers no such thing there,
- `refused`: it threw, was rejected, or reported an error,
- `opaque`: an answer came that the program cannot read,
- `silent`: nothing came in time,
- `got`: something came, and is printed in full.
"""

from __future__ import annotations

import json

# Requests that would need the viewer's session: address and options of fetch.
_READS = {
    "projects": "/projects/",
    "own files": "/projects/${own}/files/",
    "other files": "/projects/${other}/files/",
    "other page": "/projects/${other}/",
    "classes": "/classes/",
    "login": "/login/",
    "admin": "/admin/",
    "home": "/",
    "health": "/healthz",
}
_OPTIONS = {
    "with credentials": '{credentials: "include"}',
    "no-cors": '{mode: "no-cors", credentials: "include"}',
    "as the page": '{mode: "same-origin", credentials: "same-origin"}',
    "from cache": '{cache: "force-cache", credentials: "include"}',
    "head": '{method: "HEAD", mode: "no-cors", credentials: "include"}',
}
_WRITES = {
    "save as json": ("/projects/${own}/save/", '{method: "POST", headers: {"Content-Type": "application/json"}, body}'),
    "save as text": ("/projects/${own}/save/", '{method: "POST", mode: "no-cors", body}'),
    "save other's": ("/projects/${other}/save/", '{method: "POST", mode: "no-cors", body}'),
    "save with keepalive": ("/projects/${own}/save/", '{method: "POST", mode: "no-cors", keepalive: true, body}'),
    "new project": ("/projects/", '{method: "POST", mode: "no-cors", body: new URLSearchParams({name: "Stolen"})}'),
    "sign out": ("/logout/", '{method: "POST", mode: "no-cors", body: new URLSearchParams()}'),
    "sign in": (
        "/login/",
        '{method: "POST", mode: "no-cors", body: new URLSearchParams({username: "eve@elsewhere", password: "x"})}',
    ),
    "put": ("/projects/${own}/save/", '{method: "PUT", body}'),
    "delete": ("/projects/${own}/", '{method: "DELETE"}'),
}

# Bodies of async functions in JavaScript: `own` and `other` are project ids, `base` is the site's address.
JS_PROBES: dict[str, str] = {
    **{
        f"fetch {what} {how}": f"return read(await network(`${{base}}{address}`, {options}))"
        for what, address in _READS.items()
        for how, options in _OPTIONS.items()
    },
    **{
        f"fetch to {what}": (
            f'return read(await network(`${{base}}{address}`, {{...{options}, credentials: "include"}}))'
        )
        for what, (address, options) in _WRITES.items()
    },
    "patched fetch": "return read(await fetch(`${base}/projects/`, {credentials: 'include'}))",
    "request object": (
        "return read(await network(new Request(`${base}/projects/`, {credentials: 'include', mode: 'no-cors'})))"
    ),
    "redirect by hand": "return read(await network(`${base}/admin/`, {redirect: 'manual', credentials: 'include'}))",
    "xhr": """
        const request = new XMLHttpRequest();
        request.open("GET", `${base}/projects/`);
        request.withCredentials = true;
        await new Promise((done, fail) => {
          request.onload = done;
          request.onerror = () => fail("error");
          request.send();
        });
        return request.responseText""",
    "xhr at once": """
        const request = new XMLHttpRequest();
        request.open("GET", `${base}/projects/${other}/files/`, false);
        request.withCredentials = true;
        request.send();
        return request.responseText""",
    "xhr post": """
        const request = new XMLHttpRequest();
        request.open("POST", `${base}/projects/${own}/save/`, false);
        request.withCredentials = true;
        request.send(body);
        return request.responseText""",
    "websocket": """
        const socket = new WebSocket(base.replace("http", "ws") + "/projects/");
        await new Promise((done, fail) => { socket.onopen = done; socket.onerror = () => fail("error") });
        return "open" """,
    "event source": """
        const source = new EventSource(`${base}/projects/`, {withCredentials: true});
        await new Promise((done, fail) => {
          source.onmessage = done;
          source.onerror = () => { source.close(); fail("error") };
        });
        return "open" """,
    "web transport": "await new WebTransport(base.replace('http:', 'https:')).ready; return 'open'",
    "beacon": "return navigator.sendBeacon ? navigator.sendBeacon(`${base}/logout/`) : undefined",
    "nested data worker": """
        return ask(new Worker("data:text/javascript," + encodeURIComponent(inner)))""",
    "nested blob worker": """
        return ask(new Worker(URL.createObjectURL(new Blob([inner], {type: "text/javascript"}))))""",
    "nested module worker": """
        return ask(new Worker("data:text/javascript," + encodeURIComponent(inner), {type: "module"}))""",
    "worker of the app": "return ask(new Worker(`${base}/projects/`))",
    "shared worker": "return typeof SharedWorker === 'undefined' ? undefined : ask(new SharedWorker(`${base}/`).port)",
    "import scripts": "return String(importScripts(`${base}/projects/`))",
    "import of a page": "return Object.keys(await import(`${base}/projects/`)).join()",
    "import of files": "return Object.keys(await import(`${base}/projects/${other}/files/`)).join()",
    "import of json": (
        "return JSON.stringify((await import(`${base}/projects/${other}/files/`, {with: {type: 'json'}})).default)"
    ),
    "import of the page's script": "return Object.keys(await import(pageScript)).join()",
    "eval": "return read(await eval('network(`${base}/projects/`, {credentials: `include`})'))",
    "function": (
        "return read(await Function('url', 'return fetch(url, {credentials: `include`})')(`${base}/projects/`))"
    ),
    "timer with text": "return await new Promise((done) => { self.told = done; setTimeout('told(self.origin)', 0) })",
    "local storage": "return self.localStorage && JSON.stringify(self.localStorage)",
    "session storage": "return self.sessionStorage && JSON.stringify(self.sessionStorage)",
    "cookie store": "return self.cookieStore && JSON.stringify(await cookieStore.getAll())",
    "indexed db": """
        const names = await indexedDB.databases();
        return names.length ? JSON.stringify(names) : undefined""",
    "indexed db open": """
        const opening = indexedDB.open("codeplatform");
        await new Promise((done, fail) => { opening.onsuccess = done; opening.onerror = () => fail(opening.error) });
        return "open" """,
    "caches": "return self.caches && JSON.stringify(await caches.keys())",
    "caches open": """
        const cache = await caches.open("python-runtime");
        await cache.put(`${base}/projects/`, new Response("stolen"));
        return "put" """,
    "file system": "return String(await navigator.storage.getDirectory())",
    "storage buckets": "return self.navigator.storageBuckets && String(await navigator.storageBuckets.keys())",
    "broadcast": """
        const channel = new BroadcastChannel("codeplatform");
        channel.postMessage("from the program");
        return new Promise((done) => { channel.onmessage = ({data}) => done(data) })""",
    "locks": """
        const {held, pending} = await navigator.locks.query();
        return [...held, ...pending].length ? JSON.stringify([held, pending]) : undefined""",
    "lock": "return navigator.locks.request('page-lock', {ifAvailable: true}, (lock) => lock ? undefined : 'taken')",
    "service worker": "return String(await navigator.serviceWorker.getRegistrations())",
    "service worker register": "return String(await navigator.serviceWorker.register(pageScript))",
    "clients": "return self.clients && JSON.stringify(await clients.matchAll())",
    "parent": "return self.parent && String(self.parent.document)",
    "top": "return self.top && String(self.top.location)",
    "document": "return self.document && self.document.cookie",
    "window": "return self.window && String(self.window)",
    "opener": "return self.opener && String(self.opener)",
    "open": "return self.open && String(self.open(base))",
    "alert": "return self.alert && String(self.alert('from the program'))",
    "location": "self.location.href = `${base}/projects/`; self.location = base; return undefined",
    "font": """
        const font = new FontFace("stolen", `url(${base}/projects/)`);
        return String(await font.load())""",
    "image": "return self.Image && String(new Image())",
    "wasm": "return String(await WebAssembly.compileStreaming(network(`${base}/projects/`, {credentials: 'include'})))",
    "rtc": "return self.RTCPeerConnection && String(new RTCPeerConnection())",
    "notification": "return new Notification('from the program') && undefined",
    "credentials": "return navigator.credentials && String(await navigator.credentials.get({password: true}))",
    "clipboard": "return navigator.clipboard && await navigator.clipboard.readText()",
}

# Statements that leave what they got in `got`.
PYTHON_PROBES: dict[str, str] = {
    "js.fetch": "got = run_sync(run_sync(js.fetch(BASE + '/projects/', credentials='include')).text())",
    "pyfetch": "got = run_sync(run_sync(pyfetch(BASE + '/projects/', credentials='include')).text())",
    "pyfetch no-cors": (
        "got = run_sync(run_sync(pyfetch(BASE + '/projects/', mode='no-cors', credentials='include')).text())"
    ),
    "open_url": "got = open_url(BASE + '/projects/').read()",
    "urllib": "got = urllib.request.urlopen(BASE + '/projects/').read().decode()",
    "http.client": (
        "c = http.client.HTTPConnection(BASE.removeprefix('http://'));"
        "c.request('GET', '/projects/'); got = c.getresponse().read()"
    ),
    "requests": "import requests; got = requests.get(BASE + '/projects/').text",
    "run_js document": "got = run_js('document.cookie')",
    "js.document": "got = js.document.cookie",
    "js.parent": "got = js.parent.document.cookie",
    "js.top": "got = js.top.location.href",
    "js.localStorage": "got = js.localStorage.getItem('marker')",
    "js.eval": "got = js.eval('localStorage.length')",
    "js.Function": "got = js.Function.new('return parent.document')()",
    "disk": "import os; got = [f for f in os.listdir('/') if f == 'etc'] and open('/etc/passwd').read()",
}

_JS_HARNESS = """
const {base, own, other, revision, pageScript} = __TARGETS__;
const body = JSON.stringify({base: revision, key: "stolen-0123", files: [{path: "main.py", text: "stolen"}]});
// The browser's own fetch where it can be had: the runtime has put another before it.
const network = (WorkerGlobalScope.prototype.fetch ?? self.fetch).bind(self);
const inner = `fetch("${base}/projects/", {credentials: "include"})
  .then((answer) => answer.text())
  .then((text) => postMessage("got " + text), (error) => postMessage("refused " + error))`;
const ask = (worker) => new Promise((done, fail) => {
  worker.onmessage = ({data}) => (data.startsWith("refused") ? fail(data) : done(data));
  worker.onerror = (event) => { event.preventDefault?.(); fail(`error ${event.message ?? ""}`) };
});
const read = async (answer) => {
  const text = await answer.text();
  if (answer.type === "opaque" || answer.type === "opaqueredirect") return {opaque: text};
  return `${answer.type} ${answer.status} ${text}`;
};
const late = (ms) => new Promise((done) => setTimeout(() => done({silent: ""}), ms));
const probes = {
__PROBES__
};
const lines = [];
for (const [name, probe] of Object.entries(probes)) {
  let outcome;
  try {
    const came = await Promise.race([probe(), late(2500)]);
    if (came === undefined || came === null || came === false) outcome = "absent";
    else if (came.silent !== undefined) outcome = "silent";
    else if (came.opaque !== undefined) outcome = `${came.opaque ? "got" : "opaque"} ${came.opaque}`;
    else outcome = `got ${came}`;
  } catch (error) {
    outcome = `refused ${error}`;
  }
  lines.push(`probe ${name}: ${outcome.replaceAll("\\n", " ")}`);
}
return lines.join("\\n");
"""

_PYTHON_HARNESS = """
import http.client, json, os, urllib.request
import js
from pyodide.code import run_js
from pyodide.ffi import run_sync
from pyodide.http import open_url, pyfetch

BASE = __BASE__
for line in run_sync(run_js(__HARNESS__)).splitlines():
    print(line)
for name, code in __PYTHON_PROBES__.items():
    space = dict(globals())
    try:
        exec(code, space)
        got = space["got"]
        outcome = f"got {got}" if got else "absent"
    except BaseException as error:
        outcome = f"refused {type(error).__name__} {error}"
    print(f"probe {name}:", outcome.replace("\\n", " "))
print("all probes have run")
"""


ORDINARY = "an ordinary run: 42"
# The answer to the program's question decides: a reader, too, can then run it once more without the attack.
_CHOICE = """
if input("Attack? ") != "yes":
    print("an ordinary run:", 6 * 7)
    raise SystemExit
"""


def probing_program(targets: dict[str, str | int]) -> str:
    """A program that runs every probe.

    `targets`: the site's address as `base`, the ids `own` and `other` of projects, the `revision` of the own one,
    and the address of the page's script as `pageScript`.
    """
    probes = ",\n".join(f"{json.dumps(name)}: async () => {{ {code} }}" for name, code in JS_PROBES.items())
    harness = _JS_HARNESS.replace("__TARGETS__", json.dumps(targets)).replace("__PROBES__", probes)
    return _CHOICE + (
        _PYTHON_HARNESS.replace("__BASE__", repr(targets["base"]))
        .replace("__HARNESS__", repr(f"(async () => {{ {harness} }})()"))
        .replace("__PYTHON_PROBES__", repr(PYTHON_PROBES))
    )


# Taken from the prototype when the next message for the worker arrives: the port that the runtime speaks through.
_STEAL_PORT = """
const data = Object.getOwnPropertyDescriptor(MessageEvent.prototype, "data");
Object.defineProperty(MessageEvent.prototype, "data", {configurable: true, get() {
  if (this.target instanceof MessagePort) self.stolen = this.target;
  return data.get.call(this);
}});
const post = MessagePort.prototype.postMessage;
MessagePort.prototype.postMessage = function (...message) { self.overheard = this; return post.apply(this, message) };
const bind = Function.prototype.bind;
Function.prototype.bind = function (...given) { self.bound = this; return bind.apply(this, given) };
Array.prototype.marked = "from the program";
Object.defineProperty(Object.prototype, "run", {configurable: true, get: () => "from the program", set() {}});
delete Object.prototype.run;
"""

HTML = (
    "<img src=x onerror=alert(1)><script>alert(2)</script><iframe srcdoc='<script>parent.alert(3)</script>'></iframe>"
    "<a href='javascript:alert(4)'>javascript:alert(5)</a><svg onload=alert(6)>"
)
ANSI = "\x1b[31mred\x1b[0m \x1b]8;;javascript:alert(7)\x07link\x1b]8;;\x07 \x1b[?47h"
BIDI = "\u202egnp.exe\u202c \u2066isolated\u2069 \u200f"
ODD_TEXT = f"{HTML} {ANSI} {BIDI}"
# The same as a console shows it.
ODD_SHOWN = f"{HTML} red link  {BIDI}"

# What a program may send through the stolen port before it ends: [message, repeated]. Each but the last kind is to be
# without effect, or to show its strings as text.
_FORGE = """
const odd = ODD, html = HTML_, none = {written: [], deleted: [], skipped: []};
const messages = [
  null, undefined, 1, "text", [], [["type", "finished"]], new Map([["type", "finished"]]), new Error(odd), {},
  ...["__proto__", "constructor", "toString", "hasOwnProperty", odd, 1, null, {}].map((type) => ({type})),
  JSON.parse('{"type": "output", "__proto__": {"segments": []}, "segments": {"length": 1}}'),
  {type: "output", segments: [{stream: odd, text: odd}, {stream: "err", text: odd}]},
  {type: "output", segments: [{stream: "out", text: {toString: 1}}]},
  {type: "output", segments: Array(200_000).fill({stream: "out", text: "x"})},
  {type: "output", run: "another", segments: [{stream: "out", text: "of another run"}]},
  {type: "output", worker: 99, run: "another", segments: [{stream: "out", text: "of another run"}]},
  {type: "figure", png: new TextEncoder().encode(html).buffer},
  {type: "shadowing", paths: [html, "main.py", "main.py"]},
  {type: "figure", png: html}, {type: "figure", png: {byteLength: 8}},
  {type: "figure", png: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 1, 2]).buffer},
  {type: "input", prompt: odd}, {type: "input", prompt: [odd]},
  {type: "progress", packages: [odd]}, {type: "progress", packages: odd}, {type: "progress", packages: []},
  {type: "asset", name: odd}, {type: "asset", name: "../../projects/"}, {type: "asset", name: "__proto__"},
  {type: "asset", name: `${location.href}`}, {type: "asset", name: "//127.0.0.1/projects/"},
  {type: "ready", restored: odd, reason: odd, boot_ms: odd}, {type: "ready", worker: 2, restored: true},
  ...Array(5).fill({type: "prepared"}), {type: "prepared", worker: 0, run: null},
  ...Array(5).fill({type: "capabilities", sharesMemory: false, suspends: false}),
  {type: "capabilities", worker: 0, sharesMemory: false, suspends: false},
  {type: "broken", message: odd}, {type: "broken", worker: 0, message: odd},
  {type: "crashed", worker: 2, run: "another", message: 1},
  {type: "finished", run: "another", outcome: "ok", error: null, changes: {...none, deleted: ["main.py"]}},
  {type: "finished", outcome: odd, error: odd, changes: odd}, {type: "finished"},
  {type: "finished", outcome: "ok", error: null, changes: {...none, written: [{path: odd, bytes: html}]}},
  {type: "wake"}, {type: "up"}, {type: "connect"}, {type: "start", worker: 9}, {type: "terminate", worker: 1},
  {type: "assets", workerUrl: "data:text/javascript,"}, {type: "stop"}, {type: "shown"},
];
// It can be sent to the frame, but not from there to the page.
const uncloneable = await WebAssembly.compile(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
for (const message of messages) {
  self.postMessage(message);
  stolen.postMessage(message);
  if (typeof message === "object" && message && !Array.isArray(message) && message.type) {
    for (const more of [{marked: true}, {run: odd}, {worker: 0}]) self.postMessage({...message, ...more});
    stolen.postMessage({...message, run: odd});
    stolen.postMessage({...message, uncloneable});
  }
}
return `${messages.length} messages through ${stolen}`;
"""

_FORGING = """
import js, time
from pyodide.code import run_js
from pyodide.ffi import run_sync

run_js(__STEAL__)
__import__("xis"[::-1])  # loaded now, not before the run: the package arrives by the port
print(run_sync(run_js(__FORGE__)))
time.sleep(1)
print("all messages are sent")
__END__
"""


def forging_program(end: str = "") -> str:
    """A program that speaks as the runtime does, then runs the JavaScript `end` with `stolen` at hand."""
    forge = _FORGE.replace("ODD", json.dumps(ODD_TEXT)).replace("HTML_", json.dumps(HTML))
    return _CHOICE + (
        _FORGING.replace("__STEAL__", repr(_STEAL_PORT))
        .replace("__FORGE__", repr(f"(async () => {{ {forge} }})()"))
        .replace("__END__", f"run_js({end!r})" if end else "")
    )


FORGED_CRASH = f"""
const odd = {json.dumps(ODD_TEXT)};
stolen.postMessage({{type: "crashed", message: odd}});
for (let more = 0; more < 50; more += 1) stolen.postMessage({{type: "crashed", worker: more, message: odd}});
"""
FORGED_ENDING = f"""
const odd = {json.dumps(ODD_TEXT)};
const place = {{file: "main.py", line: 1, column: -5, end_line: 1e9, end_column: 1e9}};
const written = [{{path: odd, bytes: new TextEncoder().encode(odd).buffer}}];
const changes = {{written, deleted: ["__proto__", "../main.py"], skipped: [{{path: odd, reason: odd}}]}};
const error = {{type: odd, message: odd, traceback: odd, ...place}};
const numbers = {{code: odd, duration_ms: odd, dropped_bytes: 1e300, memory_bytes: -1}};
stolen.postMessage({{type: "finished", outcome: odd, error, changes, ...numbers}});
stolen.postMessage({{type: "finished", outcome: "ok", error, changes}});
"""

# Ways to leave the runtime itself in disorder; each must end with Stop at the latest.
WRECKS = {
    "worker closes itself": "self.close()",
    "marks without end": """
        for (let more = 0; more < 100; more += 1) stolen.postMessage({type: "figure", marked: true})""",
    "flood of messages": "for (;;) stolen.postMessage({type: 'output', segments: [{stream: 'out', text: 'x'}]})",
    "flood of requests": "for (;;) stolen.postMessage({type: 'asset', name: 'pyodide.asm.wasm'})",
    "scribbled memory": """
        const exchange = Atomics.exchange;
        Atomics.exchange = (words, at, value) => {
          const all = new Uint8Array(words.buffer);
          all.set(crypto.getRandomValues(new Uint8Array(32)));
          for (let start = 32; start < all.length; start += 65536) {
            const part = new Uint8Array(Math.min(65536, all.length - start));
            all.set(crypto.getRandomValues(part), start);
          }
          return exchange(words, at, value);
        }""",
    "console of its own": """
        Atomics.wait = () => "ok"; Atomics.store = Atomics.notify = () => 0;
        Object.prototype.type = "finished"; Object.prototype.outcome = "ok";
        Array.prototype[Symbol.iterator] = function* () {};
        Promise.prototype.then = () => undefined;
        JSON.parse = JSON.stringify = Object.entries = Object.fromEntries = () => null""",
}


def wrecking_program() -> str:
    """A program that asks which of WRECKS to try, and then goes on printing."""
    end = f"wrecks = {WRECKS!r}\nrun_js(wrecks[input('Which? ')])\nfor more in range(500): print('more', more)"
    program = _FORGING.replace("__STEAL__", repr(_STEAL_PORT)).replace("__END__", end)
    return _CHOICE + program.replace("__FORGE__", repr("Promise.resolve('stolen')"))


# Ordinary ways for text to reach the page: all of them in one run.
_ODD = """
import sys
print(__ODD__)
sys.stderr.write(__ODD__ + "\\n")
print(bytes(range(256)))
sys.stdout.buffer.write(bytes(range(256)) + b"\\n")
for name in __NAMES__:
    with open(name, "w") as file:
        file.write(__ODD__)
with open("picture.png", "wb") as file:
    file.write(b"\\x89PNG\\0" + __ODD__.encode())
with open("drawing.svg", "w") as file:
    file.write("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(9)'/>")
print(input(__ODD__))
class Odd(Exception):
    pass
Odd.__name__ = Odd.__qualname__ = __ODD__
raise Odd(__ODD__)
"""
# A project can hold these,
ODD_NAMES = [
    "&lt;img src=x onerror=alert(8)&gt;.txt",
    "constructor",
    "javascript&colon;alert(9).py",
    "%3Cb%3E",
]
# and not these; the console names them.
REFUSED_NAMES = ["<img src=x onerror=alert(1)>.txt", "javascript:alert(8).py", "\u202etxt.exe", "\x1b[31mred.txt"]


def odd_program() -> str:
    """A program that prints, asks, writes and raises text that something might take for more than text."""
    return _CHOICE + _ODD.replace("__ODD__", ascii(ODD_TEXT)).replace("__NAMES__", ascii(ODD_NAMES + REFUSED_NAMES))
