const MAX_ANSWERS = 200;

/** The answers a person has given, to be given again. Kept no longer than the page, and sent nowhere. */
export class InputHistory {
  #answers = [];
  // From the newest: 0 is the line being typed.
  #back = 0;
  #draft = "";

  add(answer) {
    this.#back = 0;
    if (answer === "" || answer === this.#answers.at(-1)) return;
    this.#answers.push(answer);
    if (this.#answers.length > MAX_ANSWERS) this.#answers.shift();
  }

  /** The answer before the one in view; null when there is none. `typed` is what the line holds now. */
  older(typed) {
    if (this.#back === this.#answers.length) return null;
    if (this.#back === 0) this.#draft = typed;
    this.#back += 1;
    return this.#answers.at(-this.#back);
  }

  /** The answer after it, at last what was being typed; null when that is in view. */
  newer() {
    if (this.#back === 0) return null;
    this.#back -= 1;
    return this.#back === 0 ? this.#draft : this.#answers.at(-this.#back);
  }
}
