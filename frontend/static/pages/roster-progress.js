/** Goes on with a long list by itself, second by second; the Continue button of the page does the same by hand. */
const form = document.querySelector("#roster-progress");
const bar = form.querySelector("progress");
const done = form.querySelector("[data-done]");
const button = form.querySelector("button");

/** One step; whether there is more to do. */
async function step() {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new FormData(form),
    headers: { Accept: "application/json" },
  });
  if (!answer.ok) throw new Error(`step: ${answer.status}`);
  const news = await answer.json();
  bar.value = news.done;
  done.textContent = news.done;
  return news.state === "preparing";
}

button.hidden = true;
try {
  while (await step());
  location.reload();
} catch {
  // The network or the session is gone: the button tries again, and a page says what is the matter.
  button.hidden = false;
}
