/**
 * The worker in which the page's Python runs: started by runtime.js from a blob, so that it has the page's
 * Content-Security-Policy. Pyodide itself needs 'wasm-unsafe-eval' there, and no 'unsafe-eval'.
 *
 * In:  {type: "start", base, lock} · {type: "run", id, code, cell, journal} · {type: "call", id, module, name, args}
 * Out: {type: "alive"} · {type: "locked"} · {type: "progress", loaded, total, message} · {type: "output", id, output}
 *      · {type: "journal", news} · {type: "done", id, result} · {type: "failed" or "crashed", id, error: {name, message, traceback}}
 */
import { boot, prepare } from "./boot.js";

const BRIDGE = "jaclib.page.bridge"; // needs NumPy alone; what else is called may need everything

let python = null;
let bridge = null;
let running = null; // id of the job whose outputs come now

const progress = (details) => postMessage({ type: "progress", ...details });

const jobs = {
  async start({ base, lock }) {
    navigator.locks?.request(lock, () => {
      postMessage({ type: "locked" });
      return new Promise(() => {}); // held until this worker ends, however it ends
    });
    python = await boot(base, progress);
    bridge = python.pyimport(BRIDGE);
    bridge.start(
      (output) => postMessage({ type: "output", id: running, output: JSON.parse(output) }),
      (news) => postMessage({ type: "journal", news: JSON.parse(news) }),
    );
    return true;
  },

  async run({ code, cell, journal }) {
    if (journal) bridge.take(journal);
    await prepare(python, code, progress);
    return bridge.run(code, cell ?? null);
  },

  async call({ module, name, args }) {
    if (module !== BRIDGE) await prepare(python, "import jaclib", progress);
    const answer = JSON.parse(bridge.call(module, name, JSON.stringify(args)));
    if (answer.error) throw Object.assign(new Error(answer.error.message), answer.error);
    return answer.result;
  },
};

/** Python's own errors come back as data; what is thrown beside them has broken the interpreter. */
const isFatal = (error) => Boolean(error.pyodide_fatal_error) || error instanceof WebAssembly.RuntimeError;

addEventListener("message", async ({ data: { type, id, ...request } }) => {
  running = id;
  try {
    postMessage({ type: "done", id, result: await jobs[type](request) });
  } catch (error) {
    const { name, message, traceback } = error;
    postMessage({ type: isFatal(error) ? "crashed" : "failed", id, error: { name, message: `${message}`, traceback } });
  }
});

postMessage({ type: "alive" });
