import { completionList } from "./completion-list.js";
import { documentationPanel } from "./documentation-panel.js";
import { EditorNames } from "./editor-names.js";

/** Completion while typing, documentation by mouse and F1; whoever only reads gets the documentation alone. */
export function startNames({ config, project }) {
  const names = new EditorNames({ config, project });
  const { editor, editable } = project;
  editor.extend([editable ? completionList(names) : [], documentationPanel(names, { editable })]);
}
