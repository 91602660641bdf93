import { gettext, interpolate } from "../language/gettext.js";

/**
 * The rules of ruff that find a beginner's mistakes, each with a sentence of our own; style is left out.
 *
 * Source of the codes: docs.astral.sh/ruff/rules (0.16.9). `say(parts, rest)` gets what ruff's message names in backticks,
 * and what follows its colon.
 * `fix` names the button where ruff's change is safe: it never alters what a right program does. A `quiet` rule is
 * about what is unfinished as often as wrong: it keeps silent while the cursor is on its line.
 */
const error = (say, fix) => ({ severity: "error", say: asFunction(say), fix });
const warning = (say, fix) => ({ severity: "warning", say: asFunction(say), fix });
const info = (say, fix) => ({ severity: "info", say: asFunction(say), fix });
const quiet = (rule) => ({ ...rule, quiet: true });

const RULES = {
  // Names
  F821: error(([name]) =>
    interpolate(gettext("`%(name)s` has not been given a value: check the spelling, or set it above."), { name }),
  ),
  F822: error(([name]) =>
    interpolate(gettext("`__all__` names `%(name)s`, which does not exist in this file."), { name }),
  ),
  F823: error(([name]) =>
    interpolate(gettext("`%(name)s` is used here before this function gives it a value."), { name }),
  ),
  F401: quiet(
    info(
      ([name]) => interpolate(gettext("`%(name)s` is imported but not used."), { name: lastPart(name) }),
      gettext("Remove the import"),
    ),
  ),
  F402: warning(([name]) =>
    interpolate(gettext("This loop reuses the name `%(name)s`, which was imported above: the import is lost."), {
      name,
    }),
  ),
  F811: warning(([name]) =>
    interpolate(gettext("`%(name)s` is defined twice: the first one is never used."), { name }),
  ),
  F841: quiet(info(([name]) => interpolate(gettext("`%(name)s` is set but never used."), { name }))),
  F842: quiet(info(([name]) => interpolate(gettext("`%(name)s` has a type but never a value."), { name }))),
  A001: warning(([name]) =>
    interpolate(gettext("`%(name)s` is already a function of Python: with this line it is lost. Take another name."), {
      name,
    }),
  ),
  A002: info(([name]) =>
    interpolate(gettext("Inside this function the parameter `%(name)s` hides Python's own `%(name)s`."), { name }),
  ),
  A004: warning(([name]) => interpolate(gettext("This import hides Python's own `%(name)s`."), { name })),
  PLE0117: error(([name]) =>
    interpolate(gettext("`nonlocal %(name)s` finds no such variable in an outer function."), { name }),
  ),
  PLE0118: error(([name]) =>
    interpolate(gettext("`%(name)s` is used before the line `global %(name)s`: move that line to the top."), { name }),
  ),
  PLW0602: info(([name]) =>
    interpolate(gettext("`global %(name)s` is only needed where the function sets `%(name)s`."), { name }),
  ),
  PLW0604: info(gettext("`global` does nothing outside a function.")),
  PLW0127: warning(([name]) =>
    interpolate(gettext("`%(name)s` is set to itself: this line changes nothing."), { name }),
  ),
  PLW0128: warning(([name]) => interpolate(gettext("`%(name)s` is set twice in this line."), { name })),
  PLW0406: warning(gettext("This file imports itself.")),

  // Comparisons and conditions
  E711: warning(gettext("Compare with None by `is`: write `is None`, or `is not None`.")),
  E712: info(
    gettext("A comparison with True or False is not needed: write the condition itself, or `not` and the condition."),
  ),
  F632: warning(
    gettext("`is` asks whether two names mean the same object. To compare values, write `==`."),
    gettext("Write =="),
  ),
  B015: warning(
    gettext("This line compares and forgets the result. To store a value, write one `=`; to decide, write `if`."),
  ),
  PLR0124: warning(([name]) => interpolate(gettext("This compares `%(name)s` with itself."), { name: left(name) })),
  PLR0133: info(gettext("Both sides are fixed values: the result is always the same.")),
  SIM222: warning(
    gettext("This condition is always true. Write the comparison out on both sides of `or`: `x == 1 or x == 2`."),
  ),
  SIM223: warning(gettext("This condition is always false.")),
  F634: error(gettext("This condition is a pair of values in brackets, which is always true.")),
  F631: error(gettext("`assert` with brackets and a comma is always true: leave the brackets out.")),
  PLW0129: warning(gettext("`assert` with nothing but a text is always true.")),
  F633: error(gettext("`>>` does not belong after `print`: write `print(…)`.")),

  // Lines without effect
  B018: warning(
    gettext("This line has no effect. To call a function, add brackets `()`; to keep a value, write `name = …`."),
  ),
  PLW0133: warning(gettext("This error is made but not raised: write `raise` before it."), gettext("Add raise")),
  B002: error(([sign]) =>
    interpolate(gettext("Python has no `%(sign)s`: write `x %(first)s= 1`."), { sign, first: sign[0] }),
  ),
  B032: warning(gettext("This colon sets a type, not a value: to store a value, write `=`.")),

  // Functions
  B006: warning(
    gettext("This default value is made once and shared by all calls. Use `None` and make it inside the function."),
  ),
  F706: error(gettext("`return` is only possible inside a function.")),
  F704: error(gettext("`yield` and `await` are only possible inside a function.")),
  PLE1142: error(gettext("`await` is only possible inside a function that begins with `async def`.")),
  PLE0101: error(gettext("`__init__` cannot return a value.")),
  PLE0100: error(gettext("`__init__` cannot contain `yield`.")),
  N805: warning(gettext("The first parameter of a method is `self`.")),
  B023: warning(([name]) =>
    interpolate(gettext("The function is called later, when `%(name)s` holds the loop's last value."), { name }),
  ),

  // Loops
  F701: error(gettext("`break` is only possible inside a loop.")),
  F702: error(gettext("`continue` is only possible inside a loop.")),
  PLW2901: warning(([, name]) =>
    interpolate(gettext("The loop sets `%(name)s` by itself: what is set here is lost with the next turn."), { name }),
  ),
  B020: error(([name]) =>
    interpolate(gettext("The loop variable `%(name)s` has the name of what it loops over."), { name }),
  ),
  PLW0120: info(gettext("This `else` belongs to the loop and always runs: the loop has no `break`.")),
  B031: warning(gettext("A group can be gone through only once.")),

  // Errors
  E722: warning(
    gettext("`except:` hides every error, your own typing mistakes too. Name the error: `except ValueError:`."),
  ),
  F707: error(gettext("`except:` without a name must come last.")),
  F901: error(
    gettext("To say that something is still missing, raise `NotImplementedError`."),
    gettext("Write NotImplementedError"),
  ),
  B012: warning(gettext("`return`, `break` or `continue` inside `finally` hides errors.")),
  B014: info(gettext("The same kind of error stands here twice."), gettext("Keep one")),
  B016: error(gettext("Only errors can be raised: write `raise ValueError(…)`.")),
  B029: warning(gettext("`except ()` catches nothing.")),
  B030: error(gettext("After `except` comes the name of an error.")),
  PLE0704: error(gettext("`raise` alone is only possible inside `except`.")),
  PLW0711: error(gettext("To catch several kinds of error, write them in brackets: `except (ValueError, KeyError):`.")),

  // Texts and formats
  F541: info(gettext("This f-string has no `{…}` in it: the `f` is not needed."), gettext("Remove the f")),
  W605: warning(([sign]) =>
    interpolate(gettext("`%(sign)s` has no meaning in a text: write `\\%(sign)s`, or put an `r` before the text."), {
      sign,
    }),
  ),
  ISC001: warning(gettext("Two texts side by side become one. Is a comma missing between them?")),
  B005: warning(gettext("`strip` removes single characters, not a word. Use `removeprefix` or `removesuffix`.")),
  PLE1310: warning(
    gettext(
      "`strip` removes single characters; one stands here twice. For a word, use `removeprefix` or `removesuffix`.",
    ),
  ),
  PLE1307: error(gettext("The kind of `%…` does not fit the value after it.")),
  PLE1300: error(gettext("There is no such `%…` or `{:…}`.")),
  F501: error(gettext("This `%…` in the text is not complete.")),
  F502: error(gettext("The text has names in its `%(…)s`, so a dictionary must follow `%`.")),
  F503: error(gettext("The text has no names in its `%s`, so a tuple must follow `%`, not a dictionary.")),
  F504: warning((_, name) => interpolate(gettext("The text has no place for `%(name)s`."), { name })),
  F505: error((_, name) => interpolate(gettext("There is no value for `%(name)s`."), { name })),
  F506: error(gettext("A text has either `%s` or `%(name)s`, not both.")),
  F507: error(gettext("The text has a different number of `%…` than there are values.")),
  F508: error(gettext("`*` in `%…` needs a tuple after `%`.")),
  F509: error(gettext("There is no such `%…`.")),
  F521: error(gettext("The `{…}` in this text cannot be read: a bracket is missing, or it should be `{{`.")),
  F522: warning((_, name) => interpolate(gettext("The text has no place for `%(name)s`."), { name })),
  F523: warning(gettext("There are more values than places `{}` in the text.")),
  F524: error(gettext("The text has a place `{…}` for which `format` gets no value.")),
  F525: error(gettext("A text has either `{}` or `{0}`, not both.")),

  // Collections, classes, numbers
  F601: warning(([key]) =>
    interpolate(gettext("The key `%(key)s` stands twice in this dictionary: only the last value is kept."), { key }),
  ),
  F602: warning(([key]) =>
    interpolate(gettext("The key `%(key)s` stands twice in this dictionary: only the last value is kept."), { key }),
  ),
  B033: info(
    ([item]) => interpolate(gettext("`%(item)s` stands twice in this set: a set keeps one."), { item }),
    gettext("Remove one"),
  ),
  B035: warning(gettext("Every turn sets the same key: only the last value is kept.")),
  F621: error(gettext("There are too many names to the left of `=`.")),
  F622: error(gettext("Only one name to the left of `=` may have a `*`.")),
  F404: error(gettext("`from __future__` must be the first line of the file.")),
  E902: error(gettext("This file cannot be read as text.")),
  NPY001: error(
    ([name]) => interpolate(gettext("`%(name)s` no longer exists in numpy: use Python's own type."), { name }),
    gettext("Use Python's type"),
  ),
  NPY201: error((parts) =>
    parts[1]
      ? interpolate(gettext("`%(old)s` no longer exists in numpy: use `%(new)s`."), { old: parts[0], new: parts[1] })
      : interpolate(gettext("`%(old)s` no longer exists in numpy."), { old: parts[0] }),
  ),
};

export const RULE_CODES = Object.keys(RULES);

/** {severity, sentence, fix, quiet} for what ruff found by a rule of ours; null for any other. */
export function ruleWords(code, message) {
  const rule = RULES[code];
  if (!rule) return null;
  const parts = [...message.matchAll(/`([^`]+)`/g)].map(([, part]) => part);
  const rest = message.split(": ").pop();
  return {
    severity: rule.severity,
    sentence: rule.say(parts, rest),
    fix: rule.fix ?? null,
    quiet: Boolean(rule.quiet),
  };
}

function asFunction(say) {
  return typeof say === "string" ? () => say : say;
}

function lastPart(name) {
  return name.split(".").pop();
}

function left(comparison) {
  return comparison.split(/\s(?:[=!<>]=?|is|in|not)\s/)[0];
}
