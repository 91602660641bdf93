const PAUSE_MS = 400;

/** Shows the statement as students will see it, a moment after each pause in typing. `button` is for who has no script. */
export function wirePreview({ form, field, preview, button }) {
  let timer;
  let asking = new AbortController();
  button.hidden = true;

  async function show() {
    asking.abort();
    asking = new AbortController();
    try {
      const { isFine, answer } = await form.ask("preview", { signal: asking.signal });
      // Made of the author's Markdown by the server, as on the page of the exercise.
      if (isFine) preview.innerHTML = answer.html;
    } catch {
      // The next pause asks again.
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, PAUSE_MS);
  });
  // What was typed before this was here, or came back with the page.
  if (field.value !== "") show();
  form.addEventListener("form:replaced", ({ detail: { section } }) => {
    // Pictures that the statement shows may have come or gone.
    if (section.id === "files") show();
  });
}
