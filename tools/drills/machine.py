"""A Debian machine from nothing: debootstrap's folder with a systemd of its own, and the host's network.

Needs Linux, root, debootstrap and systemd-nspawn (package systemd-container). Ports 80, 443 and 5432 must be free.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MIRROR = "http://deb.debian.org/debian"
PACKAGES = "ca-certificates,dbus,python3,systemd,systemd-sysv"
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
# What pip, npm and Python need to know where the internet is behind a proxy of its own.
PASSED_ON = ("http_proxy", "https_proxy", "no_proxy", "PIP_INDEX_URL", "npm_config_registry")
CERTIFICATE_VARIABLES = ("SSL_CERT_FILE", "PIP_CERT", "NODE_EXTRA_CA_CERTS")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
BOOT_TIMEOUT_S = 60


class Machine:
    """A folder that is a machine while it is booted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.container: subprocess.Popen[bytes] | None = None
        self.first_process = 0

    def make(self, suite: str = "bookworm") -> None:
        """Fill the folder with the smallest system that boots."""
        subprocess.run(
            ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", suite, str(self.folder), MIRROR],
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def boot(self) -> None:
        (self.folder / "host").mkdir(exist_ok=True)
        (self.folder / "etc" / "resolv.conf").unlink(missing_ok=True)
        command = ["systemd-nspawn", f"--directory={self.folder}", "--boot", "--console=read-only"]
        command += ["--register=no", "--keep-unit", "--resolv-conf=copy-host"]
        command += [f"--bind-ro={CERTIFICATES}:/host/certificates.crt"]
        self.container = subprocess.Popen(
            command,
            env=os.environ | {"SYSTEMD_NSPAWN_UNIFIED_HIERARCHY": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        deadline = time.monotonic() + BOOT_TIMEOUT_S
        while "running" not in self._state():
            if time.monotonic() > deadline:
                raise TimeoutError("systemd does not come up in the container.")
            time.sleep(0.5)

    def shut_down(self) -> None:
        if self.container is None:
            return
        if self.first_process:
            os.kill(self.first_process, signal.SIGRTMIN + 4)  # "power off", to systemd
        try:
            self.container.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.container.kill()
            self.container.wait()

    def command(self, *words: str) -> list[str]:
        """The words as a command that runs inside, as root."""
        passed = [f"{name}={os.environ[name]}" for name in PASSED_ON if name in os.environ]
        passed += [f"{name}=/host/certificates.crt" for name in CERTIFICATE_VARIABLES]
        inside = ["nsenter", f"--target={self.first_process}", "--mount", "--uts", "--ipc", "--pid", "--cgroup"]
        return [*inside, "--root", "--wd", "env", "-i", f"PATH={PATH}", "HOME=/root", "LANG=C.UTF-8", *passed, *words]

    def run(self, *words: str) -> str:
        """What the command prints; raises CalledProcessError with it when it fails."""
        done = subprocess.run(
            self.command(*words), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
        )
        if done.returncode:
            raise subprocess.CalledProcessError(done.returncode, words, done.stdout)
        return done.stdout

    def bring_source(self, name: str) -> Path:
        """Unpack what is committed here as /root/<name>; returns its folder as seen from the host."""
        target = self.folder / "root" / name
        target.mkdir(parents=True)
        packed = subprocess.run(["git", "archive", "HEAD"], cwd=ROOT, stdout=subprocess.PIPE, check=True)
        subprocess.run(["tar", "--extract"], cwd=target, input=packed.stdout, check=True)
        return target

    def _state(self) -> str:
        assert self.container is not None
        children = Path(f"/proc/{self.container.pid}/task/{self.container.pid}/children").read_text().split()
        if not children:
            return ""
        self.first_process = int(children[0])
        asked = subprocess.run(
            self.command("systemctl", "is-system-running"), capture_output=True, text=True, check=False
        )
        return asked.stdout
