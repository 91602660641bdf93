// Comparing two texts: loaded by the pages that show a difference, never before Run.

export { getChunks, getOriginalDoc, MergeView, presentableDiff, unifiedMergeView } from "@codemirror/merge";
