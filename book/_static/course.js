// Paper is white, and cannot be unfolded: print in light mode with everything open, then put it all back. Hints,
// solutions and the feedback of quick questions stay as the reader has them: under its exercise, an open solution
// spoils it. The print style says where they are.
const KEPT = ".exercise-help details, .quick-option";
let beforePrint = null;

window.addEventListener("beforeprint", () => {
  const root = document.documentElement;
  const closed = [...document.querySelectorAll("details:not([open])")].filter((details) => !details.matches(KEPT));
  beforePrint = { theme: root.dataset.theme, closed };
  root.dataset.theme = "light";
  closed.forEach((details) => (details.open = true));
});

window.addEventListener("afterprint", () => {
  if (!beforePrint) return;
  document.documentElement.dataset.theme = beforePrint.theme;
  beforePrint.closed.forEach((details) => (details.open = false));
  beforePrint = null;
});

// Modules do not load from a file: nothing is live there, and the page must not look as if it were.
if (location.protocol === "file:") document.documentElement.classList.add("no-live");
