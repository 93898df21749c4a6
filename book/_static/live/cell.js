/** One code cell of the page: its bar, its code as the book has it or as the reader has changed it, its outputs. */
import { say } from "./notice.js";
import { storage } from "./storage.js";

const ICONS = { run: "M4 2.5v11l9-5.5z", stop: "M3.5 3.5h9v9h-9z" };

const icon = (path) =>
  `<svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true"><path fill="currentColor" d="${path}"/></svg>`;

/** The buttons of a bar: name, text, what a screen reader adds, and what it does. */
const BUTTONS = [
  ["run", "Run", (n) => `Run cell ${n}`, "Shift Enter in the editor does the same"],
  ["stop", "Stop", (n) => `Stop cell ${n}`, "Ends Python at once; its variables are lost"],
  ["edit", "Edit", (n) => `Edit cell ${n}`, "Opens an editor in this place"],
  ["reset", "Reset", (n) => `Reset cell ${n}`, "Brings back the code and the output of the book"],
  ["undo", "Undo", (n) => `Undo the reset of cell ${n}`, "Brings back your code"],
  ["above", "Run all above", (n) => `Run all above cell ${n}, then cell ${n}`, "Runs the cells above in order, then this one"],
];

/** What a state means for the eye; a state that lasts is told by its text, too. */
const ACTIVE = new Set(["waiting", "running"]);

/** Short and stable, so that a draft is found again as long as the book's code is the same. */
function digest(text) {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ char.codePointAt(0), 0x01000193) >>> 0;
  return `${hash.toString(16)}-${text.length}`;
}

export class Cell {
  #editor = null;
  #opening = null;
  #undo = null; // what a reset has put away
  #bookOutputs;
  #mark = null;

  /**
   * @param {HTMLElement} root a `div.cell` of the page
   * @param {number} number as in the notebook, counted from 1
   * @param {{run: Function, stop: Function, above: Function}} actions each is given this cell
   */
  constructor(root, number, actions) {
    this.root = root;
    this.number = number;
    this.actions = actions;
    this.state = "idle";
    this.input = root.querySelector(":scope > .cell_input, :scope > details > .cell_input");
    this.static = this.input.querySelector("div.highlight");
    this.pre = this.static.querySelector("pre");
    this.bookNodes = [...this.pre.childNodes];
    this.bookCode = this.pre.textContent.replace(/\n$/, "");
    this.code = this.bookCode;
    this.key = `cell/${location.pathname.split("/").at(-1)}/${digest(this.bookCode)}`;
    root.id ||= `cell-${number}`;
    root.classList.add("live-cell");
    this.#makeBar();
    this.output = root.querySelector(":scope > .cell_output") ?? this.#makeOutput();
    this.#bookOutputs = [...this.output.childNodes];
    this.alts = [...this.output.querySelectorAll("img")].map((image) => image.alt);
    const draft = storage.draft(this.key);
    if (draft && draft !== this.bookCode) this.#showDraft(draft);
    this.#update();
  }

  get active() {
    return ACTIVE.has(this.state);
  }

  get edited() {
    return this.code !== this.bookCode;
  }

  get isLive() {
    return this.output.firstChild !== (this.#bookOutputs[0] ?? null) || this.state !== "idle";
  }

  // --- the bar ---------------------------------------------------------------------------------------------------

  #makeBar() {
    const bar = document.createElement("div");
    bar.className = "live-bar";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", `Cell ${this.number}`);
    this.buttons = {};
    for (const [name, text, label, title] of BUTTONS) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: `live-${name}`, title });
      button.setAttribute("aria-label", label(this.number));
      button.innerHTML = `${ICONS[name] ? icon(ICONS[name]) : ""}<span>${text}</span>`;
      button.addEventListener("click", () => this.#press(name));
      this.buttons[name] = button;
      bar.append(button);
    }
    this.status = Object.assign(document.createElement("span"), { className: "live-status" });
    const number = Object.assign(document.createElement("span"), { className: "live-number", textContent: `[${this.number}]` });
    number.setAttribute("aria-hidden", "true");
    bar.append(this.status, number);
    (this.input.closest("details") ?? this.input).after(bar);
    this.bar = bar;
  }

  #makeOutput() {
    const output = Object.assign(document.createElement("div"), { className: "cell_output docutils container", hidden: true });
    this.bar.after(output);
    return output;
  }

  #press(name) {
    const own = { edit: () => this.edit(), reset: () => this.reset(), undo: () => this.undoReset() };
    (own[name] ?? (() => this.actions[name](this)))();
  }

  /** Show and say how the cell stands. */
  set(state, text = "", spoken = text) {
    this.state = state;
    this.root.dataset.live = state;
    this.status.textContent = text;
    if (spoken) say(`Cell ${this.number}: ${spoken}`);
    this.#update();
  }

  /** Offer to run everything above: where something of it is missing. */
  offerAbove(offered) {
    this.offered = offered;
    this.#update();
  }

  #update() {
    const { run, stop, edit, reset, undo, above } = this.buttons;
    const focused = document.activeElement;
    run.hidden = this.state === "running";
    stop.hidden = !this.active;
    run.setAttribute("aria-disabled", String(this.state === "waiting")); // disabled, it would lose the focus
    edit.hidden = Boolean(this.#editor);
    reset.hidden = this.active || !(this.edited || this.isLive);
    undo.hidden = this.active || !this.#undo;
    above.hidden = this.active || !this.offered;
    this.root.classList.toggle("live-edited", this.edited);
    // A button that goes away must not take the reader's place on the page with it.
    if (focused?.hidden && this.bar.contains(focused)) (this.active ? stop : run).focus();
  }

  // --- the code --------------------------------------------------------------------------------------------------

  /** Open the editor in the place of the code. */
  async edit({ focus = true } = {}) {
    this.#opening ??= this.#open();
    await this.#opening;
    if (focus) this.#editor?.focus();
  }

  async #open() {
    const folded = this.input.closest("details");
    if (folded) folded.open = true;
    const host = Object.assign(document.createElement("div"), { className: "highlight live-editor" });
    try {
      const { makeEditor } = await import("./editor.js");
      this.#editor = await makeEditor({
        host,
        like: this.pre,
        text: this.code,
        label: `Code of cell ${this.number}`,
        onChange: (text) => this.#change(text),
        onRun: () => this.actions.run(this),
      });
    } catch {
      this.#opening = null;
      this.set(this.state, "The editor could not be loaded. Is this device online? Press Edit to try again.");
      return;
    }
    this.static.after(host);
    this.static.hidden = true;
    this.host = host;
    this.#unmark();
    this.#update();
  }

  #change(text) {
    this.code = text;
    storage.setDraft(this.key, this.edited ? text : "");
    if (this.#undo && this.edited) this.#undo = null;
    if (!this.active && this.state !== "idle") this.set("idle", "Changed since it ran", "");
    this.#update();
  }

  #showDraft(draft) {
    this.code = draft;
    this.pre.textContent = `${draft}\n`;
    this.status.textContent = "Your code, kept from before";
  }

  /** Bring the book's code and output back; undoReset() brings back what was there. */
  reset() {
    const hadEditor = Boolean(this.#editor);
    this.#undo = { code: this.code, outputs: [...this.output.childNodes], hadEditor };
    this.#closeEditor();
    this.code = this.bookCode;
    this.pre.replaceChildren(...this.bookNodes);
    storage.setDraft(this.key, "");
    this.output.replaceChildren(...this.#bookOutputs);
    this.output.hidden = this.#bookOutputs.length === 0;
    this.set("idle", "The book's code and output");
    this.buttons.undo.focus();
  }

  async undoReset() {
    const { code, outputs, hadEditor } = this.#undo;
    this.#undo = null;
    if (code !== this.bookCode) {
      this.#showDraft(code);
      storage.setDraft(this.key, code);
    }
    this.output.replaceChildren(...outputs);
    this.output.hidden = outputs.length === 0;
    this.set("idle", "Your code is back");
    if (hadEditor) await this.edit();
    else this.buttons.run.focus();
  }

  #closeEditor() {
    this.#unmark();
    this.#editor?.destroy();
    this.host?.remove();
    this.#editor = this.#opening = this.host = null;
    this.static.hidden = false;
  }

  // --- the outputs -----------------------------------------------------------------------------------------------

  /** The text for the figure with this index: the book's, which says so where the code is not the book's. */
  alt(index) {
    const book = this.alts[index];
    if (!book) return `A figure that cell ${this.number} has drawn; it has no description.`;
    return this.edited ? `Drawn by your code. The figure in the book: ${book}` : book;
  }

  /** Mark a line of the code, counted from 1, and bring it into view. */
  markLine(line) {
    this.#unmark();
    if (this.#editor) this.#editor.markLine(line);
    else {
      const style = getComputedStyle(this.pre);
      const height = parseFloat(style.lineHeight);
      this.#mark = Object.assign(document.createElement("div"), { className: "live-error-line" });
      this.#mark.style.cssText = `top: ${this.pre.offsetTop + parseFloat(style.paddingTop) + (line - 1) * height}px; height: ${height}px`;
      this.static.append(this.#mark);
    }
  }

  #unmark() {
    this.#mark?.remove();
    this.#mark = null;
    this.#editor?.markLine(null);
  }

  clearMark() {
    this.#unmark();
  }

  /** Take the reader to a line of this cell. */
  goTo(line) {
    this.markLine(line);
    this.root.scrollIntoView({ block: "nearest" });
    if (this.#editor) this.#editor.focus();
    else this.buttons.edit.focus();
  }
}
