import { gettext, interpolate } from "../language/gettext.js";

const BLOCK_WORDS = /^\s*(?:async\s+)?(if|elif|else|while|for|def|class|with|try|except|finally|match|case)\b/;
const CONTINUING_WORDS = /^(else|elif|except|finally|case)$/;

/**
 * A syntax error in plain words.
 *
 * `message` is ruff's own; `line` the text of the line and `column` the place in it, from 0; `found` the marked text.
 */
export function syntaxWords({ message, line, column, found }) {
  const before = line.slice(0, column);
  for (const [pattern, say] of SENTENCES) {
    const match = pattern.exec(message);
    if (match) return say({ match, line, before, found });
  }
  return interpolate(gettext("Python cannot read this: %(message)s."), { message: lowerFirst(message) });
}

const SENTENCES = [
  [/^Expected `:`, found/, missingColon],
  [
    /^Expected `,`, found `[)\]}]`/,
    ({ found }) => interpolate(gettext("`%(found)s` closes a bracket that was opened as another kind."), { found }),
  ],
  [/^Expected `,`, found newline/, gettext("A closing bracket is missing before the end of this line.")],
  [
    /^Expected `,`/,
    ({ found }) =>
      interpolate(gettext("Before %(found)s something is missing: a comma, an operator or a closing bracket."), {
        found: quoted(found),
      }),
  ],
  [
    /^Expected `([)\]}])`/,
    ({ match }) => interpolate(gettext("A closing bracket `%(match)s` is missing here."), { match: match[1] }),
  ],
  [
    /^Expected `\(`/,
    ({ found }) =>
      interpolate(gettext("Python expects an opening bracket `(` here, not %(found)s. A name has no spaces."), {
        found: quoted(found),
      }),
  ],
  [/^Expected `except` or/, gettext("After `try:` and its block must come `except:`.")],
  [/^Expected `else`/, gettext("`x if condition` also needs `else` and the other value.")],
  [/^Expected `import`/, gettext("After `from` and the module comes `import`: `from math import sqrt`.")],
  [
    /^Expected newline/,
    ({ found }) => interpolate(gettext("%(found)s belongs on a line of its own."), { found: quoted(found) }),
  ],
  [/end of file|unexpected EOF/, gettext("The program ends in the middle of something: a closing bracket is missing.")],
  [/missing closing quote|unterminated string/, gettext("This text has no closing quotation mark.")],
  [/^Expected an indented block after (.+)/, indentedBlock],
  [/^Unexpected indentation/, gettext("This line is indented further than the one before, and nothing asks for it.")],
  [
    /^unindent does not match/,
    gettext("This line's indentation fits no line above: use the same number of spaces as its block."),
  ],
  [/^Simple statements must/, notExpected],
  [/^Invalid (annotated )?assignment target/, assignmentTarget],
  [/^Expected a statement/, statement],
  [/^Expected an expression/, expression],
  [/^Expected one or more symbol names/, gettext("After `import` comes the name of what to import.")],
  [/^Expected symbol after `as`/, gettext("After `as` comes a name.")],
  [
    /^Expected an identifier, but found a keyword `(\w+)`/,
    ({ match }) =>
      interpolate(gettext("`%(match)s` is one of Python's own words: it cannot stand here, nor be a name."), {
        match: match[1],
      }),
  ],
  [/^Expected an identifier/, ({ before, found }) => ownWord(before, found) ?? gettext("A name is missing here.")],
  [/^Got unexpected token ?(.*)/, unknownSign],
  [
    /^Duplicate parameter "(.+)"/,
    ({ match }) => interpolate(gettext("Two parameters have the name `%(match)s`."), { match: match[1] }),
  ],
  [/^Parameter without a default/, gettext("Parameters with a value of their own (`=`) come after those without.")],
  [/^Positional argument cannot follow/, gettext('Arguments with a name (`end=""`) come after those without.')],
  [/^Invalid decimal integer/, gettext("A number cannot begin with 0.")],
  [/^f-string: /, gettext("The `{…}` in this f-string is not complete.")],
  [/^Delete statement/, gettext("After `del` comes the name to delete.")],
].map(([pattern, say]) => [pattern, typeof say === "string" ? () => say : say]);

function missingColon({ line, before, found }) {
  if (/[=!<>]$/.test(before) || /^=[<>]/.test(line.slice(before.length))) {
    return gettext("Write the comparison as `>=` or `<=`, without a space.");
  }
  const opening = BLOCK_WORDS.exec(line)?.[1];
  if (found === "=" && opening) return gettext("To compare two values, write `==`. One `=` stores a value.");
  if (!opening) return gettext("Between a key and its value in a dictionary comes a colon `:`.");
  const isAtEnd = !found.trim();
  return isAtEnd
    ? interpolate(gettext("A line with `%(opening)s` ends in a colon `:`."), { opening })
    : interpolate(gettext("Before %(found)s a colon `:` is missing."), { found: quoted(found) });
}

function indentedBlock({ match }) {
  const what = /`(\w+)`/.exec(match[1])?.[1] ?? (match[1].includes("class") ? "class" : "def");
  return interpolate(gettext("After the line with `%(what)s` comes a block: begin its lines with Tab."), { what });
}

function notExpected({ before, found }) {
  if (/\bprint\s*$/.test(before)) return gettext("`print` needs brackets: `print(…)`.");
  if (/\d$/.test(before)) return gettext("A name cannot begin with a digit.");
  return interpolate(
    gettext("Python does not expect %(found)s here. Is an operator, a comma or a quotation mark missing before it?"),
    { found: quoted(found) },
  );
}

function assignmentTarget({ found }) {
  if (/^\w+-\w+$/.test(found))
    return interpolate(gettext("A name cannot contain `-`: write `%(found)s`."), { found: found.replaceAll("-", "_") });
  return gettext("To the left of `=` stands the name that gets the value. To compare, write `==`.");
}

function statement({ before, found }) {
  if (CONTINUING_WORDS.test(found)) {
    const opening = found === "case" ? "match" : found === "elif" || found === "else" ? "if" : "try";
    return interpolate(
      gettext("This `%(found)s` belongs to no `%(opening)s`: they must begin at the same indentation."),
      { found, opening },
    );
  }
  if (/^[)\]}]/.test(found)) return interpolate(gettext("There is a `%(found)s` too many."), { found: found[0] });
  return ownWord(before, found) ?? gettext("Python cannot read this line.");
}

function expression({ before, found }) {
  const double = /(\+\+|--)$/.exec(before.trimEnd());
  if (double)
    return interpolate(gettext("Python has no `%(double)s`: write `x %(first)s= 1`."), {
      double: double[1],
      first: double[1][0],
    });
  return ownWord(before, found) ?? gettext("A value is missing here.");
}

// A word before `=`, where Python expected anything but a name: it is a keyword.
function ownWord(before, found) {
  const word = /^\s*(\w+)\s*$/.exec(before)?.[1];
  return word && found === "="
    ? interpolate(gettext("`%(word)s` is one of Python's own words: it cannot be a name."), { word })
    : null;
}

function unknownSign({ found }) {
  if (/^[“”„‘’«»]/.test(found))
    return interpolate(gettext('Python reads only straight quotation marks `"`, not `%(found)s`.'), {
      found: found[0],
    });
  return interpolate(gettext("Python does not know the sign %(found)s."), { found: quoted(found) });
}

function quoted(found) {
  const first = found.split("\n")[0].trim();
  return first ? `\`${first}\`` : gettext("the end of the line");
}

function lowerFirst(text) {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, "");
}
