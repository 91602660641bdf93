/** The page of a submission: comments open at their line, keys lead to the next student. */
import { wireLineComments } from "./line-comments.js";
import { wireStudentKeys } from "./student-keys.js";

const form = document.querySelector("#comment-form");
const home = document.querySelector("#comment-home");
if (form && home) wireLineComments({ form, home, tables: document.querySelectorAll(".code-lines[data-path]") });
const links = document.querySelectorAll(".class-order a[data-key]");
if (links.length) {
  wireStudentKeys({
    links: [...links],
    choice: document.querySelector("#student-keys"),
    shown: document.querySelectorAll(".class-order .key, .class-order .keys-choice"),
  });
}
