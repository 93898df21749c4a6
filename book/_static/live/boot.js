/**
 * Starts Python in a worker: `boot` loads the core, `prepare` what a piece of code imports. Every package is checked
 * against the SHA-256 that the site's lock names.
 *
 *     const python = await boot(base, ({loaded, total, message}) => ...);
 *     await prepare(python, code, onProgress);
 *
 * `base` is the absolute address of the site's /pyodide/ folder; bytes are counted as they are unpacked.
 */

const CORE = ["pyodide.asm.wasm", "python_stdlib.zip"]; // what is fetched; the scripts are imported

/** @typedef {{loaded: number, total: number, message: string}} Progress */

/** The files of the runtime with their sizes, and its lock: see tools/runtime.py. Asked anew each time: it names the
 * current wheel of jaclib. */
async function readIndex(base) {
  const answer = await fetch(`${base}runtime.json`, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`The Python runtime of this site cannot be loaded (${answer.status}).`);
  return answer.json();
}

/** Count the bytes of the runtime's files as they arrive. The wasm is counted at its end: the browser keeps its
 * compiled form only if it is given the untouched answer. */
class Counter {
  constructor(base, files) {
    this.base = base;
    this.files = files;
    this.loaded = 0;
    this.total = 0;
    this.listener = null;
    const original = globalThis.fetch.bind(globalThis);
    globalThis.fetch = async (address, options) => {
      const answer = await original(address, options);
      const name = String(address.url ?? address).startsWith(base) && String(address.url ?? address).slice(base.length);
      if (!name || !(name in files) || !answer.ok) return answer;
      if (name.endsWith(".wasm")) {
        this.add(files[name].size);
        return answer;
      }
      const count = new TransformStream({
        transform: (chunk, controller) => {
          this.add(chunk.byteLength);
          controller.enqueue(chunk);
        },
      });
      return new Response(answer.body.pipeThrough(count), { status: answer.status, headers: answer.headers });
    };
  }

  expect(names, message) {
    this.message = message;
    this.total += names.reduce((sum, name) => sum + (this.files[name]?.size ?? 0), 0);
    this.add(0);
  }

  add(bytes) {
    this.loaded = Math.min(this.loaded + bytes, this.total);
    this.listener?.({ loaded: this.loaded, total: this.total, message: this.message });
  }
}

/** Per Pyodide: what `prepare` needs to know. */
const known = new WeakMap();

/**
 * @param {string} base
 * @param {(progress: Progress) => void} onProgress
 * @returns {Promise<object>} Pyodide
 */
export async function boot(base, onProgress = () => {}) {
  const [{ loadPyodide }, index] = await Promise.all([import(`${base}pyodide.mjs`), readIndex(base)]);
  const counter = new Counter(base, index.files);
  counter.listener = onProgress;
  counter.expect(CORE, "Loading Python");
  const pyodide = await loadPyodide({ indexURL: base, lockFileContents: index.lock, packageBaseUrl: base });
  known.set(pyodide, { counter, packages: index.lock.packages });
  return pyodide;
}

/** The names in the lock of all that these packages need and that is not yet there. */
function missing(pyodide, packages, names, found = new Set()) {
  for (const name of names) {
    if (found.has(name) || packages[name].name in pyodide.loadedPackages) continue;
    found.add(name);
    missing(pyodide, packages, packages[name].depends, found);
  }
  return found;
}

/**
 * Load the packages that the code imports; packages that the site does not have are left to Python's own message.
 * @param {object} pyodide
 * @param {string} code
 * @param {(progress: Progress) => void} onProgress
 */
export async function prepare(pyodide, code, onProgress = () => {}) {
  const { counter, packages } = known.get(pyodide);
  let imported;
  try {
    imported = pyodide.pyodide_py.code.find_imports(code).toJs();
  } catch {
    return; // not Python: running it says so better
  }
  const asked = Object.keys(packages).filter((name) => packages[name].imports.some((own) => imported.includes(own)));
  const wanted = [...missing(pyodide, packages, asked)];
  if (!wanted.length) return;
  counter.listener = onProgress;
  counter.expect(
    wanted.map((name) => packages[name].file_name),
    `Loading ${asked.join(", ")}`,
  );
  const failed = [];
  await pyodide.loadPackage(wanted, { messageCallback: () => {}, errorCallback: (message) => failed.push(message) });
  if (wanted.some((name) => !(packages[name].name in pyodide.loadedPackages))) {
    throw new Error(`A Python package could not be loaded. ${failed.join(" ")}`);
  }
}
