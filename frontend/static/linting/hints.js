import { gettext, interpolate } from "../language/gettext.js";
import { ruleWords } from "./rules.js";
import { syntaxWords } from "./syntax-words.js";
import { undefinedName } from "./undefined-name.js";

const SYNTAX = "invalid-syntax";
const WEIGHT = { error: 0, warning: 1, info: 2 };

/**
 * What ruff found in `text`, as marks with our words: {from, to, severity, sentence, code, quiet, fix}, by place.
 *
 * Offsets count UTF-16 units. `fix` is null or {label, changes}, changes as CodeMirror's. While a file cannot be read,
 * only its first syntax error is told: the others follow from it.
 */
export function toHints(text, diagnostics) {
  const lines = new Lines(text);
  const syntax = diagnostics.find(({ code }) => code === SYNTAX || code === null);
  if (syntax) return [syntaxHint(syntax, text, lines)];
  const undefinedNames = new Set(diagnostics.filter(({ code }) => code === "F821").map((found) => lines.slice(found)));
  const hints = diagnostics.map((found) => ruleHint(found, text, lines, undefinedNames)).filter(Boolean);
  return withoutEchoes(hints).sort((one, other) => one.from - other.from);
}

function ruleHint(found, text, lines, undefinedNames) {
  const words = ruleWords(found.code, found.message);
  if (!words) return null;
  const { from, to } = lines.range(found);
  const { severity, sentence, quiet } = words;
  const hint = { from, to, severity, sentence, code: found.code, quiet, fix: null };
  if (found.code === "F821") return { ...hint, ...undefinedHint(hint, text, undefinedNames) };
  if (words.fix && found.fix) hint.fix = { label: words.fix, changes: lines.changes(found.fix.edits) };
  return hint;
}

function undefinedHint({ from, to }, text, undefinedNames) {
  const better = undefinedName(text.slice(from, to), text, undefinedNames);
  if (!better) return {};
  const { name, line, at } = better.insert;
  const changes = name ? [{ from, to, insert: name }] : [{ from: at, to: at, insert: `${line}\n` }];
  return { sentence: better.sentence, fix: { label: better.fix, changes } };
}

function syntaxHint(found, text, lines) {
  const { from, to } = lines.range(found);
  const opening = /EOF|end of file/.test(found.message) || isAtLineStart(text, from) ? openBracket(text, from) : null;
  if (opening !== null && /^Expected `[,)\]}]`|EOF/.test(found.message)) {
    const sentence = interpolate(gettext("This `%(bracket)s` is opened but never closed."), { bracket: text[opening] });
    return { from: opening, to: opening + 1, severity: "error", sentence, code: SYNTAX, quiet: false, fix: null };
  }
  const { start, line } = lines.at(from);
  const sentence = syntaxWords({
    message: found.message,
    line,
    column: from - start,
    found: text.slice(from, to),
  });
  return {
    ...visiblePlace(from, Math.min(to, start + line.length), start, line),
    severity: "error",
    sentence,
    code: SYNTAX,
    quiet: false,
    fix: null,
  };
}

// Spaces and the end of a line show no mark: the first word does for indentation, else what stands before.
function visiblePlace(from, to, start, line) {
  if (line.slice(from - start, to - start).trim()) return { from, to };
  if (from === start && line.trim()) {
    const indent = line.length - line.trimStart().length;
    return { from: start + indent, to: start + line.trimEnd().length };
  }
  return { from: Math.max(start, from - 1), to: from };
}

function isAtLineStart(text, at) {
  return /(?:^|\n)[ \t]*$/.test(text.slice(0, at));
}

/** Where the innermost bracket stands that is still open at `end`, or null. */
function openBracket(text, end) {
  const open = [];
  const token = /("""|''')[\s\S]*?(?:\1|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|#.*|[([{]|[)\]}]/g;
  for (let match = token.exec(text); match && match.index < end; match = token.exec(text)) {
    if ("([{".includes(match[0])) open.push(match.index);
    else if (")]}".includes(match[0])) open.pop();
  }
  return open.pop() ?? null;
}

// Two rules about one place are one mistake: the graver tells it.
function withoutEchoes(hints) {
  const byWeight = [...hints].sort((one, other) => WEIGHT[one.severity] - WEIGHT[other.severity]);
  const kept = [];
  for (const hint of byWeight) {
    const isEcho = kept.some(({ from, to }) => from === hint.from && to === hint.to);
    if (!isEcho) kept.push(hint);
  }
  // "No effect" is said only where nothing else is wrong with the line.
  return kept.filter(
    ({ code, from, to }) =>
      code !== "B018" || !kept.some((other) => other.code !== "B018" && other.from >= from && other.to <= to),
  );
}

class Lines {
  constructor(text) {
    this.text = text;
    this.starts = [0];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.starts.push(at + 1);
  }

  offset({ row, column }) {
    const start = this.starts[row - 1] ?? this.text.length;
    return Math.min(start + column - 1, this.text.length);
  }

  range({ start_location, end_location }) {
    return { from: this.offset(start_location), to: this.offset(end_location) };
  }

  slice(found) {
    const { from, to } = this.range(found);
    return this.text.slice(from, to);
  }

  at(offset) {
    const next = this.starts.findIndex((start) => start > offset);
    const start = this.starts.at(next < 0 ? -1 : next - 1);
    return { start, line: this.text.slice(start, next < 0 ? undefined : this.starts[next] - 1) };
  }

  changes(edits) {
    return edits.map(({ location, end_location, content }) => ({
      from: this.offset(location),
      to: this.offset(end_location),
      insert: content ?? "",
    }));
  }
}
