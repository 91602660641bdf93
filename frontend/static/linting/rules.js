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
  F821: error(([name]) => `\`${name}\` has not been given a value: check the spelling, or set it above.`),
  F822: error(([name]) => `\`__all__\` names \`${name}\`, which does not exist in this file.`),
  F823: error(([name]) => `\`${name}\` is used here before this function gives it a value.`),
  F401: quiet(info(([name]) => `\`${lastPart(name)}\` is imported but not used.`, "Remove the import")),
  F402: warning(([name]) => `This loop reuses the name \`${name}\`, which was imported above: the import is lost.`),
  F811: warning(([name]) => `\`${name}\` is defined twice: the first one is never used.`),
  F841: quiet(info(([name]) => `\`${name}\` is set but never used.`)),
  F842: quiet(info(([name]) => `\`${name}\` has a type but never a value.`)),
  A001: warning(
    ([name]) => `\`${name}\` is already a function of Python: with this line it is lost. Take another name.`,
  ),
  A002: info(([name]) => `Inside this function the parameter \`${name}\` hides Python's own \`${name}\`.`),
  A004: warning(([name]) => `This import hides Python's own \`${name}\`.`),
  PLE0117: error(([name]) => `\`nonlocal ${name}\` finds no such variable in an outer function.`),
  PLE0118: error(([name]) => `\`${name}\` is used before the line \`global ${name}\`: move that line to the top.`),
  PLW0602: info(([name]) => `\`global ${name}\` is only needed where the function sets \`${name}\`.`),
  PLW0604: info("`global` does nothing outside a function."),
  PLW0127: warning(([name]) => `\`${name}\` is set to itself: this line changes nothing.`),
  PLW0128: warning(([name]) => `\`${name}\` is set twice in this line.`),
  PLW0406: warning("This file imports itself."),

  // Comparisons and conditions
  E711: warning("Compare with None by `is`: write `is None`, or `is not None`."),
  E712: info("A comparison with True or False is not needed: write the condition itself, or `not` and the condition."),
  F632: warning("`is` asks whether two names mean the same object. To compare values, write `==`.", "Write =="),
  B015: warning("This line compares and forgets the result. To store a value, write one `=`; to decide, write `if`."),
  PLR0124: warning(([name]) => `This compares \`${left(name)}\` with itself.`),
  PLR0133: info("Both sides are fixed values: the result is always the same."),
  SIM222: warning("This condition is always true. Write the comparison out on both sides of `or`: `x == 1 or x == 2`."),
  SIM223: warning("This condition is always false."),
  F634: error("This condition is a pair of values in brackets, which is always true."),
  F631: error("`assert` with brackets and a comma is always true: leave the brackets out."),
  PLW0129: warning("`assert` with nothing but a text is always true."),
  F633: error("`>>` does not belong after `print`: write `print(…)`."),

  // Lines without effect
  B018: warning("This line has no effect. To call a function, add brackets `()`; to keep a value, write `name = …`."),
  PLW0133: warning("This error is made but not raised: write `raise` before it.", "Add raise"),
  B002: error(([sign]) => `Python has no \`${sign}\`: write \`x ${sign[0]}= 1\`.`),
  B032: warning("This colon sets a type, not a value: to store a value, write `=`."),

  // Functions
  B006: warning("This default value is made once and shared by all calls. Use `None` and make it inside the function."),
  F706: error("`return` is only possible inside a function."),
  F704: error("`yield` and `await` are only possible inside a function."),
  PLE1142: error("`await` is only possible inside a function that begins with `async def`."),
  PLE0101: error("`__init__` cannot return a value."),
  PLE0100: error("`__init__` cannot contain `yield`."),
  N805: warning("The first parameter of a method is `self`."),
  B023: warning(([name]) => `The function is called later, when \`${name}\` holds the loop's last value.`),

  // Loops
  F701: error("`break` is only possible inside a loop."),
  F702: error("`continue` is only possible inside a loop."),
  PLW2901: warning(([, name]) => `The loop sets \`${name}\` by itself: what is set here is lost with the next turn.`),
  B020: error(([name]) => `The loop variable \`${name}\` has the name of what it loops over.`),
  PLW0120: info("This `else` belongs to the loop and always runs: the loop has no `break`."),
  B031: warning("A group can be gone through only once."),

  // Errors
  E722: warning("`except:` hides every error, your own typing mistakes too. Name the error: `except ValueError:`."),
  F707: error("`except:` without a name must come last."),
  F901: error("To say that something is still missing, raise `NotImplementedError`.", "Write NotImplementedError"),
  B012: warning("`return`, `break` or `continue` inside `finally` hides errors."),
  B014: info("The same kind of error stands here twice.", "Keep one"),
  B016: error("Only errors can be raised: write `raise ValueError(…)`."),
  B029: warning("`except ()` catches nothing."),
  B030: error("After `except` comes the name of an error."),
  PLE0704: error("`raise` alone is only possible inside `except`."),
  PLW0711: error("To catch several kinds of error, write them in brackets: `except (ValueError, KeyError):`."),

  // Texts and formats
  F541: info("This f-string has no `{…}` in it: the `f` is not needed.", "Remove the f"),
  W605: warning(
    ([sign]) => `\`${sign}\` has no meaning in a text: write \`\\${sign}\`, or put an \`r\` before the text.`,
  ),
  ISC001: warning("Two texts side by side become one. Is a comma missing between them?"),
  B005: warning("`strip` removes single characters, not a word. Use `removeprefix` or `removesuffix`."),
  PLE1310: warning(
    "`strip` removes single characters; one stands here twice. For a word, use `removeprefix` or `removesuffix`.",
  ),
  PLE1307: error("The kind of `%…` does not fit the value after it."),
  PLE1300: error("There is no such `%…` or `{:…}`."),
  F501: error("This `%…` in the text is not complete."),
  F502: error("The text has names in its `%(…)s`, so a dictionary must follow `%`."),
  F503: error("The text has no names in its `%s`, so a tuple must follow `%`, not a dictionary."),
  F504: warning((_, name) => `The text has no place for \`${name}\`.`),
  F505: error((_, name) => `There is no value for \`${name}\`.`),
  F506: error("A text has either `%s` or `%(name)s`, not both."),
  F507: error("The text has a different number of `%…` than there are values."),
  F508: error("`*` in `%…` needs a tuple after `%`."),
  F509: error("There is no such `%…`."),
  F521: error("The `{…}` in this text cannot be read: a bracket is missing, or it should be `{{`."),
  F522: warning((_, name) => `The text has no place for \`${name}\`.`),
  F523: warning("There are more values than places `{}` in the text."),
  F524: error("The text has a place `{…}` for which `format` gets no value."),
  F525: error("A text has either `{}` or `{0}`, not both."),

  // Collections, classes, numbers
  F601: warning(([key]) => `The key \`${key}\` stands twice in this dictionary: only the last value is kept.`),
  F602: warning(([key]) => `The key \`${key}\` stands twice in this dictionary: only the last value is kept.`),
  B033: info(([item]) => `\`${item}\` stands twice in this set: a set keeps one.`, "Remove one"),
  B035: warning("Every turn sets the same key: only the last value is kept."),
  F621: error("There are too many names to the left of `=`."),
  F622: error("Only one name to the left of `=` may have a `*`."),
  F404: error("`from __future__` must be the first line of the file."),
  E902: error("This file cannot be read as text."),
  NPY001: error(([name]) => `\`${name}\` no longer exists in numpy: use Python's own type.`, "Use Python's type"),
  NPY201: error((parts) => `\`${parts[0]}\` no longer exists in numpy${parts[1] ? `: use \`${parts[1]}\`` : ""}.`),
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
