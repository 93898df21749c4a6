/* What the interactive figures share: state, controls, readout; `board.js` has the drawing.

   A figure is one module of this folder, named as its entry in book/interactive/__init__.py, with

     export function compute(state) { return numbers; }       // pure; the tests compare it with jaclib
     export default {
       fields: {                                               // the degrees of freedom; the start values are the entry's
         x: { label: "<i>x</i>", name: "x", role: "input", min: -2, max: 2, step: 0.1, digits: 2 },
         f: { name: "function", choices: { line: "the error of a line", … } },
       },
       compute,
       setup(kit) { … },                                       // builds boards and controls once
     };

   `min`, `max` and `name` may be functions of the state. `step` is that of an arrow key (with Shift a tenth of it), `digits` is what a
   drag is rounded to, so that the numbers shown are exactly those used. `role` is "input", "output" or "derivative" and sets the
   course's colour. In `setup`:

     const board = kit.board({ box: [left, top, right, bottom], label: "…", axes: ["x", "y"] });   // see board.js
     kit.number("x"); kit.range("x"); kit.select("f"); kit.button("…", () => kit.set({ … }));       // controls, in this order
     kit.wide();                                                // boards over the whole width, controls and readout below
     kit.readout([{ label: "<i>f</i>", role: "output", value: (numbers, state) => "…" }, …]);       // what is read with the eyes
     kit.say((numbers, state) => "…");                                                              // … and by a screen reader
     kit.onDraw((numbers, state) => { … });                     // called after each change, before the board is drawn

   State changes only through `kit.set({x: 1})`, whatever the source: it rounds, keeps to the limits, and redraws. */

import { Board } from "./board.js";
import { element, show } from "./words.js";

export { matrix, scientific, show, vector } from "./words.js";

const QUIET = 500; // ms without a change before a screen reader is told: a drag must not be read out move by move

export class Kit {
  constructor(stage, figure, start) {
    this.stage = stage;
    this.figure = figure;
    this.start = start;
    this.state = { ...start };
    this.numbers = figure.compute(this.state);
    this.boards = [];
    this.followers = []; // functions of (numbers, state) called after each change
    this.id = stage.id;

    this.live = element("div", { class: "interactive-live" });
    this.boardsPlace = element("div", { class: "interactive-boards" });
    this.controls = element("div", { class: "interactive-controls" });
    this.problem = element("p", { class: "interactive-problem", id: `${this.id}-problem`, role: "alert" });
    this.reading = element("dl", { class: "interactive-readout" });
    this.spoken = element("p", { class: "interactive-spoken", "aria-live": "polite" });
    this.live.append(this.boardsPlace, element("div", { class: "interactive-panel" }, [this.controls, element("div", { class: "interactive-message" }, [this.problem]), this.reading]), this.spoken);
  }

  /** Build the figure and show it in place of the picture. */
  begin() {
    this.stage.append(this.live);
    this.figure.setup(this);
    this.button("Reset", () => this.set(this.start));
    // For the tests, and for the curious in the console.
    this.stage.figure = { kit: this, compute: this.figure.compute };
    this.#draw();
  }

  // ------------------------------------------------------------------------------------------------ state

  /** The smallest and largest value of a field in a state. */
  limits(name, state = this.state) {
    const { min, max } = this.figure.fields[name];
    return [min, max].map((limit) => (typeof limit === "function" ? limit(state) : limit));
  }

  /** What a field is called in words, in the present state. */
  nameOf(field) {
    const { name } = this.figure.fields[field];
    return typeof name === "function" ? name(this.state) : name;
  }

  /** Change some fields. Numbers are rounded to the field's digits and kept within its limits. */
  set(changes) {
    const next = { ...this.state, ...changes };
    for (const [name, field] of Object.entries(this.figure.fields)) {
      if (field.choices) continue;
      const [low, high] = this.limits(name, next);
      const value = field.turns ? wrapped(next[name], low, high) : next[name];
      const rounded = Number(value.toFixed(field.digits ?? 2)) + 0; // + 0: no -0
      next[name] = Math.min(high, Math.max(low, rounded));
    }
    this.state = next;
    this.#draw();
  }

  /** Call `follower(numbers, state)` now and after each change. */
  onDraw(follower) {
    this.followers.push(follower);
  }

  #draw() {
    this.numbers = this.figure.compute(this.state);
    for (const follower of this.followers) follower(this.numbers, this.state);
    for (const board of this.boards) board.update();
  }

  // --------------------------------------------------------------------------------------------- controls

  /** Add a board; `options` as in board.js. */
  board(options) {
    const board = new Board(this, options);
    this.boards.push(board);
    return board;
  }

  /** Add a number input for a field. Bad input is told; the figure keeps the last good value. */
  number(name) {
    const field = this.figure.fields[name];
    const input = element("input", { type: "number", step: field.step, "data-field": name, autocomplete: "off" });
    const label = element("label", { class: `interactive-number role-${field.role ?? "neutral"}` });
    label.innerHTML = `<span>${field.label}</span>`;
    label.append(input);
    if (field.unit) label.append(element("span", { class: "interactive-unit" }, [field.unit]));

    const wrong = () => {
      const [low, high] = this.limits(name);
      if (input.value.trim() !== "" && input.valueAsNumber >= low && input.valueAsNumber <= high) return "";
      return `${this.nameOf(name)} must be a number from ${show(low)} to ${show(high)}; the figure keeps ${show(this.state[name], 3)}.`;
    };
    const refresh = () => {
      const [low, high] = this.limits(name);
      Object.assign(input, { min: low, max: high });
      input.setAttribute("aria-label", field.unitName ? `${this.nameOf(name)}, in ${field.unitName}` : this.nameOf(name));
      if (document.activeElement !== input || !input.hasAttribute("aria-invalid")) this.#write(input, this.state[name]);
    };
    input.addEventListener("input", () => {
      const message = wrong();
      this.#complain(input, message);
      if (!message) this.set({ [name]: input.valueAsNumber });
    });
    input.addEventListener("blur", () => {
      this.#complain(input, "");
      refresh();
    });
    this.controls.append(label);
    this.onDraw(refresh);
    return input;
  }

  /** Write a value into an input unless it already says that number: "1." and "1.0" are left to the one who types. */
  #write(input, value) {
    if (input.valueAsNumber !== value) input.value = value;
  }

  #complain(input, message) {
    if (message) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", this.problem.id);
    } else {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
    this.problem.textContent = message;
  }

  /** Put the boards side by side over the whole width, with the controls and the readout below them. */
  wide() {
    this.live.classList.add("is-wide");
  }

  /** Add a slider for a field. With `field.logarithmic` equal ways are equal factors. `text(value)` is what it is read as.
      `beside`: it stands next to the field's number input, which then has the label and shows the value. */
  range(name, { text = (value) => show(value), beside = false } = {}) {
    const field = this.figure.fields[name];
    const [low, high] = this.limits(name);
    const to = field.logarithmic ? Math.log : (value) => value;
    const from = field.logarithmic ? Math.exp : (value) => value;
    const input = element("input", { type: "range", min: to(low), max: to(high), "data-field": name, "aria-label": `${this.nameOf(name)}, slider` });
    input.step = field.logarithmic ? (to(high) - to(low)) / 100 : field.step;
    const value = element("output", {});
    const label = element("label", { class: `interactive-range role-${field.role ?? "neutral"}` });
    if (beside) label.classList.add("is-beside");
    else label.innerHTML = `<span>${field.label}</span>`;
    label.append(input, ...(beside ? [] : [value]));
    input.addEventListener("input", () => this.set({ [name]: from(input.valueAsNumber) }));
    this.controls.append(label);
    this.onDraw(() => {
      if (document.activeElement !== input) input.value = to(this.state[name]);
      value.textContent = text(this.state[name]);
      input.setAttribute("aria-valuetext", text(this.state[name]));
    });
    return input;
  }

  /** Add a list to choose from. `changes(choice)` may return further fields to set with it. */
  select(name, changes = () => ({})) {
    const field = this.figure.fields[name];
    const list = element("select", { "data-field": name, "aria-label": this.nameOf(name) });
    for (const [value, text] of Object.entries(field.choices)) list.append(element("option", { value }, [text]));
    list.addEventListener("change", () => this.set({ [name]: list.value, ...changes(list.value) }));
    this.controls.append(element("label", { class: "interactive-select" }, [list]));
    this.onDraw(() => (list.value = this.state[name]));
    return list;
  }

  /** Add a button. */
  button(text, action) {
    const button = element("button", { type: "button" }, [text]);
    button.addEventListener("click", action);
    this.controls.append(button);
    return button;
  }

  // ---------------------------------------------------------------------------------------------- readout

  /** Show rows of numbers; a row without a label goes over the whole width. `value(numbers, state)` returns HTML. */
  readout(rows) {
    for (const { label, role, value } of rows) {
      const shown = element("dd", { class: `role-${role ?? "neutral"}` });
      const term = element("dt", {});
      term.innerHTML = label ?? "";
      this.reading.append(element("div", { class: label ? "" : "interactive-remark" }, label ? [term, shown] : [shown]));
      if (!label) shown.before(element("dt", { class: "interactive-spoken" }, ["Remark"]));
      this.onDraw((numbers, state) => (shown.innerHTML = value(numbers, state)));
    }
  }

  /** Say a sentence to screen readers once the figure has come to rest; nothing is said at the start. */
  say(sentence) {
    let first = true;
    let timer = 0;
    this.onDraw((numbers, state) => {
      clearTimeout(timer);
      if (!first) timer = setTimeout(() => (this.spoken.textContent = sentence(numbers, state)), QUIET);
      first = false;
    });
  }
}

/** Bring an angle, or another value that returns to its beginning, into [low, high). */
function wrapped(value, low, high) {
  return low + ((((value - low) % (high - low)) + (high - low)) % (high - low));
}
