/**
 * Starts Python in a worker: `boot` loads what the course needs, `prepare` any further package that a cell imports.
 * Every file is checked against the SHA-256 that the build wrote into runtime.json (tools/runtime.py).
 *
 *     const python = await boot(base, ({loaded, total, message}) => ...);
 *     await prepare(python, code, onProgress);
 *
 * `base` is the absolute address of the site's /pyodide/ folder.
 */
import { Files, unzip } from "./parcels.js";

/** @typedef {{loaded: number, total: number, message: string}} Progress */

const WASM = "pyodide.asm.wasm";
const NO_STDLIB = new Uint8Array([80, 75, 5, 6, ...new Array(18).fill(0)]); // an empty zip: the parcel has the library

/** Downloads that are counted and checked; the first failure ends the start. */
class Downloads {
  constructor(base, onProgress) {
    this.base = base;
    this.onProgress = onProgress;
    this.loaded = 0;
    this.total = 0;
    this.failed = new Promise((_, reject) => (this.fail = reject));
    this.failed.catch(() => {});
  }

  expect(bytes, message) {
    this.message = message;
    this.total += bytes;
    this.count(0);
  }

  count(bytes) {
    this.loaded = Math.min(this.loaded + bytes, this.total);
    this.onProgress({ loaded: this.loaded, total: this.total, message: this.message });
  }

  /** Fetch a file of the index, counting its bytes as they come, and check it. */
  async file(name, { sha256 }) {
    const answer = await fetch(this.base + name);
    if (!answer.ok) throw new Error(`${name} could not be loaded (${answer.status}).`);
    const counted = answer.body.pipeThrough(
      new TransformStream({
        transform: (chunk, controller) => {
          this.count(chunk.byteLength);
          controller.enqueue(chunk);
        },
      }),
    );
    const data = await new Response(counted).arrayBuffer();
    if (globalThis.crypto?.subtle) {
      // absent on a plain-http address of a local network
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
      const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
      if (hex !== sha256) throw new Error(`${name} is not the file that this site expects (its digest differs).`);
    }
    return data;
  }
}

/** The files of the runtime, and its lock. Asked anew each time: it names the current jaclib. */
async function readIndex(base) {
  const answer = await fetch(`${base}runtime.json`, { cache: "no-cache" });
  if (!answer.ok) throw new Error(`The Python runtime of this site could not be loaded (${answer.status}).`);
  return answer.json();
}

/**
 * Pyodide fetches its own wasm and only logs when that fails, which would leave the page waiting for ever. The browser
 * must get that answer untouched, since it keeps the compiled form of it.
 */
function watchCore(downloads, files) {
  const { fetch: fetchAny } = globalThis;
  const { instantiateStreaming } = WebAssembly;
  globalThis.fetch = async (address, options) => {
    const name = String(address.url ?? address).slice(downloads.base.length);
    if (name === "none.zip") return new Response(NO_STDLIB);
    const answer = await fetchAny(address, options);
    if (name === WASM && answer.ok) downloads.count(files[WASM].size);
    if (name in files && !answer.ok) downloads.fail(new Error(`${name} could not be loaded (${answer.status}).`));
    return answer;
  };
  WebAssembly.instantiateStreaming = (source, imports) => {
    const made = instantiateStreaming.call(WebAssembly, source, imports);
    made.catch((error) => downloads.fail(new Error(`${WASM} could not be loaded: ${error.message}`)));
    return made;
  };
  return () => Object.assign(WebAssembly, { instantiateStreaming }) && (globalThis.fetch = fetchAny);
}

const locks = new WeakMap(); // of each Pyodide: the packages of the site

/**
 * @param {string} base
 * @param {(progress: Progress) => void} onProgress
 * @returns {Promise<object>} Pyodide
 */
export async function boot(base, onProgress = () => {}) {
  const scripts = Promise.all([import(`${base}pyodide.mjs`), import(`${base}fflate.mjs`), import(`${base}pyodide.asm.mjs`)]);
  const { files, parcels, lock } = await readIndex(base);
  const downloads = new Downloads(base, onProgress);
  const names = Object.values(parcels);
  const unwatch = watchCore(downloads, files);
  downloads.expect([WASM, ...names].reduce((sum, name) => sum + files[name].size, 0), "Loading Python");
  const arriving = Object.fromEntries(
    Object.entries(parcels).map(([parcel, name]) => [parcel, downloads.file(name, files[name]).then(unzip)]),
  );
  Promise.all(Object.values(arriving)).catch(downloads.fail);
  try {
    const python = await Promise.race([downloads.failed, start(base, lock, scripts, arriving)]);
    locks.set(python, lock.packages);
    return python;
  } finally {
    unwatch();
  }
}

async function start(base, lock, scripts, { python: library, ...packages }) {
  const [{ loadPyodide }, { unzipSync }] = await scripts;
  const mounted = new Files(base, unzipSync);
  const options = { indexURL: base, lockFileContents: lock, packageBaseUrl: base };
  if (library) {
    options.stdLibURL = `${base}none.zip`;
    options.env = { PYTHONPATH: "/lib/python3.14" };
    options.fsInit = async (FS) => mounted.mount(FS, await library);
  }
  const python = await loadPyodide(options);
  for (const parcel of Object.values(packages)) mounted.mount(python.FS, await parcel);
  if (library) python.runPython("import sys; sys.path.remove('/lib/python314.zip')"); // the empty one
  python.runPython("import importlib; importlib.invalidate_caches()");
  return python;
}

/**
 * Load the packages that the code imports; what the site does not have is left to Python's own message.
 * @param {object} python
 * @param {string} code
 * @param {(progress: Progress) => void} onProgress
 */
export async function prepare(python, code, onProgress = () => {}) {
  const packages = locks.get(python);
  let imported;
  try {
    imported = python.pyodide_py.code.find_imports(code).toJs();
  } catch {
    return; // not Python: running it says so better
  }
  const isThere = python.pyimport("importlib.util").find_spec;
  const asked = Object.keys(packages).filter((name) =>
    packages[name].imports.some((own) => imported.includes(own) && !isThere(own)),
  );
  if (!asked.length) return;
  onProgress({ loaded: 0, total: 1, message: `Loading ${asked.join(", ")}` });
  const failures = [];
  await python.loadPackage(asked, { messageCallback: () => {}, errorCallback: (text) => failures.push(text) });
  if (asked.some((name) => !(packages[name].name in python.loadedPackages))) {
    throw new Error(`A Python package could not be loaded. ${failures.join(" ")}`);
  }
  onProgress({ loaded: 1, total: 1, message: `Loading ${asked.join(", ")}` });
}
