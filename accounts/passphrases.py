"""Pass-phrases that a child can read, remember and type: four words, joined by hyphens.

The words are our own list, words.txt: everyday words of 3 to 8 letters, none that sounds like another, no two that are
one slip of a key apart, none that is rude alone or beside another. With 2,392 of them a phrase has four times
log2(2392), that is 44.9 bits: at the hundred wrong tries that the brake on sign-in allows, one chance in 300 thousand
million. Four words of three letters and three hyphens are fifteen characters, the least that NIST SP 800-63B-4
(section 3.1.1.2) asks of a password that stands alone.
"""

from __future__ import annotations

import secrets
from functools import lru_cache
from pathlib import Path

from django.utils.crypto import salted_hmac

WORD_COUNT = 4
_BYTES_PER_WORD = 8  # a remainder of 64 bits favours no word by more than one part in 10 to the 15


@lru_cache(maxsize=1)
def words() -> tuple[str, ...]:
    return tuple(Path(__file__).with_name("words.txt").read_text("ascii").split())


def new_pass_phrase() -> str:
    return "-".join(secrets.choice(words()) for _ in range(WORD_COUNT))


def new_seed() -> str:
    """What the pass-phrases of one batch are made from. Whoever forgets it has forgotten them."""
    return secrets.token_urlsafe(32)


def pass_phrase_from(seed: str, number: int) -> str:
    """The pass-phrase with this number in the batch, the same each time.

    So a batch is shown once without a single pass-phrase having been written down: the seed, which is useless without
    the server's SECRET_KEY, is kept until then.
    """
    digest = salted_hmac("accounts.passphrases", f"{seed}|{number}", algorithm="sha256").digest()
    parts = (digest[at : at + _BYTES_PER_WORD] for at in range(0, WORD_COUNT * _BYTES_PER_WORD, _BYTES_PER_WORD))
    return "-".join(words()[int.from_bytes(part) % len(words())] for part in parts)
