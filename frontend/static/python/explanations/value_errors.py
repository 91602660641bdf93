"""Values of the right kind that still will not do."""

from __future__ import annotations

import ast
import re

from .failure import UNKNOWN, Failure, is_literal, length_of
from .origins import is_from_input
from .quoting import code, value

_BASES = {"2": "the digits 0 and 1", "8": "the digits 0 to 7", "16": "the digits 0 to 9 and the letters A to F"}


def no_whole_number(failure: Failure) -> str | None:
    found = re.fullmatch(r"invalid literal for int\(\) with base (\d+): (.*)", failure.message, re.DOTALL)
    if not found:
        return None
    text = _text_given(failure, found[2])
    if text is None:
        return None
    if found[1] != "10":
        allowed = _BASES.get(found[1], "the digits of that base")
        return f"In base {found[1]}, `int()` reads only {allowed}, and it was given {value(text)}."
    start = f"`int()` makes a whole number out of digits, and it was given {_what(text)}{_where_from(failure)}."
    return f"{start}{_how_to_read(text)}"


def no_number(failure: Failure) -> str | None:
    found = re.fullmatch(r"could not convert string to float: (.*)", failure.message, re.DOTALL)
    text = _text_given(failure, found[1]) if found else None
    if text is None:
        return None
    start = (
        f'`float()` makes a number out of text such as `"2.5"`, and it was given {_what(text)}{_where_from(failure)}.'
    )
    if re.fullmatch(r"\s*-?\d+,\d+\s*", text):
        return f"{start} Write a decimal point instead of a comma."
    return start


def unpacking(failure: Failure) -> str | None:
    found = re.fullmatch(
        r"(too many|not enough) values to unpack \(expected (?:at least )?(\d+)(?:, got (\d+))?\)", failure.message
    )
    if not found:
        return None
    target = failure.at(ast.Tuple) or failure.at(ast.List)
    statement = failure.parent_of(target) if target is not None else None
    got = (
        f"{found[3]} value{'' if found[3] == '1' else 's'}"
        if found[3]
        else f"{'more' if found[1] == 'too many' else 'fewer'}"
    )
    held, hint = "", ""
    if isinstance(statement, ast.Assign):
        known = failure.value_of(statement.value)
        held = "" if is_literal(statement.value) or not _agrees(known, found) else f": {value(known)}"
    if isinstance(statement, ast.For) and type(failure.value_of(statement.iter)) is dict:
        hint = f" To get keys and values, loop over {code(f'{failure.text_of(statement.iter)}.items()')}."
    return (
        f"The left of this line has {found[2]} names to fill, and the right gives {got}{held}. The two must "
        f"agree.{hint}"
    )


def not_in_list(failure: Failure) -> str | None:
    call = failure.at(ast.Call)
    if call is None or not isinstance(call.func, ast.Attribute) or not call.args:
        return None
    if not re.fullmatch(r".*(not in list|not in tuple|not in deque|substring not found)", failure.message, re.DOTALL):
        return None
    items, wanted = failure.value_of(call.func.value), failure.value_of(call.args[0])
    base = failure.shown(call.func.value)
    what = failure.shown(call.args[0]) if wanted is UNKNOWN else value(wanted)
    if isinstance(call.args[0], ast.Name) and wanted is not UNKNOWN:
        what = f"{value(wanted)} ({failure.shown(call.args[0])})"
    held = "" if items is UNKNOWN or is_literal(call.func.value) else f", which is {value(items)}"
    return (
        f"{code(f'.{call.func.attr}()')} looked for {what} in {base}{held}, and it is not there. Ask first with `in`."
    )


def outside_mathematics(failure: Failure) -> str | None:
    found = re.fullmatch(
        r"math domain error|expected a (nonnegative|positive|noninfinite|finite) input(?:, got (.+))?",
        failure.message,
    )
    call = failure.at(ast.Call)
    if not found or call is None or not isinstance(call.func, ast.Attribute | ast.Name):
        return None
    name = call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id
    rule = {
        "sqrt": "A negative number has no square root",
        "log": "Only numbers above 0 have a logarithm",
        "log10": "Only numbers above 0 have a logarithm",
    }.get(name)
    known = failure.value_of(call.args[0]) if len(call.args) == 1 else UNKNOWN
    if rule is None:
        return (
            f"{failure.shown(call.func)} has no answer for this "
            f"number{'' if known is UNKNOWN else f', {value(known)}'}."
        )
    if known is UNKNOWN:
        return f"{rule}{f', and {failure.shown(call.func)} was given {code(found[2])}' if found[2] else ''}."
    return (
        f"{rule}, and {failure.shown(call.args[0])} is {value(known)}." if not is_literal(call.args[0]) else f"{rule}."
    )


def empty(failure: Failure) -> str | None:
    found = re.fullmatch(r"(max|min)\(\) (?:iterable argument is empty|arg is an empty sequence)", failure.message)
    call = failure.at(ast.Call)
    if found and call is not None and call.args:
        return f"{code(f'{found[1]}()')} has nothing to choose from: {failure.shown(call.args[0])} is empty."
    return None


def empty_choice(failure: Failure) -> str | None:
    """`random.randint(10, 1)` and the like; the module raises them."""
    call = failure.at(ast.Call)
    if re.match(r"empty range (for|in) rand", failure.message) and call is not None:
        numbers = [failure.value_of(node) for node in call.args]
        if len(numbers) == 2 and all(type(number) is int for number in numbers) and numbers[0] > numbers[1]:
            return (
                f"The smaller number comes first: there is no number from {value(numbers[0])} to {value(numbers[1])}."
            )
        return "There is no number in that range to choose. The smaller number comes first."
    if failure.message == "Sample larger than population or is negative" and call is not None:
        return "`random.sample()` takes each item at most once, and was asked for more than there are."
    return None


def closed_file(failure: Failure) -> str | None:
    if not failure.message.startswith("I/O operation on closed file"):
        return None
    if not any(isinstance(node, ast.With) for node in failure.nodes):
        return "The file is closed already, so it can neither be read nor written. Use it before `.close()`."
    return (
        "The file is closed already. A file opened by `with` is closed at the end of that block: indent this line, to "
        "put it into the block."
    )


def ambiguous_truth(failure: Failure) -> str | None:
    if not failure.message.startswith(
        ("The truth value of a Series", "The truth value of an array", "The truth value of a DataFrame")
    ):
        return None
    return (
        "A whole column or array is many answers, not one, so `if`, `and`, `or` and `not` cannot use it. To combine "
        "conditions, write `(…) & (…)` or `(…) | (…)`; to ask about all of them, `.all()` or `.any()`."
    )


def unlike_shapes(failure: Failure) -> str | None:
    shapes = re.findall(r"\((\d+(?:, ?\d+)*,?)\)", failure.message)
    told = [code(f"({shape})") for shape in shapes]
    if failure.message.startswith("operands could not be broadcast together") and len(told) >= 2:
        return (
            f"NumPy works on two arrays item by item, so their shapes must agree, and these have shape {told[0]} and "
            f"{told[1]}."
        )
    if failure.message.startswith("x and y must have same first dimension") and len(told) >= 2:
        counts = [shape.split(",")[0] for shape in shapes[:2]]
        return (
            f"A plot needs as many x values as y values, and here there are {counts[0]} x values and {counts[1]} y "
            "values."
        )
    if failure.message == "x and y must be the same size":
        return "A scatter plot needs as many x values as y values, and here their numbers differ."
    if failure.message == "All arrays must be of the same length":
        return f"All columns of a table must have the same number of values{_column_lengths(failure)}."
    if "cannot reshape array of size" in failure.message and told:
        size = re.search(r"size (\d+)", failure.message)
        return f"An array of {size[1] if size else 'these'} items cannot fill the shape {told[0]} exactly."
    return None


def bad_format(failure: Failure) -> str | None:
    found = re.fullmatch(r"Unknown format code '(.)' for object of type '(\w+)'", failure.message)
    if found and found[2] == "str":
        return (
            f"The format {code(f':…{found[1]}')} is for numbers, and the value in the braces is a string. Turn it into "
            "a number first."
        )
    if failure.message == "invalid mode" or failure.message.startswith("invalid mode: "):
        return 'The second argument of `open()` says how: `"r"` to read, `"w"` to write anew, `"a"` to add at the end.'
    return None


RULES = (no_whole_number, no_number, unpacking, not_in_list, outside_mathematics, empty, closed_file, bad_format)
ANYWHERE = (empty_choice, ambiguous_truth, unlike_shapes)


def _text_given(failure: Failure, shown: str) -> str | None:
    """The text behind its `repr` in a message."""
    try:
        text = ast.literal_eval(shown[:2_000])
    except (SyntaxError, ValueError):
        return None
    return text if type(text) is str else None


def _what(text: str) -> str:
    return f"the text {value(text)}" if text.strip() else "an empty text" if not text else "only spaces"


def _where_from(failure: Failure) -> str:
    call = failure.at(ast.Call)
    argument = call.args[0] if call is not None and call.args else None
    if argument is None:
        return ""
    if is_from_input(failure, argument):
        return " by `input()`"
    return f" in {failure.shown(argument)}" if isinstance(argument, ast.Name | ast.Subscript | ast.Attribute) else ""


def _how_to_read(text: str) -> str:
    bare = text.strip()
    if re.fullmatch(r"-?\d*\.\d+|-?\d+\.\d*", bare):
        return " For a number with a decimal point, use `float()`."
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+", bare):
        return " Leave the commas out of the number."
    if re.fullmatch(r"-?\d+,\d+", bare):
        return " For a number with a fraction, use `float()` and a decimal point."
    return ""


def _agrees(known: object, found: re.Match[str]) -> bool:
    count = length_of(known)
    return count is not UNKNOWN and (str(count) == found[3] if found[3] else str(count) != found[2])


def _column_lengths(failure: Failure) -> str:
    call = failure.at(ast.Call)
    table = call.args[0] if call is not None and call.args else None
    columns = failure.value_of(table)
    lengths: dict[object, object] = {}
    if isinstance(table, ast.Dict):
        for key, item in zip(table.keys, table.values, strict=True):
            is_written = isinstance(item, ast.List | ast.Tuple)
            lengths[failure.value_of(key)] = len(item.elts) if is_written else length_of(failure.value_of(item))  # type: ignore[attr-defined]
    elif type(columns) is dict:
        lengths = {key: length_of(item) for key, item in columns.items()}
    if not lengths or len(lengths) > 6 or any(type(n) is not int or type(key) is not str for key, n in lengths.items()):
        return ""
    return ": " + ", ".join(f"{value(key)} has {number}" for key, number in lengths.items())
