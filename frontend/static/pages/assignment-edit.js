/** The form of an assignment. Without this the library is searched by its button; with it while one types. */

const search = document.querySelector("#search");
const topic = document.querySelector("#topic");
const topics = document.querySelectorAll(".library-topic");

// What the server has searched is not all that there is to search.
if (!search.value && !topic.value) {
  document.querySelector("#search-button").hidden = true;
  for (const field of [search, topic]) {
    field.removeAttribute("name");
    field.addEventListener("input", narrow);
  }
}

search.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !search.name) event.preventDefault();
});

function narrow() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const section of topics) {
    let shown = 0;
    for (const line of section.querySelectorAll("[data-words]")) {
      const text = line.dataset.words.toLowerCase();
      // What is ticked stays in sight: it will be set.
      const fits =
        (!topic.value || section.dataset.topic === topic.value) && words.every((word) => text.includes(word));
      line.hidden = !fits && !line.querySelector("input").checked;
      if (!line.hidden) shown += 1;
    }
    section.hidden = shown === 0;
    count += shown;
  }
  document.querySelector("#nothing-fits").hidden = count > 0;
}
