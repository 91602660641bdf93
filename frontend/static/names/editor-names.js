import { ensureSyntaxTree, pythonLanguage, syntaxTree } from "../vendor/codemirror-help.js";
import { callAround, completionsAt } from "./completion.js";
import { documentationAt, documentationOf } from "./documentation.js";
import { Inference } from "./inference.js";
import { NameIndex } from "./name-index.js";
import { ProjectNames, Source } from "./project-names.js";

const PARSE_AT_MOST_MS = 50;
// Reading a larger file would be felt in typing.
const LONGEST_TEXT = 200_000;

/** What the names in the open file mean: the questions of the editor, answered from its text and the index. */
export class EditorNames {
  /**
   * `config` is the page's {names: {part: address}, installed: [module]}; `project` gives `editor`, `paths()` and
   * `read(path)`, a file's text or null.
   */
  constructor({ config, project }) {
    this.editor = project.editor;
    this.installed = config.installed;
    this.index = new NameIndex(config.names);
    this.project = new ProjectNames({
      read: project.read,
      paths: project.paths,
      parse: (text) => pythonLanguage.parser.parse(text),
    });
    this.inference = new Inference(this.index, this.project);
    this.known = null;
  }

  get isPython() {
    return this.editor.path?.endsWith(".py") ?? false;
  }

  /** Load what the index has on the file's imports. */
  async prepare(state) {
    const source = this.#source(state);
    if (source) await this.index.need(source.imports);
  }

  /** See `completionsAt`. */
  completions(state, at) {
    const source = this.#source(state);
    if (!source) return null;
    const { inference, index, project, installed } = this;
    return completionsAt({ source, at, inference, index, project, installed });
  }

  /** See `documentationAt`. */
  documentation(state, at) {
    const source = this.#source(state);
    return source && documentationAt({ source, at, inference: this.inference });
  }

  /** What is known of a completion's option, or null. */
  optionDocumentation({ label, thing, module }) {
    if (module) return documentationOf(this.inference.module(module) ?? { kind: "unknown" }, label);
    const found = typeof thing === "function" ? thing() : thing;
    return found ? documentationOf(found, label) : null;
  }

  /** The call whose brackets are around `at`: {documentation, argument, from}, or null. */
  call(state, at) {
    const source = this.#source(state);
    const call = source && callAround(source, at);
    const thing = call && this.inference.of(call.callee, source);
    const name = call && /\w*$/.exec(source.slice(call.callee))[0];
    const documentation = thing && name ? documentationOf(thing, name) : null;
    return documentation?.signature ? { documentation, argument: call.argument, from: call.node.from } : null;
  }

  #source(state) {
    if (!this.isPython || state.doc.length > LONGEST_TEXT) return null;
    if (this.known?.doc !== state.doc) {
      const tree = ensureSyntaxTree(state, state.doc.length, PARSE_AT_MOST_MS) ?? syntaxTree(state);
      this.known = { doc: state.doc, source: new Source(this.editor.path, state.doc.toString(), tree) };
    }
    return this.known.source;
  }
}
