import { HighlightStyle, syntaxHighlighting, tags } from "../vendor/codemirror.js";

// Classes, so that the colours stand in the style sheet, light and dark.
export const highlighting = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.keyword, tags.operatorKeyword, tags.bool, tags.null, tags.self], class: "tok-keyword" },
    { tag: [tags.string, tags.special(tags.string)], class: "tok-string" },
    { tag: tags.number, class: "tok-number" },
    { tag: tags.comment, class: "tok-comment" },
    { tag: [tags.definition(tags.variableName), tags.function(tags.definition(tags.variableName))], class: "tok-name" },
    { tag: [tags.definition(tags.className), tags.className, tags.meta], class: "tok-name" },
  ]),
);
