/**
 * From the data of `jaclib.page.markup` to elements of the page: text stays text, formulas are typeset by KaTeX, which
 * is loaded when the first one is to be shown.
 */

const KATEX = new URL("../../katex/katex.min.js", import.meta.url);

let loading = null;

/** Resolves to KaTeX, or to null where it cannot be had: formulas are then shown as they are written. */
export function katex() {
  loading ??= import(KATEX.href).then(
    (module) => module.default ?? globalThis.katex,
    () => {
      loading = null;
      return null;
    },
  );
  return loading;
}

/** Return an element with attributes and children; a text child stays text. */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Return a formula, typeset once KaTeX is there; its LaTeX stands in its place until then. */
export function formula(latex, display = false) {
  const node = element(display ? "div" : "span", { class: "math notranslate nohighlight" }, latex);
  const options = { displayMode: display, output: "htmlAndMathml", throwOnError: false };
  katex().then((found) => found?.render(latex, node, options));
  return node;
}

const INLINE = {
  math: (latex) => formula(latex),
  code: (text) => element("code", { class: "notranslate" }, text),
  strong: (parts) => element("strong", {}, ...inline(parts)),
  em: (parts) => element("em", {}, ...inline(parts)),
};

function inline(parts) {
  return parts.map((part) => (typeof part === "string" ? part : INLINE[part[0]](part[1])));
}

const BLOCK = {
  p: (parts) => element("p", {}, ...inline(parts)),
  ul: (items) => element("ul", {}, ...items.map((item) => element("li", {}, element("p", {}, ...inline(item))))),
  math: (latex) => formula(latex, true),
  code: (text) => element("pre", { tabindex: "0" }, element("code", {}, text)),
};

/** Return the elements of blocks. */
export function elements(blocks) {
  return blocks.map(([kind, what]) => BLOCK[kind](what));
}

/** Return what stands in the lines of blocks, without their paragraphs: for a title. */
export function line(blocks) {
  return blocks.flatMap(([, what]) => inline(what));
}
