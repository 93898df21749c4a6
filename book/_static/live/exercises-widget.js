/** One exercise in the page: its field, what comes of a check, its hints, and other values. */
import { makeField } from "./exercises-fields.js";
import { Ladder } from "./exercises-ladder.js";
import { Preview } from "./exercises-preview.js";
import { element, elements } from "./markup.js";
import { card } from "./exercises-verdict.js";
import { runtime } from "./runtime.js";
import { storage } from "./storage.js";

const MODULE = "jaclib.page.exercises";
const PATIENCE = 5000; // milliseconds until Stop is offered
const MARKS = [
  { applies: (done) => done.solved, state: "solved", sign: "✓", words: "Solved" },
  { applies: (done) => done.earlier, state: "earlier", sign: null, words: "Solved in an earlier version" },
  { applies: (done) => done.attempts, state: "tried", sign: "○", words: "Tried" },
];

/** What is known of an exercise, as a mark in words; null where nothing was done. */
export function markOf(done) {
  return MARKS.find(({ applies }) => applies(done)) ?? null;
}

export class Exercise {
  #variant = null;
  #running = false;
  #saved = ""; // the draft as this page last wrote or read it

  constructor(root) {
    this.root = root;
    ({ exercise: this.id, kind: this.kind, key: this.key } = root.dataset);
    this.task = before(root, ".exercise.admonition");
    this.parts = Object.fromEntries(
      ["news", "verdict", "mark", "below"].map((name) => [name, root.querySelector(`.exercise-${name}`)]),
    );
    this.buttons = Object.fromEntries([...root.querySelectorAll("[data-do]")].map((b) => [b.dataset.do, b]));
    this.field = makeField(root, { onInput: () => this.#typed(), onCheck: () => this.check() }, this.task);
    this.preview = new Preview(root, (text) => runtime.call(MODULE, "preview", this.id, text, this.#variant));
    this.ladder = new Ladder(root.nextElementSibling, {
      say: (text) => this.say(text),
      record: (event) => this.#record(event),
      tried: () => this.done.attempts > 0,
    });
    this.buttons.check.addEventListener("click", () => this.check());
    this.buttons.stop.addEventListener("click", () => runtime.stop());
    this.buttons.variant?.addEventListener("click", () => this.#otherValues());
    root.addEventListener("focusin", () => this.#come());
    storage.addEventListener("change", () => this.#refresh());
    this.ladder.seen = this.done;
    this.#takeDraft();
    this.#refresh();
  }

  get done() {
    return storage.of(this.id, this.key);
  }

  get #draft() {
    return this.#variant === null ? this.id : `${this.id}/${this.#variant}`;
  }

  say(text) {
    this.parts.news.textContent = text;
  }

  // --- what is kept ----------------------------------------------------------------------------------------------

  #record(event) {
    storage.add({ ...event, exercise: this.id, key: this.key, variant: this.#variant });
    const problem = storage.news();
    if (problem) this.parts.below.append(element("p", { class: "exercise-small" }, problem));
  }

  #takeDraft() {
    this.#saved = storage.draft(this.#draft) ?? "";
    if (this.#saved) this.field.value = this.#saved;
  }

  #typed() {
    this.#saved = this.field.value;
    storage.setDraft(this.#draft, this.#saved);
    this.field.invalid = false;
    this.root.querySelector(".exercise-card")?.setAttribute("data-stale", "");
    this.preview.update(this.field.value);
  }

  /** Another tab, an import or a reset may have changed what is known. */
  #refresh() {
    const draft = storage.draft(this.#draft) ?? "";
    const untouched = this.field.value === this.#saved && !this.root.contains(document.activeElement);
    if (draft !== this.#saved && draft && untouched) this.#takeDraft();
    const mark = markOf(this.done);
    this.parts.mark.dataset.state = mark?.state ?? "";
    this.parts.mark.textContent = [mark?.sign, mark?.words].filter(Boolean).join(" ");
    if (this.#variant === null) this.ladder.seen = this.done; // a hint may have been asked for in a cell
    else this.ladder.refresh();
  }

  // --- Python ----------------------------------------------------------------------------------------------------

  /** The reader has come to this exercise: make ready what can be without a large download that nobody asked for. */
  #come() {
    const wanted = storage.setting("python") === "used" && !navigator.connection?.saveData;
    if (runtime.state === "off" && wanted) runtime.start().catch(() => {});
    if (runtime.state === "ready") this.#prepare();
  }

  #prepare() {
    if (this.prepared === this.#draft) return;
    this.prepared = this.#draft;
    runtime.call(MODULE, "prepare", this.id, this.#variant).catch(() => (this.prepared = null));
    if (this.field.value) this.preview.update(this.field.value);
  }

  /** Ask Python; meanwhile the button says what happens, and Stop ends it. */
  async #ask(button, meanwhile, name, ...args) {
    this.#running = true;
    const { stop } = this.buttons;
    const label = button.textContent;
    button.setAttribute("aria-disabled", "true");
    button.textContent = meanwhile;
    this.root.setAttribute("aria-busy", "true");
    stop.hidden = this.kind !== "code";
    const patience = setTimeout(() => {
      stop.hidden = false;
      if (runtime.state === "busy") this.say("Python is still at work, perhaps on a cell of this page. Stop ends it.");
    }, PATIENCE);
    const loading = new Loading(this.parts.below, (text) => this.say(text));
    let failure = null;
    try {
      const answer = await runtime.call(MODULE, name, ...args);
      storage.setSetting("python", "used");
      return answer;
    } catch (error) {
      failure = error.message;
      return null;
    } finally {
      clearTimeout(patience);
      loading.end();
      if (failure) this.say(`${failure} Your answer is kept. To go on, check again: Python starts anew.`);
      if (document.activeElement === stop) button.focus();
      stop.hidden = true;
      button.textContent = label;
      button.removeAttribute("aria-disabled");
      this.root.removeAttribute("aria-busy");
      this.#running = false;
    }
  }

  async check() {
    if (this.#running) return;
    const answer = this.field.value;
    if (!answer.trim()) {
      this.say("There is no answer to check yet. Take your time; there are hints.");
      this.field.focus();
      return;
    }
    this.say("");
    if (runtime.state !== "ready") this.preview.update("");
    const variant = this.#variant;
    const verdict = await this.#ask(this.buttons.check, "Checking…", "check", this.id, answer, variant);
    if (!verdict || variant !== this.#variant) return;
    this.say("");
    if (verdict.status !== "unanswered") {
      this.#record({ event: "attempt", answer, status: verdict.status, misconception: verdict.misconception });
    }
    this.field.invalid = verdict.status === "unreadable";
    this.preview.update(verdict.status === "unreadable" ? "" : answer); // the verdict says what cannot be read
    if (verdict.position !== null) this.field.focus(verdict.position);
    this.parts.verdict.replaceChildren(card(verdict, this.kind, this.#actions()));
    this.ladder.refresh();
  }

  #actions() {
    const button = (text, act) => {
      const node = element("button", { type: "button", class: "live-link exercise-link" }, text);
      node.addEventListener("click", act);
      return node;
    };
    const { next, count } = this.ladder;
    return {
      hint: () => button(next ? `Hint ${next} of ${count}` : "the solution", () => this.ladder.openNext()),
      variant: () => button("new values", () => this.#otherValues()),
    };
  }

  // --- other values ----------------------------------------------------------------------------------------------

  /** The variant to show next: the last one while it is unsolved and has a draft, else a new one. */
  #nextVariant() {
    const last = Number(storage.setting(`variant/${this.id}`) ?? 0);
    const unfinished = last > 0 && last !== this.#variant && storage.draft(`${this.id}/${last}`);
    return unfinished && !this.done.variants.has(last) ? last : last + 1;
  }

  async #otherValues() {
    if (this.#running) return;
    const variant = this.#nextVariant();
    this.say("");
    const task = await this.#ask(this.buttons.variant, "Drawing…", "task", this.id, variant);
    if (!task) return;
    storage.setSetting(`variant/${this.id}`, `${variant}`);
    this.#show(variant, task);
  }

  #show(variant, task) {
    this.#variant = variant;
    const section = this.task.querySelector("section") ?? this.task;
    section.querySelector(".exercise-variant")?.remove();
    const own = [...section.children].slice(0, -1); // the last line names level and kind
    own.forEach((node) => (node.hidden = Boolean(task)));
    if (task) {
      const back = element("button", { type: "button", class: "live-link exercise-link" }, "Back to the first values");
      back.addEventListener("click", () => this.#show(null, null));
      const words = `Variant ${variant}: the same task with other values. `;
      const note = element("p", { class: "exercise-small" }, words, back);
      section.prepend(element("div", { class: "exercise-variant", tabindex: "-1" }, note, ...elements(task.prompt)));
    }
    this.ladder.show(task);
    this.ladder.seen = { hints: task ? [] : this.done.hints, asked: !task && this.done.asked };
    this.parts.verdict.replaceChildren();
    this.field.value = "";
    this.field.invalid = false;
    this.#takeDraft();
    this.preview.update(this.field.value);
    this.prepared = null;
    if (task) section.querySelector(".exercise-variant").focus({ preventScroll: false });
    else {
      this.say("");
      this.field.focus();
    }
  }
}

/** Return the nearest element before `node` that matches. */
function before(node, selector) {
  let found = node.previousElementSibling;
  while (found && !found.matches(selector)) found = found.previousElementSibling;
  return found;
}

/** Says that Python starts, once in words, and shows how much of it is there. */
class Loading {
  #node = null;

  constructor(place, say) {
    this.place = place;
    this.say = say;
    this.listen = ({ detail }) => this.#show(detail);
    runtime.addEventListener("state", this.listen);
    if (runtime.state === "off" || runtime.state === "failed" || runtime.state === "loading") this.#begin();
  }

  #begin() {
    if (this.#node) return;
    this.say("Python is starting in this page. That takes some seconds, once.");
    this.bar = element("progress", { max: "1", "aria-label": "Python is loading" });
    this.bytes = element("span");
    this.#node = element("p", { class: "exercise-loading exercise-small" }, this.bar, " ", this.bytes);
    this.place.append(this.#node);
  }

  #show({ loaded, total }) {
    if (!total) return;
    if (loaded < total) this.#begin();
    if (!this.#node) return;
    this.bar.value = loaded / total;
    const megabytes = (n) => (n / 1e6).toFixed(1);
    this.bytes.textContent = `${megabytes(loaded)} of ${megabytes(total)} MB${loaded < total ? "" : ", starting"}`;
  }

  end() {
    runtime.removeEventListener("state", this.listen);
    if (!this.#node) return;
    this.#node.remove();
    this.say("");
  }
}
