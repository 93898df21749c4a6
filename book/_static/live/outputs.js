/**
 * The outputs of a cell as elements of the same kind as the book's own, so that the same styles apply. What a program
 * prints stays text; HTML comes only from the representations of Python's values.
 */
import { element, elements, formula } from "./markup.js";
import { runtime } from "./runtime.js";

const ANSI = /\u001b\[[0-9;]*[A-Za-z]/g;

const make = (tag, className, ...children) => element(tag, { class: className || null }, ...children);

/** Text in a box; what is wider scrolls, also by keyboard. */
function textBox(kind, ...content) {
  const pre = make("pre", "", ...content);
  pre.tabIndex = 0;
  return make("div", `output ${kind} notranslate`, make("div", "highlight", pre));
}

/** `$\displaystyle x$`, `$$x$$` and bare LaTeX alike. */
const withoutDollars = (text) => text.trim().replace(/^\${1,2}([\s\S]*?)\${1,2}$/, "$1").replace(/^\\displaystyle\s+/, "");

function picture(source, size, { alt }) {
  const image = make("img", "");
  image.src = source;
  image.alt = alt;
  if (size) image.style.cssText = `width: ${size.width}px; height: ${size.height}px`;
  return image;
}

function html(markup) {
  const box = make("div", "output text_html");
  box.innerHTML = markup; // scripts in it do not run
  return box;
}

function markdown(text) {
  const box = make("div", "output text_markdown", text);
  runtime.call("jaclib.page.markup", "blocks", text).then(
    (blocks) => box.replaceChildren(...elements(blocks)),
    () => {}, // the text stays as it was written
  );
  return box;
}

function latex(text) {
  const box = formula(withoutDollars(text), true);
  box.classList.add("output", "text_latex");
  return box;
}

/** In the order in which the book prefers them. */
const FORMS = [
  ["text/html", html],
  ["image/svg+xml", (data, size, context) => picture(`data:image/svg+xml,${encodeURIComponent(data)}`, size, context)],
  ["image/png", (data, size, context) => picture(`data:image/png;base64,${data}`, size, context)],
  ["image/jpeg", (data, size, context) => picture(`data:image/jpeg;base64,${data}`, size, context)],
  ["text/markdown", markdown],
  ["text/latex", latex],
  ["text/plain", (text) => textBox("text_plain highlight-myst-ansi", text)],
];

const PLACE = /Cell (\d+), line (\d+)/;

/** A line of code is not broken, so that the marks below it stay in place; a line of the message is. */
function line(text, goTo) {
  if (!/^\s/.test(text)) return make("span", "live-message", `${text}\n`);
  const found = text.match(PLACE);
  if (!found) return `${text}\n`;
  const link = element("button", { type: "button", class: "live-link" }, found[0]);
  link.addEventListener("click", () => goTo(Number(found[1]), Number(found[2])));
  const whole = document.createDocumentFragment();
  whole.append(text.slice(0, found.index), link, `${text.slice(found.index + found[0].length)}\n`);
  return whole;
}

/** A traceback whose "Cell 5, line 2" lead there. */
function traceback({ traceback: text, hint }, { goTo }) {
  const box = textBox("traceback highlight-ipythontb", ...text.split("\n").map((one) => line(one, goTo)));
  if (hint) box.append(make("p", "live-hint", hint));
  return box;
}

/** What a cell shows while it runs: the book's outputs stay until the first new one comes, or the end. */
export class Outputs {
  #fresh = true;
  #clearNext = false;
  #stream = null; // the last box, if it is one of a stream

  /**
   * @param {HTMLElement} box the cell's `.cell_output`
   * @param {{alts: string[], goTo: (cell: number, line: number) => void}} context `alts`: texts for the figures
   */
  constructor(box, context) {
    this.box = box;
    this.context = context;
    this.figures = 0;
    box.style.minHeight = `${box.offsetHeight}px`; // so that the page below stays where it is
    box.setAttribute("aria-busy", "true");
  }

  add(output) {
    if (output.output_type === "clear_output") {
      if (output.wait) this.#clearNext = true;
      else this.#clear();
      return;
    }
    if (this.#fresh || this.#clearNext) this.#clear();
    if (output.output_type === "stream") return this.#print(output);
    this.#stream = null;
    this.box.append(output.output_type === "error" ? traceback(output, this.context) : this.#value(output));
  }

  /** @param {boolean} complete whether the cell came to its end; a cell that was stopped early keeps what stood there */
  end(complete) {
    if (this.#fresh && complete) this.#clear();
    this.box.style.minHeight = "";
    this.box.removeAttribute("aria-busy");
    this.box.hidden = this.box.childElementCount === 0;
  }

  #clear() {
    this.box.replaceChildren();
    this.box.hidden = false;
    this.#fresh = this.#clearNext = false;
    this.#stream = null;
  }

  #print({ name, text }) {
    const clean = text.replace(ANSI, "");
    if (this.#stream?.name === name) {
      this.#stream.pre.append(clean);
      return;
    }
    const box = textBox(`${name === "stderr" ? "stderr" : "stream"} highlight-myst-ansi`, clean);
    this.#stream = { name, pre: box.querySelector("pre") };
    this.box.append(box);
  }

  #value({ data, metadata }) {
    const [media, form] = FORMS.find(([one]) => one in data) ?? FORMS.at(-1);
    const alt = media.startsWith("image/") ? this.context.alt(this.figures++) : "";
    return form(data[media] ?? "", metadata?.[media], { alt });
  }
}
