"""Errors of modules that lessons use: json, sqlite3, datetime."""

from __future__ import annotations

import re

from .did_you_mean import nearest
from .failure import Failure, own_attributes
from .quoting import code


def json_text(failure: Failure) -> str | None:
    error = own_attributes(failure.error)
    text, line, column = error.get("doc"), error.get("lineno"), error.get("colno")
    if type(text) is not str or type(line) is not int or type(column) is not int:
        return None
    if not text.strip():
        return "The text is empty, so there is no JSON in it to read."
    where = f"at character {column} of its line {line}"
    if "property name enclosed in double quotes" in failure.message:
        if text[error.get("pos", 0) :].startswith("'") or text[error.get("pos", 0) - 1 : error.get("pos", 0)] == "'":
            return f"The text is not JSON: {where} there is a single quote, and JSON has double quotes only."
        return (
            f"The text is not JSON: {where} a name in double quotes is missing. A comma after the last item may be the "
            "cause."
        )
    reason = code(failure.message.partition(":")[0])
    return f"The text is not JSON: Python could read it up to character {column} of its line {line} ({reason})."


def database(failure: Failure) -> str | None:
    message = failure.message
    found = re.fullmatch(r"no such table: (\S+)", message)
    if found:
        return (
            f"The database has no table {code(found[1])}. Check the spelling, and that `CREATE TABLE` has run in this "
            "database file."
        )
    found = re.fullmatch(r"no such column: (\S+)", message)
    if found:
        return (
            f"No table in this query has a column {code(found[1])}. If it is meant as text, put single quotes round "
            "it, or pass it as a `?` value."
        )
    found = re.fullmatch(r'near "(.*)": syntax error', message, re.DOTALL)
    if found:
        words = (
            "SELECT",
            "FROM",
            "WHERE",
            "INSERT",
            "INTO",
            "VALUES",
            "CREATE",
            "TABLE",
            "UPDATE",
            "DELETE",
            "ORDER",
            "GROUP",
        )
        meant = nearest(found[1], words)
        hint = (
            f" Did you mean {code(meant)}?"
            if meant and meant.lower() != found[1].lower()
            else " The slip is there or just before it."
        )
        return f"SQLite cannot read the query at {code(found[1])}.{hint}"
    if message == "incomplete input":
        return "The SQL query ends too early: a bracket or a quote in it is still open."
    found = re.fullmatch(r"table (\S+) already exists", message)
    if found:
        return (
            f"There is a table {code(found[1])} already. Write {code(f'CREATE TABLE IF NOT EXISTS {found[1]}')} to "
            "make it only once."
        )
    found = re.fullmatch(r"table (\S+) has (\d+) columns but (\d+) values were supplied", message)
    if found:
        return f"The table {code(found[1])} has {found[2]} columns, and this query gives it {found[3]} values."
    found = re.match(
        r"Incorrect number of bindings supplied\. The current statement uses (\d+), and there are (\d+) supplied",
        message,
    )
    if found:
        one = " One value in a tuple needs a comma after it: `(name,)`." if found[1] == "1" else ""
        return f"The query has {found[1]} `?` to fill, and was given {found[2]} values.{one}"
    found = re.fullmatch(r"UNIQUE constraint failed: (\S+)", message)
    if found:
        return f"There is a row with that value of {code(found[1])} already, and the table allows each value once."
    found = re.fullmatch(r"NOT NULL constraint failed: (\S+)", message)
    if found:
        return f"{code(found[1])} must have a value in each row, and this row has none."
    return None


def date_text(failure: Failure) -> str | None:
    found = re.fullmatch(r"time data (['\"].*['\"]) does not match format (['\"].*['\"])", failure.message, re.DOTALL)
    if found:
        return f"The text {code(found[1])} is not written as the format {code(found[2])} says."
    return None


RULES = (database,)
ANYWHERE = (json_text, date_text)
