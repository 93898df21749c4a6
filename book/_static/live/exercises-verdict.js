/** What the page shows of a verdict: the same words as in Python, with links and buttons where Python names a call. */
import { element, elements, line } from "./markup.js";

/** How an answer was read says nothing of a function or of a letter. */
const WITHOUT_READING = new Set(["code", "choice"]);

/**
 * Return the card of a verdict.
 * @param {object} verdict of `jaclib.page.exercises.check`
 * @param {string} kind of the exercise
 * @param {Record<string, () => HTMLElement>} actions that make the button of an action, or null where there is none
 */
export function card(verdict, kind, actions) {
  const slip = verdict.slip && element("a", { href: verdict.slip.href }, ...line(verdict.slip.title));
  const details = verdict.details.flatMap(([label, text]) => labelled(label, text));
  return element(
    "div",
    { class: "exercise-card", "data-status": verdict.status },
    element(
      "p",
      { class: "exercise-headline" },
      element("span", { "aria-hidden": "true" }, `${verdict.sign} `),
      element("strong", {}, verdict.headline),
      slip && element("span", {}, ": ", slip),
    ),
    ...elements(verdict.blocks),
    ...details,
    ...(verdict.printed ? labelled("Printed", verdict.printed) : []),
    verdict.read_as !== null && !WITHOUT_READING.has(kind)
      ? element("p", { class: "exercise-small exercise-read" }, "Read as ", element("code", {}, verdict.read_as))
      : null,
    element("p", { class: "exercise-next" }, ...steps(verdict.next, actions)),
  );
}

function labelled(label, text) {
  const shown = element("pre", { tabindex: "0", role: "group", "aria-label": label }, text);
  return [element("p", { class: "exercise-label" }, label), shown];
}

/** Return the next step: text, links, and buttons for what the page does itself. */
function steps(parts, actions) {
  return parts.map((part) => {
    if (typeof part === "string") return part;
    return part.action ? (actions[part.action]?.() ?? "") : element("a", { href: part.href }, part.text);
  });
}
