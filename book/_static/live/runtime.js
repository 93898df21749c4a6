/**
 * Python in the page: one worker, started when first asked for.
 *
 *     import { runtime } from "./runtime.js";
 *     const verdict = await runtime.call("jaclib.page.exercises", "check", "E1.4", "3/4");
 *
 * Jobs run one after the other in the order in which they were asked for. The event "state" tells what Python does,
 * and with `total`, also while it is busy, how much has been loaded of what it waits for.
 */

const HOME = new URL(".", import.meta.url);

/** What each failure means to a reader, by what the worker's message says. */
const FAILURES = [
  [/^closed/, "The browser has closed Python, most likely for lack of memory. Its variables are gone."],
  [/integrity|digest/i, "A file of the Python runtime is not the one that this site expects, so it was not used."],
  // Before the next: what could not be loaded for want of memory.
  [/memory|allocation|OOM/i, "The page has run out of memory. Press Stop, if Python still runs, and use smaller arrays."],
  [
    /Failed to fetch|NetworkError|Load failed|dynamically imported|module script|can(not|'t) be loaded|could not be loaded|fetching|HTTP/i,
    "Python could not be loaded. Is this device online?",
  ],
];

/** Thrown into the jobs that Stop ends. */
export class Stopped extends Error {
  constructor() {
    super("Stopped. Python's variables are gone.");
    this.name = "Stopped";
  }
}

class Runtime extends EventTarget {
  #worker = null;
  #started = null; // promise of start()
  #settleStart = null;
  #queue = [];
  #current = null;
  #nextId = 1;
  #state = "off";
  #locked = null;

  /** Absolute address of the site's /pyodide/ folder, or null where the site was built without it. */
  get base() {
    const address = document.querySelector('meta[name="course-runtime"]')?.content;
    return address ? new URL(address, document.baseURI).href : null;
  }

  get available() {
    return Boolean(this.base) && location.protocol.startsWith("http") && "WebAssembly" in window && "Worker" in window;
  }

  /** @type {"off" | "loading" | "ready" | "busy" | "failed"} */
  get state() {
    return this.#state;
  }

  /** Load Python unless it is there; rejects with an Error whose message can be shown. */
  start() {
    this.#started ??= new Promise((resolve, reject) => {
      this.#settleStart = { resolve, reject };
      this.#announce("loading", { loaded: 0, total: 0, message: "Loading Python" });
      // A worker from a plain address would be without the page's Content-Security-Policy.
      const script = `import ${JSON.stringify(new URL("worker.js", HOME).href)};`;
      const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
      const worker = (this.#worker = new Worker(address, { type: "module" }));
      this.#worker.addEventListener("message", ({ data }) => this.#hear(data));
      this.#worker.addEventListener("error", (event) => {
        event.preventDefault();
        this.#fail(event.message || "Failed to fetch the worker's script.");
      });
      // The worker holds this lock as long as it lives: whoever gets it after that knows that it is gone. A worker
      // that the browser ends, for want of memory, says nothing.
      const lock = `course-python-${Math.random()}`;
      this.#locked = () => navigator.locks?.request(lock, () => this.#worker === worker && this.#fail("closed"));
      this.#worker.postMessage({ type: "start", id: 0, base: this.base, lock });
    });
    return this.#started;
  }

  /**
   * Call a Python function with arguments, and for a result, that JSON can carry.
   * @returns {Promise<any>} Rejects with an Error that has Python's `name`, `message` and `traceback`.
   */
  call(module, name, ...args) {
    return this.#ask({ type: "call", module, name, args }, {});
  }

  /**
   * Run a cell in the page's namespace.
   * @param {string} code
   * @param {{cell?: number, onStart?: () => void, onOutput?: (output: object) => void, signal?: AbortSignal, journal?: () => string | null}} options
   *   `output` is one of a notebook: a stream, display_data, execute_result, error, or clear_output.
   *   With `signal` a job that still waits is taken back. `journal` gives, at the last moment, what Python has to know
   *   of the reader's progress (journal.js); what happens to it there comes as the event "journal".
   * @returns {Promise<boolean>} Whether it ran to its end; false after a Python error, which is among the outputs.
   */
  run(code, { cell = null, ...options } = {}) {
    return this.#ask({ type: "run", code, cell }, options);
  }

  /** End the worker at once, whatever it does. Its variables are lost, and every job rejects with `Stopped`. */
  stop() {
    if (this.#state === "off") return;
    this.#close(new Stopped());
    this.#announce("off", { message: "Python was stopped. Its variables are gone." });
  }

  #ask(request, { onStart, onOutput, signal, journal = () => null }) {
    return new Promise((resolve, reject) => {
      const job = { request: { ...request, id: this.#nextId++ }, onStart, onOutput, journal, resolve, reject };
      this.#queue.push(job);
      signal?.addEventListener("abort", () => {
        if (!this.#queue.includes(job)) return;
        this.#queue.splice(this.#queue.indexOf(job), 1);
        reject(new Stopped());
      });
      this.start().then(() => this.#next(), () => {});
    });
  }

  #next() {
    if (this.#current || !this.#worker) return;
    this.#current = this.#queue.shift() ?? null;
    if (!this.#current) return this.#announce("ready");
    this.#announce("busy");
    this.#current.onStart?.();
    this.#worker.postMessage({ ...this.#current.request, journal: this.#current.journal() });
  }

  #hear({ type, id, result, error, output, news, ...details }) {
    const heard = {
      alive: () => {},
      locked: () => this.#locked(),
      progress: () => this.#announce(id === 0 || this.#state === "loading" ? "loading" : this.#state, details),
      output: () => this.#current?.onOutput?.(output),
      journal: () => this.dispatchEvent(new CustomEvent("journal", { detail: news })),
      crashed: () => this.#fail(`${error.name}: ${error.message}`),
      failed: () => (id === 0 ? this.#fail(error.message) : this.#finish("reject", this.#thrown(error))),
      done: () => {
        if (id !== 0) return this.#finish("resolve", result);
        this.#announce("ready");
        this.#settleStart.resolve();
      },
    };
    heard[type]();
  }

  /** What is not Python's own, and has no traceback, is a package that did not come. */
  #thrown(error) {
    const known = error.traceback ? null : FAILURES.find(([pattern]) => pattern.test(error.message));
    return Object.assign(new Error(), error, known ? { message: known[1], reason: error.message } : {});
  }

  #finish(how, value) {
    const job = this.#current;
    this.#current = null;
    job?.[how](value);
    this.#next();
  }

  #fail(reason) {
    const known = FAILURES.find(([pattern]) => pattern.test(reason));
    const message = known ? known[1] : `Python was closed by an error (${reason}), and its variables are gone.`;
    this.#close(Object.assign(new Error(message), { name: "RuntimeFailed", reason }));
    this.#announce("failed", { message });
  }

  /** Forget the worker and everything that waits for it; the next start() makes a fresh one. */
  #close(error) {
    this.#worker?.terminate();
    const waiting = [this.#current, ...this.#queue].filter(Boolean);
    const { reject } = this.#settleStart ?? {};
    this.#worker = this.#started = this.#settleStart = this.#current = null;
    this.#queue = [];
    reject?.(error);
    waiting.forEach((job) => job.reject(error));
  }

  #announce(state, details = {}) {
    const changed = state !== this.#state || details.total !== undefined;
    this.#state = state;
    if (changed) this.dispatchEvent(new CustomEvent("state", { detail: { state, ...details } }));
  }
}

export const runtime = new Runtime();
