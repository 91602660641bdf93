"""manage.py build_runtime, against a small release of its own: what it makes, and what each bad input leads to."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import brotli
import pytest
from django.core.management import CommandError, call_command

from frontend.runtime.current import current_runtime
from frontend.tests.runtime_world import Release, World, digest, make_wheel, wheel_name

Build = Callable[..., str]


@pytest.fixture
def release() -> Iterator[Release]:
    release = Release()
    yield release
    release.close()


@pytest.fixture
def world(tmp_path: Path, release: Release, settings) -> World:
    world = World(tmp_path, release)
    settings.RUNTIME_DIR = world.runtime
    settings.RUNTIME_CACHE_DIR = world.cache
    settings.RUNTIME_WHEELS_DIR = ""
    settings.PYODIDE_DIST_URL = ""
    return world


@pytest.fixture
def build(world: World) -> Build:
    def run(*options: str) -> str:
        out = io.StringIO()
        places = ["--manifest", str(world.manifest), "--node-modules", str(world.node_modules)]
        call_command("build_runtime", *places, *options, stdout=out)
        return out.getvalue()

    return run


def refusal(build: Build, *options: str) -> str:
    """The one sentence that the build ends with."""
    with pytest.raises(CommandError) as caught:
        build(*options)
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith(".")
    return message


class TestBuild:
    def test_holds_what_the_browser_loads(self, world: World, build: Build) -> None:
        build()

        names = set(world.described()["files"])
        assert {
            "pyodide.mjs",
            "pyodide.asm.wasm",
            "python_stdlib.zip",
            "snapshot-jspi.bin",
            "snapshot-plain.bin",
            "names-python.json",
        } < names
        assert {wheel_name("alpha"), wheel_name("beta"), wheel_name("gamma")} < names

    def test_described_hashes_are_those_of_the_files(self, world: World, build: Build) -> None:
        build()

        for name, entry in world.described()["files"].items():
            content = (world.current() / name).read_bytes()
            assert (len(content), digest(content)) == (entry["size"], entry["sha256"])

    def test_lock_has_the_hash_of_each_wheel_as_served(self, world: World, build: Build) -> None:
        build()

        lock = json.loads((world.current() / "pyodide-lock.json").read_text())
        for entry in lock["packages"].values():
            assert entry["sha256"] == digest((world.current() / entry["file_name"]).read_bytes())
        assert lock["packages"]["alpha"]["sha256"] != world.entries["alpha"]["sha256"]

    def test_wheels_and_library_gain_bytecode_but_not_for_tests(self, world: World, build: Build) -> None:
        build()

        wheel = zipfile.ZipFile(world.current() / wheel_name("alpha")).namelist()
        library = zipfile.ZipFile(world.current() / "python_stdlib.zip").namelist()
        assert [name for name in wheel if name.startswith("alpha/__pycache__/__init__.")]
        assert not [name for name in wheel if name.startswith("alpha/tests/__pycache__/")]
        assert {"json/__init__.pyc", "json/__init__.py", "ast.pyc"} <= set(library)

    def test_brotli_copies_hold_the_same(self, world: World, build: Build) -> None:
        build()

        folder = world.current()
        copies = list(folder.glob("*.br"))
        assert folder / "pyodide.asm.wasm.br" in copies
        for copy in copies:
            assert brotli.decompress(copy.read_bytes()) == copy.with_suffix("").read_bytes()

    def test_current_runtime_reads_it(self, world: World, build: Build) -> None:
        assert current_runtime() is None
        build()

        runtime = current_runtime()
        assert runtime is not None
        assert runtime.folder == world.current()
        assert runtime.packages["alpha"].depends == ("beta",)
        assert runtime.packages["alpha"].file in runtime.files

    def test_same_inputs_give_the_same_version(self, world: World, build: Build) -> None:
        build()
        first = world.described()
        build("--force")

        assert world.described() == first

    def test_licences_are_listed(self, world: World, build: Build) -> None:
        build()

        licences = {
            part["name"]: part["licence"] for part in json.loads((world.current() / "licences.json").read_text())
        }
        assert licences == {"Pyodide": "MPL-2.0", "CPython": "PSF-2.0", "alpha": "MIT", "beta": "MIT", "gamma": "MIT"}


class TestRepeat:
    def test_second_run_builds_nothing(self, world: World, build: Build) -> None:
        build()
        asked = len(world.release.requests)

        assert "is already built" in build()
        assert len(world.release.requests) == asked

    def test_change_of_manifest_builds_again_and_keeps_the_last(self, world: World, build: Build) -> None:
        build()
        first = world.current()
        world.write_manifest({"alpha": False})
        build()

        assert world.current() != first
        assert first.is_dir()

    def test_only_the_newest_two_are_kept(self, world: World, build: Build) -> None:
        folders = []
        for packages in ({"alpha": False}, {"beta": False}, {"gamma": False}):
            world.write_manifest(packages)
            build()
            folders.append(world.current())
            os.utime(folders[-1], (len(folders), len(folders)))

        assert [folder.exists() for folder in folders] == [False, True, True]

    def test_second_build_takes_wheels_from_the_cache(self, world: World, build: Build) -> None:
        build()
        asked = len(world.release.requests)
        build("--force")

        assert len(world.release.requests) == asked

    def test_damaged_cache_is_fetched_again(self, world: World, build: Build) -> None:
        build()
        for path in world.cache.rglob(wheel_name("beta")):
            path.write_bytes(b"damaged")
        build("--force")

        assert [name for name, _ in world.release.requests].count(wheel_name("beta")) == 2

    def test_leftovers_of_a_killed_build_go(self, world: World, build: Build) -> None:
        (world.runtime / ".building-1").mkdir(parents=True)
        build()

        assert not list(world.runtime.glob(".building-*"))


class TestCheck:
    def test_whole_build_passes(self, build: Build) -> None:
        build()

        assert "is whole" in build("--check")

    @pytest.mark.parametrize("name", ["pyodide.mjs", "pyodide.asm.wasm.br"])
    def test_damaged_file_is_named(self, name: str, world: World, build: Build) -> None:
        build()
        (world.current() / name).write_bytes(b"damaged")

        assert f"is damaged ({name})" in refusal(build, "--check")

    def test_nothing_built(self, build: Build) -> None:
        assert "No runtime is built" in refusal(build, "--check")

    def test_forced_build_mends(self, world: World, build: Build) -> None:
        build()
        (world.current() / "pyodide.mjs").write_bytes(b"damaged")
        build("--force")

        assert "is whole" in build("--check")


class TestLockClosure:
    def test_package_without_its_dependency_is_left_out(self, world: World, build: Build) -> None:
        world.add_package("delta", depends=["epsilon"])
        world.add_package("epsilon", is_released=False)
        world.write_manifest({"alpha": False, "delta": True})
        out = build()

        lock = json.loads((world.current() / "pyodide-lock.json").read_text())
        assert set(lock["packages"]) == {"alpha", "beta"}
        assert set(world.described()["missing"]) == {"delta", "epsilon"}
        assert "needs epsilon" in world.described()["missing"]["delta"]
        assert "without delta" in out

    def test_packages_nobody_wants_stay_out(self, world: World, build: Build) -> None:
        world.write_manifest({"gamma": False})
        build()

        assert set(world.described()["packages"]) == {"gamma"}


class TestSources:
    def test_local_folder_comes_first(self, world: World, build: Build, settings) -> None:
        settings.RUNTIME_WHEELS_DIR = str(world.wheels)
        for name in ("alpha", "beta", "gamma"):
            (world.wheels / wheel_name(name)).write_bytes(world.release.files[wheel_name(name)])
        build()

        assert world.release.requests == []

    def test_release_that_is_off_is_not_asked(self, world: World, build: Build, settings) -> None:
        settings.PYODIDE_DIST_URL = "off"
        refusal(build)

        assert world.release.requests == []

    def test_unreachable_release_is_tried_once(self, world: World, build: Build, settings) -> None:
        world.release.close()
        world.write_manifest({"alpha": True, "beta": True, "gamma": True})
        out = build()

        assert out.count("cannot be reached") == 1

    def test_carrier_gives_wheels_with_the_official_hash(self, world: World, build: Build, pip_folder: Path) -> None:
        content = make_wheel(
            "carrier",
            extra={
                f"carrier/x/{name}": world.release.files.pop(name) for name in (wheel_name("alpha"), wheel_name("beta"))
            },
        )
        (pip_folder / wheel_name("carrier")).write_bytes(content)
        pin = f'[carrier]\npackage = "carrier"\nversion = "1.0"\nsha256 = "{digest(content)}"\n'
        world.write_manifest({"alpha": False}, pin)
        build()

        assert set(world.described()["packages"]) == {"alpha", "beta"}
        assert not list(world.cache.rglob("carrier-*.whl"))

    def test_index_wheel_replaces_the_entry(self, world: World, build: Build, pip_folder: Path) -> None:
        content = make_wheel("beta", extra={"beta/machine.so": b"\x00"})
        (pip_folder / wheel_name("beta")).write_bytes(content)
        del world.release.files[wheel_name("beta")]
        pin = f'[index.beta]\nversion = "1.0"\nfile = "{wheel_name("beta")}"\nsha256 = "{digest(content)}"\n'
        world.write_manifest({"alpha": False}, pin + 'drop = ["*.so"]\n')
        build()

        members = zipfile.ZipFile(world.current() / wheel_name("beta")).namelist()
        assert "beta/__init__.py" in members
        assert "beta/machine.so" not in members

    def test_index_wheel_of_other_content_is_refused(self, world: World, build: Build, pip_folder: Path) -> None:
        (pip_folder / wheel_name("beta")).write_bytes(make_wheel("beta", extra={"beta/evil.py": "1"}))
        del world.release.files[wheel_name("beta")]
        pin = f'[index.beta]\nversion = "1.0"\nfile = "{wheel_name("beta")}"\nsha256 = "{"0" * 64}"\n'
        world.write_manifest({"alpha": False}, pin)

        assert "other content than the manifest pins" in refusal(build)

    @pytest.fixture
    def pip_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        folder = tmp_path / "index"
        folder.mkdir()
        monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
        monkeypatch.setenv("PIP_NO_INDEX", "1")
        monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
        return folder


class TestResume:
    def test_broken_download_goes_on_where_it_stopped(self, world: World, build: Build) -> None:
        name = wheel_name("beta")
        world.write_manifest({"beta": False})
        size = len(world.release.files[name])
        world.release.break_off_after = size // 5
        assert "broke off" in refusal(build)
        world.release.break_off_after = None
        build()

        ranges = [asked for file, asked in world.release.requests if file == name]
        assert ranges[-1] == f"bytes={3 * (size // 5)}-"
        assert "beta" in world.described()["packages"]


class TestBadInputs:
    """Each ends with one sentence, and the last good build still stands."""

    @pytest.fixture(autouse=True)
    def good(self, world: World, build: Build) -> Iterator[None]:
        world.write_manifest({"gamma": False})
        build()
        good = world.current()
        yield
        assert world.current() == good
        assert "is whole" in build("--check")
        assert not list(world.runtime.glob(".building-*"))

    def test_unknown_package(self, world: World, build: Build) -> None:
        world.write_manifest({"gamma": False, "nonesuch": True})

        assert "'nonesuch'" in refusal(build)

    def test_manifest_that_is_no_toml(self, world: World, build: Build) -> None:
        world.manifest.write_text("pyodide = ")

        assert "manifest.toml cannot be used" in refusal(build)

    def test_wrong_hash_from_the_release(self, world: World, build: Build) -> None:
        world.release.files[wheel_name("beta")] = make_wheel("beta", "6.6")
        world.write_manifest({"alpha": False})

        assert "wrong content" in refusal(build)

    def test_wrong_hash_in_the_local_folder(self, world: World, build: Build, settings) -> None:
        settings.RUNTIME_WHEELS_DIR = str(world.wheels)
        (world.wheels / wheel_name("beta")).write_bytes(b"something else")
        world.write_manifest({"alpha": False})

        assert "wrong content" in refusal(build)

    def test_local_folder_that_is_not_there(self, build: Build, settings) -> None:
        settings.RUNTIME_WHEELS_DIR = "/nowhere"

        assert "RUNTIME_WHEELS_DIR" in refusal(build)

    def test_wrong_core_file(self, world: World, build: Build) -> None:
        (world.core / "pyodide.mjs").write_bytes(b"something else")

        assert "pyodide.mjs has the wrong content" in refusal(build)

    def test_core_not_installed(self, world: World, build: Build) -> None:
        (world.core / "pyodide.mjs").unlink()

        assert "npm ci" in refusal(build)

    def test_truncated_download(self, world: World, build: Build) -> None:
        world.release.break_off_after = 100
        world.write_manifest({"alpha": False})

        assert "broke off" in refusal(build)

    def test_full_disk(self, world: World, build: Build) -> None:
        entry = world.entries["beta"]
        part = world.cache / "files" / entry["sha256"][:16] / f"{entry['file_name']}.part"
        part.parent.mkdir(parents=True)
        part.symlink_to("/dev/full")
        world.write_manifest({"beta": False})

        assert "disk is full" in refusal(build)

    def test_no_network_and_nothing_cached(self, world: World, build: Build) -> None:
        world.release.close()
        world.write_manifest({"alpha": False})

        assert "No source has alpha" in refusal(build)

    def test_no_node(self, world: World, build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
        (world.node_folder / "node").unlink()
        monkeypatch.setenv("PATH", "")

        assert "No Node 24" in refusal(build, "--force")

    def test_snapshot_that_does_not_restore(self, world: World, build: Build) -> None:
        (world.node_folder / "does-not-restore").touch()

        message = refusal(build, "--force")
        assert message == "snapshot-jspi.bin does not restore: Error: Snapshot build id mismatch."

    def test_package_that_does_not_import(self, world: World, build: Build) -> None:
        (world.node_folder / "broken-imports").write_text('{"gamma": "ImportError: no"}')

        assert "gamma: ImportError" in refusal(build, "--force")

    def test_two_builds_at_once(self, world: World, build: Build) -> None:
        import fcntl

        with (world.runtime / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)

            assert "Another build_runtime" in refusal(build, "--force")
