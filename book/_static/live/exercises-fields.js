/**
 * The fields that answers are given in. Each has a `value`, can be focused, says when it changes, and asks for a check
 * by its own keys: Enter in a line, Ctrl+Enter where Enter begins a new line, Enter on an option.
 */
import { element } from "./markup.js";

/** A line, or several. */
class TextField {
  constructor(root, { onInput, onCheck }) {
    this.control = root.querySelector("input[type=text], textarea");
    this.several = this.control.tagName === "TEXTAREA";
    this.control.addEventListener("input", () => {
      this.fit();
      onInput();
    });
    this.control.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || (this.several && !event.ctrlKey && !event.metaKey)) return;
      event.preventDefault();
      onCheck();
    });
  }

  get value() {
    return this.control.value;
  }

  set value(text) {
    this.control.value = text;
    this.fit();
  }

  /** Make room for the rows of a matrix. */
  fit() {
    if (this.several) this.control.rows = Math.max(2, this.value.split("\n").length);
  }

  /** Put the cursor into the field, at a place of its text if there is one to look at. */
  focus(position = null) {
    this.control.focus();
    if (position !== null) this.control.setSelectionRange(position, position + 1);
  }

  set invalid(is) {
    if (is) this.control.setAttribute("aria-invalid", "true");
    else this.control.removeAttribute("aria-invalid");
  }
}

/** One of the options of the task, which become radio buttons where they stand. */
class ChoiceField {
  constructor(root, { onInput, onCheck }, task) {
    const name = `choice-${root.dataset.exercise}`;
    const list = task.querySelector("ul");
    list.classList.add("exercise-options");
    list.setAttribute("role", "radiogroup");
    list.setAttribute("aria-label", `Options of ${root.dataset.exercise}`);
    this.list = list;
    this.options = [...list.children].map((item) => {
      item.setAttribute("role", "presentation");
      const letter = item.textContent.trim()[0];
      const input = element("input", { type: "radio", name, value: letter });
      const text = item.querySelector("p") ?? item;
      text.replaceChildren(element("label", {}, input, ...text.childNodes));
      return input;
    });
    list.addEventListener("change", onInput);
    list.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      onCheck();
    });
  }

  get value() {
    return this.options.find((option) => option.checked)?.value ?? "";
  }

  set value(letter) {
    this.options.forEach((option) => (option.checked = option.value === letter));
  }

  focus() {
    (this.options.find((option) => option.checked) ?? this.options[0]).focus();
  }

  set invalid(is) {
    this.list.toggleAttribute("data-invalid", is);
  }
}

/** A function: a plain field, which becomes the editor of the code cells when the reader comes to it. */
class CodeField extends TextField {
  #editor = null;
  #atWork = false; // clicked or typed into, and not only come by

  constructor(root, handlers) {
    super(root, handlers);
    this.handlers = handlers;
    this.label = `Your function for ${root.dataset.exercise}`;
    this.stub = this.control.value;
    this.control.addEventListener("focus", () => this.#upgrade(), { once: true });
    for (const sign of ["pointerdown", "input"]) {
      this.control.addEventListener(sign, () => (this.#atWork = true), { once: true });
    }
  }

  get value() {
    return this.control.value;
  }

  set value(text) {
    this.control.value = text || this.stub;
    if (this.#editor && this.#editor.text !== this.control.value) this.#editor.text = this.control.value;
  }

  focus() {
    (this.#editor ?? this.control).focus();
  }

  fit() {}

  /** Where the editor cannot be loaded, the plain field stays. */
  async #upgrade() {
    const host = element("div", { class: "exercise-editor highlight" });
    let editor = null;
    try {
      const { makeEditor } = await import("./editor.js");
      editor = await makeEditor({
        host,
        like: this.control,
        text: this.value,
        label: this.label,
        onChange: (text) => {
          this.control.value = text;
          this.handlers.onInput();
        },
        onRun: () => this.handlers.onCheck(),
      });
    } catch {
      return;
    }
    const focused = document.activeElement === this.control;
    if (editor.text !== this.value) editor.text = this.value; // typed while the editor was loading
    host.style.minHeight = `${this.control.offsetHeight}px`; // so that nothing moves
    this.control.before(host);
    this.control.hidden = true;
    this.#editor = editor;
    if (focused) editor.focus({ passing: !this.#atWork });
  }
}

const FIELDS = { choice: ChoiceField, code: CodeField };

/** Return the field of an exercise. */
export function makeField(root, handlers, task) {
  return new (FIELDS[root.dataset.kind] ?? TextField)(root, handlers, task);
}
