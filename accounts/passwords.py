"""What a password must be (NIST SP 800-63B-4, section 3.1.1.2), and the one way an account gets another.

15 characters at least, since it stands alone; no rules on which characters; none that is easily guessed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts import brake
from accounts.models import User
from accounts.signals import password_changed

MIN_PASSWORD_CHARACTERS = 15
MAX_PASSWORD_CHARACTERS = 256  # more is no password, only work for the hasher
# So many letters and digits must be left when all that is easily guessed is taken out.
MIN_UNGUESSED = 8
OWN_NAME = "codeplatform"
# Keys and characters that lie in a row; so many of them and more count as one.
SHORTEST_RUN = 3
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm")
# Long ones that everybody knows; the common list of Django has hardly any of 15 characters.
_FAMOUS_TEXT = """
correcthorsebatterystaple correcthorsebattery tobeornottobe tobeornottobethatisthequestion
thequickbrownfox thequickbrownfoxjumpsoverthelazydog maytheforcebewithyou loremipsumdolor
loremipsumdolorsitamet onceuponatime iloveyousomuch iloveyouforever letmeinplease helloworldhello
thisismypassword thisisapassword mypasswordis mysecretpassword supersecretpassword passwordispassword
ihatepasswords idontknowmypassword iforgotmypassword twinkletwinklelittlestar happybirthdaytoyou
"""
FAMOUS = frozenset(_FAMOUS_TEXT.split())


class SchoolPasswordValidator:
    """The rule, for Django's settings. Each refusal says what to do."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError when the password does not do for the person."""
        if any(unicodedata.category(character) == "Cc" for character in password):
            raise ValidationError(_("Leave out characters that cannot be seen."), code="password_control")
        if len(password) < MIN_PASSWORD_CHARACTERS:
            raise ValidationError(
                _(
                    "Use at least %(min_password_characters)s characters: three or four words that do not "
                    "belong together are easy to remember."
                )
                % {"min_password_characters": MIN_PASSWORD_CHARACTERS},
                code="password_too_short",
            )
        if len(password) > MAX_PASSWORD_CHARACTERS:
            raise ValidationError(
                _("Use at most %(max_password_characters)s characters.")
                % {"max_password_characters": MAX_PASSWORD_CHARACTERS},
                code="password_too_long",
            )
        if _is_guessable(password, _words_about(user)):
            raise ValidationError(
                _(
                    "This is easily guessed: it is a name, a well-known password, or repeats itself. Take three or "
                    "four words that do not belong together."
                ),
                code="password_guessable",
            )

    def get_help_text(self) -> str:
        return (
            _("At least %(count)s characters, for example four words that do not belong together.")
            + " "
            + _("Spaces and any other characters are welcome; nothing else is asked for.")
        ) % {"count": MIN_PASSWORD_CHARACTERS}


def set_new_password(
    user: User, password: str, *, by: User | None, must_change: bool = False, request: HttpRequest | None = None
) -> None:
    """Give the account a password that was checked or generated, and take the brake off.

    All its sessions end. `by`: the person themselves, who looks after them, or None for a command; `must_change`: they
    choose one of their own at the next sign-in.
    """
    user.set_password(password)
    user.must_change_password = must_change
    user.save(update_fields=["password", "must_change_password"])
    brake.release(user, by=by, request=request)
    password_changed.send(User, user=user, by=by, request=request)


def _is_guessable(password: str, about: set[str]) -> bool:
    text = unicodedata.normalize("NFKC", password).casefold()
    if len(set(text)) < 5 or _is_famous(text):
        return True
    for word in sorted(about, key=len, reverse=True):
        text = text.replace(word, " ")
    rest = _without_rows(_unit(text))
    return len(_plain(rest)) < MIN_UNGUESSED or _is_famous(rest) or _is_famous(_unit(_plain(text)))


def _is_famous(text: str) -> bool:
    plain = _plain(text)
    return any(guess in FAMOUS or guess in _common_passwords() for guess in (text, plain, plain.strip("0123456789")))


def _unit(text: str) -> str:
    """What the text repeats, if it repeats something: `abcabcab` is three of `abc`."""
    for length in range(1, len(text) // 2 + 1):
        if all(text[at] == text[at - length] for at in range(length, len(text))):
            return text[:length]
    return text


def _without_rows(text: str) -> str:
    """With each run of one character, or of neighbours in a row in either direction, as its first one alone."""
    runs: list[str] = []
    step = ""
    for character in text:
        following = _step(runs[-1][-1], character) if runs else ""
        if following and (len(runs[-1]) == 1 or following == step):
            runs[-1] += character
        else:
            runs.append(character)
        step = following
    return "".join(run[0] if len(run) >= SHORTEST_RUN else run for run in runs)


def _step(first: str, second: str) -> str:
    """`same`, `up` or `down` where the two stand side by side in a row."""
    if first == second:
        return "same"
    for row in ROWS:
        if first + second in row:
            return "up"
        if second + first in row:
            return "down"
    return ""


def _plain(text: str) -> str:
    return "".join(character for character in text if character.isalnum() or unicodedata.category(character) == "So")


def _words_about(user: User | None) -> set[str]:
    texts = [OWN_NAME]
    if user is not None:
        texts += [user.short_name, user.display_name]
        if user.school is not None:
            texts += [user.school.name, user.school.slug]
    words = {word for text in texts for word in re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())}
    return {word for word in words if len(word) >= 3}


@lru_cache(maxsize=1)
def _common_passwords() -> Any:
    return CommonPasswordValidator().passwords
