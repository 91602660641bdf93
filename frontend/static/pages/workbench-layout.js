import { editorKeys, hintKeys, nameKeys } from "../editor/editor-keys.js";
import { wireAppearance } from "./appearance-menu.js";
import { followVisibleHeight } from "./on-screen-keyboard.js";
import { Presentation } from "./presentation.js";
import { Panels } from "./workbench-panels.js";
import { wireShortcuts } from "./workbench-shortcuts.js";

const byId = (id) => document.getElementById(id);

/**
 * Wires what surrounds the work: panels, the View menu, presentation and shortcuts. Returns the panels.
 *
 * `side` is what the side panel holds, "files" or "task"; `focusSide()` brings the keyboard there, `focusCode()` to the
 * open file. `actions` are what shortcuts of their names do: run, stop, save, and check where there is something to check.
 */
export function wireLayout({ side, focusSide, focusCode, actions }) {
  const places = [side, "code", "console"];
  const panels = new Panels({
    panels: byId("main"),
    tabs: document.querySelectorAll("[data-panel]"),
    side,
    sideSplit: byId(`${side}-split`),
    outputSplit: byId("output-split"),
    toggleSide: byId(`toggle-${side}`),
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
    [side]() {
      presentation.end();
      if (!panels.isSideShown) panels.setSideShown(true);
      panels.show(side);
      focusSide();
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
    const open = places.filter((place) => place !== side || (panels.isSideShown && !presentation.isOn));
    const at = open.indexOf(panels.focused === "output" ? "console" : panels.focused);
    const first = step > 0 ? 0 : open.length - 1;
    goTo[open[at === -1 ? first : (at + step + open.length) % open.length]]();
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
      ...actions,
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
