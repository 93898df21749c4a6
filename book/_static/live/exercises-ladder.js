/** The ladder of hints: the folds of the page, opened one at a time, and the solution after an attempt. */
import { element, elements } from "./markup.js";

/** The words of `jaclib.exercises.solution` before an attempt. */
export const TRY_FIRST =
  "You have not tried this one yet. One attempt, even a wrong one, makes the solution worth twice as much: " +
  "the answer is checked for the usual slips. To read it anyway, ask once more.";

export class Ladder {
  #folds;
  #solution;
  #own; // the texts of the page, while those of a variant stand in their place
  #reached = 0;
  #asked = false;

  /**
   * @param {HTMLElement} help the row of folds
   * @param {{say: (text: string) => void, record: (event: object) => void, tried: () => boolean}} page
   */
  constructor(help, page) {
    this.page = page;
    const folds = [...help.querySelectorAll("details")];
    this.#solution = folds.pop();
    this.#folds = folds;
    this.#own = new Map([...folds, this.#solution].map((fold) => [fold, [...content(fold).childNodes]]));
    folds.forEach((fold, i) => summary(fold).addEventListener("click", (event) => this.#hint(event, fold, i + 1)));
    summary(this.#solution).addEventListener("click", (event) => this.#worked(event));
  }

  get count() {
    return this.#folds.length;
  }

  /** The number of the hint to open next, or null after the last. */
  get next() {
    return this.#reached < this.count ? this.#reached + 1 : null;
  }

  /** Say which hints were seen before, and whether the solution was asked for. */
  set seen({ hints, asked }) {
    this.#reached = Math.max(0, ...hints);
    this.#asked = asked;
    this.refresh();
  }

  /** Show what can be opened now. */
  refresh() {
    this.#folds.forEach((fold, i) => lock(fold, i > this.#reached));
    lock(this.#solution, !this.#readable);
  }

  get #readable() {
    return this.#asked || this.page.tried();
  }

  /** Open the next hint, or the solution after the last, and go there. */
  openNext() {
    const fold = this.#folds[this.#reached] ?? this.#solution;
    summary(fold).focus();
    if (!fold.open) summary(fold).click();
  }

  #hint(event, fold, number) {
    if (number > this.#reached + 1) {
      event.preventDefault();
      this.page.say(`One at a time: hint ${this.#reached + 1} comes first.`);
    } else if (!fold.open && number > this.#reached) {
      this.#reached = number;
      this.page.record({ event: "hint", number });
      this.page.say(`Hint ${number} of ${this.count} is open.`);
      this.refresh();
    }
  }

  #worked(event) {
    if (this.#solution.open) return;
    if (this.#readable) {
      this.page.record({ event: "solution" });
      return;
    }
    event.preventDefault();
    this.#asked = true;
    this.page.record({ event: "asked" });
    this.page.say(TRY_FIRST);
    this.refresh();
  }

  /** Put the texts of a variant in place of the page's; without them the page's own come back. */
  show(task = null) {
    const texts = task && [...task.hints, task.solution];
    [...this.#folds, this.#solution].forEach((fold, i) => {
      fold.open = false;
      content(fold).replaceChildren(...(texts ? elements(texts[i]) : this.#own.get(fold)));
    });
  }
}

const summary = (fold) => fold.querySelector("summary");
const content = (fold) => fold.querySelector(".sd-summary-content") ?? fold.appendChild(element("div"));

function lock(fold, locked) {
  if (locked) summary(fold).setAttribute("aria-disabled", "true");
  else summary(fold).removeAttribute("aria-disabled");
}
