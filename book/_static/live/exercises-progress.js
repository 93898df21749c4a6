/** The reader's progress on the page Exercises: counts, marks in the tables, export, import, reset. */
import { element } from "./markup.js";
import { markOf } from "./exercises-widget.js";
import { storage } from "./storage.js";

const LARGEST = 20_000_000; // bytes of a file

export class ProgressPanel {
  constructor(root) {
    this.root = root;
    this.keys = JSON.parse(root.dataset.keys);
    this.news = root.querySelector(".exercise-news");
    this.file = root.querySelector("input[type=file]");
    this.buttons = Object.fromEntries([...root.querySelectorAll("[data-do]")].map((b) => [b.dataset.do, b]));
    const act = {
      export: () => this.#export(),
      import: () => this.file.click(),
      reset: () => this.#reset(),
      restore: () => this.#tell(() => storage.restore()),
    };
    for (const [name, button] of Object.entries(this.buttons)) button.addEventListener("click", act[name]);
    this.file.addEventListener("change", () => this.#import());
    storage.addEventListener("change", () => this.refresh());
    this.refresh();
    const problem = storage.news();
    if (problem) this.news.textContent = problem;
  }

  refresh() {
    const events = storage.events;
    const done = Object.fromEntries(Object.entries(this.keys).map(([id, key]) => [id, storage.of(id, key, events)]));
    for (const row of this.root.querySelectorAll("[data-chapter]")) this.#count(row, done);
    for (const link of document.querySelectorAll('.exercise-table td:first-child a[href*="#exercise-e"]')) {
      this.#mark(link, done[link.textContent.trim()]);
    }
    this.buttons.restore.hidden = !storage.canRestore;
  }

  #count(row, done) {
    const own = Object.entries(done).filter(([id]) => id.startsWith(`E${row.dataset.chapter}.`));
    const solved = own.filter(([, record]) => record.solved).length;
    const tried = own.filter(([, record]) => !record.solved && record.attempts).length;
    row.querySelector("meter").value = solved;
    const text = `${solved} of ${own.length} solved${tried ? `, ${tried} tried` : ""}`;
    row.querySelector(".exercise-count").textContent = text;
  }

  #mark(link, record) {
    const mark = record && markOf(record);
    const cell = link.closest("td");
    cell.querySelector(".exercise-mark")?.remove();
    if (!mark) return;
    const [sign, words] = [mark.sign ?? "(✓)", mark.words];
    link.after(
      element(
        "span",
        { class: "exercise-mark", "data-state": mark.state, title: words },
        element("span", { "aria-hidden": "true" }, ` ${sign}`),
        element("span", { class: "exercise-hidden" }, `, ${words.toLowerCase()}`),
      ),
    );
  }

  #tell(act) {
    try {
      this.news.textContent = act();
    } catch (error) {
      this.news.textContent = error.message;
    }
  }

  #export() {
    const address = URL.createObjectURL(new Blob([storage.export()], { type: "application/json" }));
    const day = new Date().toISOString().slice(0, 10);
    const link = element("a", { href: address, download: `jacobian-progress-${day}.json` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    this.news.textContent = `Written to ${link.download}, among your downloads.`;
  }

  async #import() {
    const [file] = this.file.files;
    if (!file) return;
    const text = file.size > LARGEST ? null : await file.text().catch(() => null);
    this.file.value = "";
    this.#tell(() => {
      if (text === null) throw new Error(`${file.name} cannot be read, or is larger than ${LARGEST / 1e6} MB.`);
      return storage.import(text);
    });
  }

  #reset() {
    const { reset } = this.buttons;
    const ask = element(
      "div",
      { class: "exercise-ask", role: "group", "aria-label": "Reset" },
      element("p", {}, "Begin anew, with nothing solved and all fields empty? A copy is kept, and can be restored."),
    );
    const close = () => {
      ask.remove();
      reset.hidden = false;
      reset.focus();
    };
    const yes = element("button", { type: "button" }, "Reset");
    const no = element("button", { type: "button" }, "Keep everything");
    yes.addEventListener("click", () => {
      close();
      this.#tell(() => {
        storage.reset();
        return "Begun anew. What was there is kept aside, and can be restored.";
      });
    });
    no.addEventListener("click", close);
    ask.addEventListener("keydown", (event) => event.key === "Escape" && close());
    ask.append(element("div", { class: "exercise-buttons" }, no, yes));
    reset.hidden = true;
    this.root.append(ask);
    no.focus();
  }
}
