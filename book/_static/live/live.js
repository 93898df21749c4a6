/** The code cells of a page become live where the site has a Python for them; anywhere else the page stays as it is. */
import { runtime } from "./runtime.js";

const roots = [...document.querySelectorAll("div.cell")];

if (runtime.available && roots.length) {
  const { Notebook } = await import("./cells.js");
  globalThis.courseNotebook = new Notebook(roots); // for tests, and for the curious
  document.documentElement.dataset.live = "ready";
} else {
  document.documentElement.dataset.live = "none";
}
