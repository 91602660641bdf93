from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.finders import FileSystemFinder
from django.template import Context, Template
from django.test import Client

from codeplatform.static_files import HashedStaticFilesStorage
from frontend.runtime.current import Runtime, RuntimeFile

MODULES = {
    "x/a.js": (
        'import { one } from "./b.js";\n'
        "import {\n  two,\n  three as drei,\n} from '../y/c.js'\n"
        'import * as all from "../y/c.js";\n'
        'import standard, { one as eins } from "./b.js";\n'
        'import "./effect.mjs";\n'
        'import bare from "bare";\n'
        'export { four } from "../y/c.js";\n'
        'export * from "./b.js";\n'
        "export * as ns from './b.js';\n"
        "export function f() {\n  return 1;\n}\n"
        'const later = await import("./b.js");\n'
        "const other = import( '../y/c.js' );\n"
        '// import what is needed, from "./nothing.js" perhaps\n'
        'const text = `from "./nothing.js"`;\n'
        'x.import("./nothing.js");\n'
    ),
    "x/b.js": "export default 1;\nexport const one = 1;\n",
    "x/effect.mjs": 'import "./b.js";\n',
    "y/c.js": 'import{one}from"../x/b.js";export const two=one,three=3,four=4;\n',
}


@pytest.fixture(autouse=True)
def listed_at_the_start(settings: Any) -> None:
    settings.WHITENOISE_AUTOREFRESH = False


@pytest.fixture
def collected(tmp_path: Path, settings: Any) -> Path:
    """MODULES as collectstatic leaves them."""
    for name, text in MODULES.items():
        (tmp_path / "source" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "source" / name).write_text(text)
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STATIC_ROOT = tmp_path / "static"
    storage = HashedStaticFilesStorage(location=tmp_path / "static")
    found = {
        name: (own, path) for own_finder in [FileSystemFinder()] for path, own in own_finder.list([]) for name in [path]
    }
    for name, (own, path) in found.items():
        with own.open(path) as source:
            storage.save(name, source)
    outcome = list(storage.post_process({name: (storage, name) for name in found}))
    assert not [item for item in outcome if isinstance(item[2], Exception)]
    return tmp_path / "static"


def hashed(folder: Path, name: str) -> Path:
    stem, suffix = name.rsplit(".", 1)
    hashes = re.compile(rf"{re.escape(Path(stem).name)}\.[0-9a-f]{{12}}\.{suffix}")
    (only,) = [path for path in (folder / stem).parent.iterdir() if hashes.fullmatch(path.name)]
    return only


class TestModules:
    def test_each_form_of_import_names_the_hashed_file(self, collected: Path) -> None:
        text = hashed(collected, "x/a.js").read_text()
        b, c, effect = (hashed(collected, name).name for name in ("x/b.js", "y/c.js", "x/effect.mjs"))

        assert text == (
            MODULES["x/a.js"]
            .replace('"./b.js"', f'"./{b}"')
            .replace("'./b.js'", f'"./{b}"')
            .replace('"../y/c.js"', f'"../y/{c}"')
            .replace("import( '../y/c.js' )", f'import("../y/{c}")')
            .replace("'../y/c.js'", f'"../y/{c}"')
            .replace('"./effect.mjs"', f'"./{effect}"')
        )

    def test_minified_modules_too(self, collected: Path) -> None:
        assert hashed(collected, "x/b.js").name in hashed(collected, "y/c.js").read_text()


@pytest.mark.heavy
def test_our_own_modules_import_only_hashed_names(collected_static: Path) -> None:
    plain = re.compile(r"""(?:from\s*|import\s*|import\(\s*)["']\.\.?/[\w/.-]*?(?<!\.[0-9a-f]{12})\.m?js["']""")
    for path in collected_static.rglob("*.*.js"):
        if re.search(r"\.[0-9a-f]{12}\.js$", path.name) and "admin" not in path.parts:
            assert plain.findall(path.read_text()) == [], path.name


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runtime:
    folder = tmp_path / "runtime" / "abc123"
    folder.mkdir(parents=True)
    for name in ("pyodide.mjs", "pyodide.asm.wasm", "pyodide-lock.json", "numpy.whl", "snapshot-plain.bin"):
        (folder / name).write_bytes(b"x" * 300)
    (folder / "pyodide.mjs.br").write_bytes(b"compressed")
    files = {path.name: RuntimeFile(300, "0" * 64) for path in folder.iterdir() if path.suffix != ".br"}
    for version in ("abc123", "older"):
        (tmp_path / "runtime" / version).mkdir(exist_ok=True)
        (tmp_path / "runtime" / version / "runtime.json").write_text("{}")
    made = Runtime("abc123", "314.0.3", "3.14.0", files, {}, {}, folder)
    for module in ("codeplatform.static_files", "frontend.templatetags.runtime", "codeplatform.health"):
        monkeypatch.setattr(f"{module}.current_runtime", lambda: made)
    return made


class TestRuntime:
    @pytest.mark.parametrize(
        ("name", "media_type"),
        [
            ("pyodide.mjs", "text/javascript; charset=utf-8"),
            ("pyodide.asm.wasm", "application/wasm"),
            ("pyodide-lock.json", "application/json"),
            ("numpy.whl", "application/zip"),
            ("snapshot-plain.bin", "application/octet-stream"),
        ],
    )
    def test_is_served_for_ever_and_to_the_sandbox(
        self, client: Client, runtime: Runtime, name: str, media_type: str
    ) -> None:
        response = client.get(f"/runtime/abc123/{name}")

        assert response.status_code == 200
        assert response.headers["Content-Type"] == media_type
        assert "immutable" in response.headers["Cache-Control"]
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert response.headers["Cross-Origin-Embedder-Policy"] == "require-corp"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert not response.cookies

    def test_of_before_is_served_too(self, client: Client, runtime: Runtime) -> None:
        assert client.get("/runtime/older/runtime.json").status_code == 200

    def test_goes_out_compressed(self, client: Client, runtime: Runtime) -> None:
        response = client.get("/runtime/abc123/pyodide.mjs", headers={"accept-encoding": "gzip, br"})

        assert (response.headers["Content-Encoding"], b"".join(response)) == ("br", b"compressed")

    def test_is_found_when_it_was_built_after_the_start(
        self, client: Client, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("codeplatform.static_files.current_runtime", lambda: None)
        assert client.get("/runtime/abc123/pyodide.mjs").status_code == 404
        monkeypatch.setattr("codeplatform.static_files.current_runtime", lambda: runtime)

        assert client.get("/runtime/abc123/pyodide.mjs").status_code == 200

    @pytest.mark.parametrize("path", ["../secret", "%2e%2e/secret", "pyodide.mjs/", "", "/etc/passwd"])
    def test_nothing_else_is(self, client: Client, runtime: Runtime, path: str) -> None:
        assert client.get(f"/runtime/abc123/{path}").status_code == 404

    def test_makes_the_server_ready(self, client: Client, runtime: Runtime, db: None) -> None:
        response = client.get("/readyz")

        assert (response.status_code, response.json()) == (
            200,
            {"database": True, "migrations": True, "runtime": True},
        )


class TestStatic:
    @pytest.mark.parametrize("url", ["/static/sandbox/worker.js", "/static/python/run_program.py"])
    def test_the_sandbox_may_read_its_files(self, client: Client, url: str) -> None:
        headers = client.get(url).headers

        assert headers["Access-Control-Allow-Origin"] == "*"
        assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"

    @pytest.mark.parametrize("url", ["/static/admin/css/base.css", "/static/saving/encoding.js"])
    def test_nobody_else_may_read_the_others(self, client: Client, url: str) -> None:
        headers = client.get(url).headers

        assert "Access-Control-Allow-Origin" not in headers
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"

    def test_python_has_its_own_type(self, client: Client) -> None:
        assert client.get("/static/python/run_program.py").headers["Content-Type"] == "text/x-python; charset=utf-8"

    @pytest.mark.parametrize("path", ["../manage.py", "%2e%2e/manage.py", "admin/", "nothing.js", "..\\manage.py"])
    def test_nothing_else_is_served(self, client: Client, path: str) -> None:
        assert client.get(f"/static/{path}").status_code == 404

    def test_the_linters_worker_may_compile_webassembly_and_no_page_may(self, client: Client) -> None:
        worker = client.get("/static/linting/worker.js").headers

        assert worker["Content-Security-Policy"] == (
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
        )
        assert worker["Cross-Origin-Embedder-Policy"] == "require-corp"
        assert "wasm" not in client.get("/static/linting/ruff.js").headers["Content-Security-Policy"]


class TestRuntimeConfig:
    def render(self) -> Any:
        import json

        html = Template("{% load runtime %}{% runtime_config %}").render(Context())
        return json.loads(re.fullmatch(r'<script id="runtime-config" type="application/json">(.*)</script>', html)[1])  # type: ignore[index]

    def test_tells_the_page_where_everything_is(self, runtime: Runtime) -> None:
        config = self.render()

        assert (config["version"], config["base"], config["pyodide"]) == ("abc123", "/runtime/abc123/", "314.0.3")
        assert set(config["core"]) == {"pyodide.mjs", "pyodide.asm.wasm", "pyodide-lock.json", "snapshot-plain.bin"}
        assert config["core"]["pyodide.mjs"] == {"size": 300, "sha256": "0" * 64}
        assert (config["frame"], config["worker_modules"][-1]) == ("/sandbox/frame/", "/static/sandbox/worker.js")
        assert config["python_files"]["run_program.py"] == "/static/python/run_program.py"

    def test_is_null_without_a_runtime(self) -> None:
        assert self.render() is None
