export const byId = (id) => document.getElementById(id);

/** The elements of every page on which programs run: Run and Stop, the status of Python, and the Output panel. */
export function runElements() {
  return {
    run: byId("run"),
    stop: byId("stop"),
    runtimeStatus: byId("runtime-status"),
    runtimeProgress: byId("runtime-progress"),
    runtimeNotice: byId("runtime-notice"),
    outputPanel: byId("output-panel"),
    console: byId("console"),
    figureDialog: byId("figure-dialog"),
    inputForm: byId("input-form"),
    programInput: byId("program-input"),
    sendInput: byId("send-input"),
    endInput: byId("end-input"),
    prepared: byId("prepared"),
    preparedInput: byId("prepared-input"),
    preparedHint: byId("prepared-hint"),
    preparedUse: byId("prepared-use"),
    emptyPrepared: byId("empty-prepared"),
    copyOutput: byId("copy-output"),
    clearOutput: byId("clear-output"),
    downloadOutput: byId("download-output"),
  };
}

/** What a page with autosave has besides. */
export function savingElements() {
  return { saveStatus: byId("save-status"), saveNotice: byId("save-notice"), conflict: byId("conflict") };
}

/** What `wireHelp` needs of the page. */
export function helpElements() {
  return {
    config: byId("help-config"),
    format: byId("format"),
    showHints: byId("show-hints"),
    hintList: byId("hint-list"),
    message: byId("editor-message"),
  };
}
