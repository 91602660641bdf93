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
  return `Python cannot read this: ${lowerFirst(message)}.`;
}

const SENTENCES = [
  [/^Expected `:`, found/, missingColon],
  [/^Expected `,`, found `[)\]}]`/, ({ found }) => `\`${found}\` closes a bracket that was opened as another kind.`],
  [/^Expected `,`, found newline/, "A closing bracket is missing before the end of this line."],
  [
    /^Expected `,`/,
    ({ found }) => `Before ${quoted(found)} something is missing: a comma, an operator or a closing bracket.`,
  ],
  [/^Expected `([)\]}])`/, ({ match }) => `A closing bracket \`${match[1]}\` is missing here.`],
  [
    /^Expected `\(`/,
    ({ found }) => `Python expects an opening bracket \`(\` here, not ${quoted(found)}. A name has no spaces.`,
  ],
  [/^Expected `except` or/, "After `try:` and its block must come `except:`."],
  [/^Expected `else`/, "`x if condition` also needs `else` and the other value."],
  [/^Expected `import`/, "After `from` and the module comes `import`: `from math import sqrt`."],
  [/^Expected newline/, ({ found }) => `${quoted(found)} belongs on a line of its own.`],
  [/end of file|unexpected EOF/, "The program ends in the middle of something: a closing bracket is missing."],
  [/missing closing quote|unterminated string/, "This text has no closing quotation mark."],
  [/^Expected an indented block after (.+)/, indentedBlock],
  [/^Unexpected indentation/, "This line is indented further than the one before, and nothing asks for it."],
  [
    /^unindent does not match/,
    "This line's indentation fits no line above: use the same number of spaces as its block.",
  ],
  [/^Simple statements must/, notExpected],
  [/^Invalid (annotated )?assignment target/, assignmentTarget],
  [/^Expected a statement/, statement],
  [/^Expected an expression/, expression],
  [/^Expected one or more symbol names/, "After `import` comes the name of what to import."],
  [/^Expected symbol after `as`/, "After `as` comes a name."],
  [
    /^Expected an identifier, but found a keyword `(\w+)`/,
    ({ match }) => `\`${match[1]}\` is one of Python's own words: it cannot stand here, nor be a name.`,
  ],
  [/^Expected an identifier/, ({ before, found }) => ownWord(before, found) ?? "A name is missing here."],
  [/^Got unexpected token ?(.*)/, unknownSign],
  [/^Duplicate parameter "(.+)"/, ({ match }) => `Two parameters have the name \`${match[1]}\`.`],
  [/^Parameter without a default/, "Parameters with a value of their own (`=`) come after those without."],
  [/^Positional argument cannot follow/, 'Arguments with a name (`end=""`) come after those without.'],
  [/^Invalid decimal integer/, "A number cannot begin with 0."],
  [/^f-string: /, "The `{…}` in this f-string is not complete."],
  [/^Delete statement/, "After `del` comes the name to delete."],
].map(([pattern, say]) => [pattern, typeof say === "string" ? () => say : say]);

function missingColon({ line, before, found }) {
  if (/[=!<>]$/.test(before) || /^=[<>]/.test(line.slice(before.length))) {
    return "Write the comparison as `>=` or `<=`, without a space.";
  }
  const opening = BLOCK_WORDS.exec(line)?.[1];
  if (found === "=" && opening) return "To compare two values, write `==`. One `=` stores a value.";
  if (!opening) return "Between a key and its value in a dictionary comes a colon `:`.";
  const isAtEnd = !found.trim();
  return isAtEnd
    ? `A line with \`${opening}\` ends in a colon \`:\`.`
    : `Before ${quoted(found)} a colon \`:\` is missing.`;
}

function indentedBlock({ match }) {
  const what = /`(\w+)`/.exec(match[1])?.[1] ?? (match[1].includes("class") ? "class" : "def");
  return `After the line with \`${what}\` comes a block: begin its lines with Tab.`;
}

function notExpected({ before, found }) {
  if (/\bprint\s*$/.test(before)) return "`print` needs brackets: `print(…)`.";
  if (/\d$/.test(before)) return "A name cannot begin with a digit.";
  return `Python does not expect ${quoted(found)} here. Is an operator, a comma or a quotation mark missing before it?`;
}

function assignmentTarget({ found }) {
  if (/^\w+-\w+$/.test(found)) return `A name cannot contain \`-\`: write \`${found.replaceAll("-", "_")}\`.`;
  return "To the left of `=` stands the name that gets the value. To compare, write `==`.";
}

function statement({ before, found }) {
  if (CONTINUING_WORDS.test(found)) {
    const opening = found === "case" ? "match" : found === "elif" || found === "else" ? "if" : "try";
    return `This \`${found}\` belongs to no \`${opening}\`: they must begin at the same indentation.`;
  }
  if (/^[)\]}]/.test(found)) return `There is a \`${found[0]}\` too many.`;
  return ownWord(before, found) ?? "Python cannot read this line.";
}

function expression({ before, found }) {
  const double = /(\+\+|--)$/.exec(before.trimEnd());
  if (double) return `Python has no \`${double[1]}\`: write \`x ${double[1][0]}= 1\`.`;
  return ownWord(before, found) ?? "A value is missing here.";
}

// A word before `=`, where Python expected anything but a name: it is a keyword.
function ownWord(before, found) {
  const word = /^\s*(\w+)\s*$/.exec(before)?.[1];
  return word && found === "=" ? `\`${word}\` is one of Python's own words: it cannot be a name.` : null;
}

function unknownSign({ found }) {
  if (/^[“”„‘’«»]/.test(found)) return `Python reads only straight quotation marks \`"\`, not \`${found[0]}\`.`;
  return `Python does not know the sign ${quoted(found)}.`;
}

function quoted(found) {
  const first = found.split("\n")[0].trim();
  return first ? `\`${first}\`` : "the end of the line";
}

function lowerFirst(text) {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, "");
}
