/** Check a URL: the visitor’s own browser asks the address from where programs ask, and the page says what came of it. */
import { copyText, showFor } from "../console/copying.js";
import { gettext, interpolate } from "../language/gettext.js";
import { AddressCheck, outcomeOf, readAddress, twoLines } from "../runner/address-check.js";
import { brokenWords, inWords } from "./cors-words.js";

const form = document.getElementById("address-form");
const field = document.getElementById("address");
const button = form.querySelector("button");
const status = document.getElementById("address-status");
const result = document.getElementById("address-result");
const copy = document.getElementById("copy-lines");
const part = (name) => result.querySelector(`[data-part="${name}"]`);
const check = new AddressCheck({ frame: document.getElementById("sandbox"), url: form.dataset.frame });

document.getElementById("address-needs").hidden = true;
form.hidden = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!form.hasAttribute("aria-busy")) run(field.value);
});
copy.addEventListener("click", async () => {
  const isCopied = await copyText(part("lines").textContent);
  showFor(copy, isCopied ? gettext("Copied") : gettext("Could not copy"));
});

async function run(text) {
  const address = readAddress(text, location);
  if (!address.url) {
    show(address.outcome, address);
    return;
  }
  setBusy(true, interpolate(gettext("Your browser asks %(host)s …"), { host: address.host }));
  try {
    const tried = await check.ask(address.url);
    show(outcomeOf(tried), { ...address, ...tried });
  } catch {
    result.hidden = true;
    say(brokenWords(), { isSeen: true });
  } finally {
    setBusy(false);
  }
}

function show(outcome, facts) {
  const { sign, title, sentences } = inWords(outcome, facts);
  result.dataset.outcome = outcome;
  result.dataset.sign = sign;
  part("sign").textContent = { good: "✓", partly: "◐", bad: "✕" }[sign];
  part("title").textContent = title;
  part("sentences").replaceChildren(...sentences.map(paragraph));
  const isGood = sign === "good";
  part("code").hidden = !isGood;
  part("lines").textContent = isGood ? twoLines(facts.url, facts.contentType) : "";
  result.hidden = false;
  // What is read aloud: the verdict, and what it means.
  say(`${title}. ${sentences.join(" ")}`);
}

function paragraph(text) {
  const element = document.createElement("p");
  element.textContent = text;
  return element;
}

function setBusy(isBusy, words) {
  form.toggleAttribute("aria-busy", isBusy);
  button.disabled = isBusy;
  if (!isBusy) return;
  result.hidden = true;
  say(words, { isSeen: true });
}

function say(words, { isSeen = false } = {}) {
  status.textContent = words;
  status.classList.toggle("visually-hidden", !isSeen);
}
