"""Encrypting while a backup is written, decrypting while it is read: by age or by GnuPG, never both.

A recipient is an age key (`age1…`) or a file: of age or SSH recipients, one a line, or a GPG public key. Backups are
written with public keys alone; the private one is needed to read them and has no business on the server.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO

from codeplatform.backup.programs import Running, find_program, running
from codeplatform.backup.refusal import Refused

_AGE_HEAD = b"age-encryption.org/"
_ARMOUR = b"-----BEGIN PGP"
_TAR_MAGIC_AT, _TAR_MAGIC = 257, b"ustar"


def suffix_for(recipients: Sequence[str]) -> str:
    """What the name of a backup for them ends in. Raises Refused for a recipient that is none."""
    return f".{_program_for(recipients)}" if recipients else ""


@contextmanager
def encrypted_into(target: BinaryIO, recipients: Sequence[str]) -> Iterator[IO[bytes]]:
    """Where to write so that `target` gets it encrypted; without recipients, `target` itself."""
    if not recipients:
        yield target
        return
    program = _program_for(recipients)
    with _gpg_home() as home:
        command = _age_command(recipients) if program == "age" else _gpg_command(recipients, home)
        with (
            running(command, stdin=subprocess.PIPE, stdout=target) as encryption,
            _judged(encryption, f"{program} failed"),
        ):
            yield encryption.stdin


@contextmanager
def decrypted(path: Path, identity: Path | None) -> Iterator[IO[bytes]]:
    """The bytes of a backup as they were before encryption. Raises Refused when the key or the file is wrong.

    That something was changed or cut off may come out only at the end: act on nothing before the block is left.
    """
    with path.open("rb") as beginning:
        head = beginning.read(512)
    with path.open("rb") as file:
        if head[_TAR_MAGIC_AT:].startswith(_TAR_MAGIC):
            yield file
            return
        sentence = f"{path.name} cannot be decrypted: the key is wrong or the file damaged"
        program = "age" if head.startswith(_AGE_HEAD) else "gpg"
        if program == "gpg" and not (head[:1] >= b"\x80" or head.startswith(_ARMOUR)):
            raise Refused(f"{path.name} is no backup, or its beginning is damaged.")
        if identity is not None and not identity.is_file():
            raise Refused(f"There is no key file {identity}.")
        with _gpg_home() as home:
            command = _age_reading(identity) if program == "age" else _gpg_reading(identity, home)
            with running(command, stdin=file, stdout=subprocess.PIPE) as decryption, _judged(decryption, sentence):
                yield decryption.stdout


@contextmanager
def _judged(program: Running, sentence: str) -> Iterator[None]:
    """What the program says of its end is the reason for whatever went wrong in the block."""
    try:
        yield
    except (OSError, EOFError, Refused) as error:
        _let_end(program)
        if program.failed():
            raise Refused(f"{sentence}: {program.complaint()}.") from error
        raise
    _let_end(program)
    if program.failed():
        raise Refused(f"{sentence}: {program.complaint()}.")


def _let_end(program: Running) -> None:
    """Take or give whatever the program waits for."""
    if program.process.stdin is not None:
        with suppress(BrokenPipeError):
            program.process.stdin.close()
    if program.process.stdout is not None:
        while program.process.stdout.read(1 << 20):
            pass


def _program_for(recipients: Sequence[str]) -> str:
    kinds = {"gpg" if _is_gpg(recipient) else "age" for recipient in recipients}
    if len(kinds) > 1:
        raise Refused("BACKUP_RECIPIENTS names keys of age and of GPG; a backup is encrypted for one kind only.")
    return kinds.pop()


def _is_gpg(recipient: str) -> bool:
    if recipient.startswith("age1"):
        return False
    try:
        with Path(recipient).open("rb") as file:
            head = file.read(len(_ARMOUR))
    except (OSError, ValueError):
        raise Refused(
            f"BACKUP_RECIPIENTS holds {recipient!r}, which is neither an age key (age1…) nor a file that can be read."
        ) from None
    return head == _ARMOUR or head[:1] >= b"\x80"


def _age_command(recipients: Sequence[str]) -> list[str]:
    whom = [
        word
        for recipient in recipients
        for word in ("--recipient" if recipient.startswith("age1") else "--recipients-file", recipient)
    ]
    return [find_program("age", "age"), "--encrypt", *whom]


def _gpg_command(recipients: Sequence[str], home: str) -> list[str]:
    whom = [word for recipient in recipients for word in ("--recipient-file", recipient)]
    # The database comes compressed already.
    options = ["--trust-model", "always", "--compress-algo", "none"]
    return [*_gpg(home), *options, *whom, "--encrypt"]


def _age_reading(identity: Path | None) -> list[str]:
    if identity is None:
        raise Refused("The backup is encrypted: name the file with the private key, --identity KEYFILE.")
    return [find_program("age", "age"), "--decrypt", "--identity", str(identity)]


def _gpg_reading(identity: Path | None, home: str) -> list[str]:
    """With a key file by that alone, otherwise by the keys of whoever runs the command, whose agent may ask."""
    if identity is None:
        return [find_program("gpg", "gnupg"), "--quiet", "--decrypt"]
    with running([*_gpg(home), "--import", str(identity)]) as importing:
        if importing.failed():
            raise Refused(f"gpg cannot read the key file {identity}: {importing.complaint()}")
    return [*_gpg(home), "--decrypt"]


def _gpg(home: str) -> list[str]:
    return [find_program("gpg", "gnupg"), "--homedir", home, "--batch", "--no-tty", "--quiet"]


@contextmanager
def _gpg_home() -> Iterator[str]:
    """A folder of its own for gpg, so that nobody's key ring is read or changed; its agent ends with it."""
    with tempfile.TemporaryDirectory(prefix="gpg-") as home:
        try:
            yield home
        finally:
            # An agent may have its socket elsewhere; without gpg there is neither agent nor file.
            if any(Path(home).iterdir()):
                with running([find_program("gpgconf", "gnupg"), "--homedir", home, "--kill", "all"]):
                    pass
