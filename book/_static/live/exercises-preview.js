/** How an answer is read, typeset while it is typed; whether it is right is not said. */
import { formula } from "./markup.js";
import { runtime } from "./runtime.js";

const PAUSE = 150; // milliseconds without a key
const WITHOUT = new Set(["choice", "code"]);

export class Preview {
  #timer = null;
  #latest = 0;

  /**
   * @param {HTMLElement} root of the exercise
   * @param {(text: string) => Promise<object>} read `jaclib.page.exercises.preview`
   */
  constructor(root, read) {
    this.line = root.querySelector(".exercise-preview");
    this.below = root.querySelector(".exercise-below");
    this.read = read;
    this.shows = !WITHOUT.has(root.dataset.kind);
  }

  update(text) {
    clearTimeout(this.#timer);
    const number = ++this.#latest;
    if (!text.trim()) return this.#put();
    if (runtime.state === "off" || runtime.state === "failed") return this.#put("Python starts with the first check.");
    if (this.shows) this.#timer = setTimeout(() => this.#show(text, number), PAUSE);
  }

  async #show(text, number) {
    let found;
    try {
      found = await this.read(text);
    } catch {
      return; // Python was stopped; the next key asks again
    }
    if (number !== this.#latest) return;
    if (found.message) return this.#put("Not readable yet: ", found.message);
    this.#put("Read as ", formula(`\\displaystyle ${found.latex}`));
  }

  #put(...parts) {
    this.line.replaceChildren(...parts);
    this.line.hidden = parts.length === 0;
    this.below.toggleAttribute("data-previewed", parts.length > 0);
  }
}
