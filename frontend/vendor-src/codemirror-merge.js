// Comparing two texts: loaded by the pages that show a difference, never before Run.

export { MergeView, unifiedMergeView } from "@codemirror/merge";
