/** The code cells of a page as one notebook: which runs when, what a cell needs from above, and what is said of it. */
import { Cell } from "./cell.js";
import { handOver } from "./journal.js";
import { amount, whileLoading, Notice, say } from "./notice.js";
import { runtime } from "./runtime.js";
import { storage } from "./storage.js";

const GONE = "Stopped. Python's variables are gone.";

/** "1, 4 and 9". */
function listed(numbers) {
  return numbers.length < 2 ? numbers.join("") : `${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`;
}

const cellsOf = (numbers) => `${numbers.length === 1 ? "cell" : "cells"} ${listed(numbers)}`;

export class Notebook {
  #queue = []; // [{cell, withNeeded}]
  #working = null; // promise of the end of the queue, while there is one

  /** @param {HTMLElement[]} roots every `div.cell` of the page in order; those of exercises only count. */
  constructor(roots) {
    const actions = {
      run: (cell) => this.run(cell),
      stop: (cell) => this.stop(cell),
      above: (cell) => this.runAbove(cell),
    };
    this.cells = new Map();
    roots.forEach((root, index) => {
      const number = index + 1;
      if (root.matches(".tag_exercise") || !root.querySelector(".cell_input pre")) return;
      this.cells.set(number, new Cell(root, number, actions));
    });
    runtime.addEventListener("state", ({ detail }) => {
      if (detail.state === "off" || detail.state === "failed") this.#forget(detail);
      else if (detail.state === "busy" && detail.total) this.#waits(detail);
    });
  }

  /** Run a cell, after the cells above that it needs and that have not run; resolves when nothing is left to run. */
  run(cell) {
    return this.#add(cell.active ? [] : [{ cell, withNeeded: true }]);
  }

  /** Run all cells above in order, then this one: what it shows is then what the book shows. */
  runAbove(cell) {
    const jobs = [...this.cells.values()].filter((one) => one.number <= cell.number && !one.active);
    return this.#add(jobs.map((one) => ({ cell: one, withNeeded: false })));
  }

  /** A cell that waits is taken back; one that runs ends together with Python. */
  stop(cell) {
    if (cell.state === "waiting" && this.#queue.some((job) => job.cell === cell)) {
      this.#queue = this.#queue.filter((job) => job.cell !== cell);
      cell.set("idle", "Not run");
      return;
    }
    runtime.stop();
  }

  #add(jobs) {
    jobs.forEach(({ cell }) => cell.set("waiting", "Waiting", this.#working ? "waiting" : ""));
    this.#queue.push(...jobs);
    import("./outputs.js").catch(() => {}); // while Python starts; #run says what is wrong
    this.#working ??= this.#work().finally(() => (this.#working = null));
    return this.#working;
  }

  async #work() {
    while (this.#queue.length) {
      const job = this.#queue.shift();
      try {
        await whileLoading(job.cell.bar);
        const ok = job.withNeeded ? await this.#runWithNeeded(job.cell) : await this.#run(job.cell);
        if (!ok) this.#drop("Not run, since a cell before it failed");
      } catch (error) {
        this.#interrupted(job, error);
      }
    }
  }

  async #runWithNeeded(cell) {
    const sources = Object.fromEntries([...this.cells.values()].map((one) => [one.number, one.code]));
    const numbers = await runtime.call("jaclib.page.bridge", "needed", sources, cell.number);
    const earlier = numbers.map((number) => this.cells.get(number));
    earlier.forEach((one) => one.set("waiting", `Waiting: cell ${cell.number} needs it`, ""));
    if (earlier.length) cell.set("waiting", `Running ${cellsOf(numbers)} first`);
    for (const [index, one] of earlier.entries()) {
      if (await this.#run(one, "")) continue;
      earlier.slice(index + 1).forEach((rest) => rest.set("idle"));
      cell.set("failed", `Not run: cell ${one.number}, which it needs, failed`);
      return false;
    }
    return this.#run(cell, earlier.length ? `, after ${cellsOf(numbers)}` : "");
  }

  /** Run one cell; resolves to whether it ran to its end. */
  async #run(cell, note = "") {
    const { Outputs } = await import("./outputs.js");
    const goTo = (number, line) => this.cells.get(number)?.goTo(line);
    let outputs = null;
    let error = null;
    let started = 0;
    cell.clearMark();
    const ok = await runtime
      .run(cell.code, {
        cell: cell.number,
        journal: handOver,
        onStart: () => {
          outputs = new Outputs(cell.output, { alt: (index) => cell.alt(index), goTo });
          started = performance.now();
          cell.set("running", "Running …", "running");
        },
        onOutput: (output) => {
          if (output.output_type === "error") error = output;
          outputs.add(output);
        },
      })
      .catch((reason) => {
        outputs?.end(false);
        throw reason;
      });
    outputs.end(true);
    storage.setSetting("python", "used");
    const seconds = (performance.now() - started) / 1000;
    if (ok) cell.set("done", `Done in ${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s${note}`, "done");
    else this.#tellError(cell, error);
    this.#offer(cell);
    return ok;
  }

  #tellError(cell, { ename, evalue, frames }) {
    const own = frames.filter((frame) => frame.cell === cell.number).at(-1);
    if (own) cell.markLine(own.line);
    cell.set("failed", own ? `${ename} in line ${own.line}` : ename, `failed. ${ename}: ${evalue}`);
  }

  /** Offer to run everything above, where some of it has not run in this Python. */
  #offer(cell) {
    const above = [...this.cells.values()].filter((one) => one.number < cell.number);
    cell.offerAbove(above.some((one) => one.state !== "done"));
  }

  /** Python was stopped, or could not be loaded, or broke down, while a job was under way. */
  #interrupted(job, error) {
    const active = [...this.cells.values()].filter((one) => one.active);
    const ended = active.find((one) => one.state === "running") ?? job.cell;
    const again = [job, ...this.#queue];
    const stopped = error.name === "Stopped";
    this.#queue = [];
    active.forEach((one) => one !== ended && one.set("idle", "Not run", ""));
    ended.set(stopped ? "stopped" : "failed", stopped ? GONE : "Not run");
    this.#offer(ended);
    if (!stopped) new Notice(ended.bar).failed(error.message, () => this.#add(again));
  }

  /** The cell that runs waits for packages. */
  #waits({ loaded, total, message }) {
    const cell = [...this.cells.values()].find((one) => one.state === "running");
    if (cell) cell.status.textContent = loaded < total ? `${message}: ${amount(loaded, total)} …` : "Running …";
  }

  #drop(reason) {
    this.#queue.forEach(({ cell }) => cell.set("idle", reason, ""));
    this.#queue = [];
  }

  /** Nothing has run in the Python that starts next. */
  #forget({ state, message }) {
    const lost = [...this.cells.values()].filter((cell) => cell.state === "done");
    lost.forEach((cell) => cell.set("idle", "Ran before Python was stopped", ""));
    if (state === "off") say(GONE);
    else if (!this.#working && lost.length) new Notice(lost.at(-1).bar).failed(message, () => this.runAbove(lost.at(-1)));
  }
}
