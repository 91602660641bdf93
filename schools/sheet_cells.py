"""What may stand in the cells of a spreadsheet that is given out (promise 31)."""

from __future__ import annotations

import unicodedata

# A spreadsheet takes a cell that begins so for a formula, or (|, %) hands it to another program.
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA_STARTS = frozenset("=+-@|%\t\r\n")


def harmless(cell: object) -> str:
    """The cell as text that no spreadsheet takes for anything else."""
    if cell is None:
        return ""
    text = "".join(character if character.isprintable() else " " for character in str(cell))
    start = unicodedata.normalize("NFKC", str(cell).lstrip(" ")[:1])
    return f"'{text}" if start in FORMULA_STARTS and start else text
