import { editorKeys, hintKeys, nameKeys } from "../editor/editor-keys.js";
import { wireAppearance } from "./appearance-menu.js";
import { followVisibleHeight } from "./on-screen-keyboard.js";
import { Presentation } from "./presentation.js";
import { Panels } from "./project-panels.js";
import { wireShortcuts } from "./project-shortcuts.js";

const byId = (id) => document.getElementById(id);
const PLACES = ["files", "code", "console"];

/**
 * Wires what surrounds the work: panels, the View menu, presentation and shortcuts. Returns the panels.
 *
 * `run()`, `stop()` and `save()` are what the shortcuts of these names do; `focusCode()` brings the cursor to the open file.
 */
export function wireLayout({ run, stop, save, focusCode }) {
  const panels = new Panels({
    panels: byId("main"),
    tabs: document.querySelectorAll("[data-panel]"),
    filesSplit: byId("files-split"),
    outputSplit: byId("output-split"),
    toggleFiles: byId("toggle-files"),
  });
  const presentation = new Presentation({
    smaller: byId("present-smaller"),
    larger: byId("present-larger"),
    end: byId("present-end"),
    onChange: () => panels.update(),
  });
  const menu = byId("view-menu");
  wireAppearance({ selects: document.querySelectorAll("[data-choice]"), menu, onChange: () => panels.update() });
  followVisibleHeight(window);

  const goTo = {
    files() {
      presentation.end();
      if (!panels.areFilesShown) panels.setFilesShown(true);
      panels.show("files");
      const list = byId("file-list");
      (list.querySelector("[aria-current]") ?? list.querySelector("button"))?.focus();
    },
    code() {
      panels.show("code");
      focusCode();
    },
    console() {
      panels.show("output");
      byId("console").focus();
    },
    input() {
      panels.show("output");
      const field = byId("program-input");
      (field.disabled ? byId("console") : field).focus();
    },
  };

  function goToNeighbour(step) {
    const places = PLACES.filter((place) => place !== "files" || (panels.areFilesShown && !presentation.isOn));
    const at = places.indexOf(panels.focused === "output" ? "console" : panels.focused);
    const first = step > 0 ? 0 : places.length - 1;
    goTo[places[at === -1 ? first : (at + step + places.length) % places.length]]();
  }

  const dialog = byId("shortcuts");
  const present = () => {
    menu.open = false;
    presentation.toggle();
    if (presentation.isOn) goTo.code();
  };
  const showShortcuts = () => {
    menu.open = false;
    dialog.showModal();
  };
  byId("present").addEventListener("click", present);
  byId("show-shortcuts").addEventListener("click", showShortcuts);
  wireShortcuts({
    actions: {
      run,
      stop,
      save,
      ...goTo,
      nextPanel: () => goToNeighbour(1),
      previousPanel: () => goToNeighbour(-1),
      present,
      shortcuts: showShortcuts,
      format: () => byId("format")?.click(),
      hints: () => byId("show-hints").click(),
    },
    editorKeys: [...editorKeys, ...Object.values(hintKeys), ...Object.values(nameKeys)],
    dialog,
    list: byId("shortcut-list"),
    buttons: document.querySelectorAll("[data-shortcut]"),
  });
  return panels;
}
