/**
 * One progress for the page and its Python: what is checked in a cell counts in the widgets, and `progress()` in a cell
 * counts what was answered in the widgets. The browser's storage is what holds; Python is given all of it before a cell
 * runs, where something has changed, and what happens there comes at once (`jaclib/page/progress.py`).
 */
import { say } from "./notice.js";
import { runtime } from "./runtime.js";
import { storage } from "./storage.js";

let given = null; // the events that Python has, as storage gave them; any change makes a new list

runtime.addEventListener("journal", ({ detail }) => {
  try {
    if (detail.event) storage.take(detail.event);
    else storage.reset({ drafts: false });
  } catch (error) {
    given = null; // Python is told how it stands
    say(error.message);
  }
});
runtime.addEventListener("state", ({ detail }) => {
  if (detail.state === "off" || detail.state === "failed") given = null;
});

/** What Python has to be given before it runs a cell: JSON, or null where nothing has changed. */
export function handOver() {
  const { events, problem } = storage;
  if (events === given) return null;
  given = events;
  return JSON.stringify({ events, problem });
}
