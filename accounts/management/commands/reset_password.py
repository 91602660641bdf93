from __future__ import annotations

import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.names import normalise
from accounts.passphrases import new_pass_phrase
from accounts.passwords import set_new_password


class Command(BaseCommand):
    help = (
        "Give a person a new password and let them sign in at once. It prints a new pass-phrase, this once; with "
        "--stdin it takes the first line of its input instead and prints nothing secret. The person is signed out "
        "everywhere, and wrong passwords that were tried are forgotten."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="the whole login name, such as ada@school; operators have no @")
        parser.add_argument("--stdin", action="store_true", help="read the password from the standard input")
        parser.add_argument(
            "--must-change", action="store_true", help="the person chooses a password of their own at the next sign-in"
        )

    def handle(self, *args: Any, name: str, stdin: bool, must_change: bool, **options: Any) -> None:
        user = User.objects.filter(username=normalise(name)).first()
        if user is None:
            raise CommandError("Nobody has this login name. Give the whole name, such as ada@school.")
        password = _from_stdin(user) if stdin else new_pass_phrase()
        set_new_password(user, password, by=None, must_change=must_change)
        self.stdout.write(f"{user.username} has a new password and is signed out everywhere.")
        if not user.is_active:
            self.stdout.write("The account is closed, so it still does not sign in.")
        if not stdin:
            self.stdout.write(f"Pass-phrase: {password}")


def _from_stdin(user: User) -> str:
    password = sys.stdin.readline().rstrip("\r\n")
    try:
        validate_password(password, user)
    except ValidationError as refusal:
        raise CommandError(" ".join(refusal.messages)) from None
    return password
