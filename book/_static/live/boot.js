/**
 * Starts Python in a worker: `boot` loads what every cell needs; SymPy and Matplotlib come in the background (late.js).
 * `prepare` waits for what a cell imports.
 * Every file is checked against the SHA-256 that the build wrote into runtime.json (tools/runtime.py).
 *
 *     const python = await boot(base, ({loaded, total, message}) => ...);
 *     await prepare(python, code, onProgress);
 *
 * `base` is the absolute address of the site's /pyodide/ folder.
 */
import { Late } from "./late.js";
import { Files, unzip } from "./parcels.js";

/** @typedef {{loaded: number, total: number, message: string}} Progress */

const WASM = "pyodide.asm.wasm";
const NO_STDLIB = new Uint8Array([80, 75, 5, 6, ...new Array(18).fill(0)]); // an empty zip: the parcel has the library

/** Downloads that are counted and checked; the first failure ends the start. */
class Downloads {
  constructor(base, onProgress = () => {}) {
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
  async file(name, sha256) {
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

const known = new WeakMap(); // of each Pyodide: the packages of the site, its files, and what is late

/**
 * @param {string} base
 * @param {(progress: Progress) => void} onProgress
 * @returns {Promise<object>} Pyodide
 */
export async function boot(base, onProgress = () => {}) {
  const scripts = Promise.all([import(`${base}pyodide.mjs`), import(`${base}fflate.mjs`), import(`${base}pyodide.asm.mjs`)]);
  const { files, parcels, late: lateParcels, lock } = await readIndex(base);
  const described = (parcel) => ({ name: parcels[parcel], ...files[parcels[parcel]], packages: lateParcels[parcel] });
  const [late, first] = [true, false].map((isLate) =>
    Object.fromEntries(
      Object.keys(parcels).filter((parcel) => parcel in lateParcels === isLate).map((parcel) => [parcel, described(parcel)]),
    ),
  );
  const downloads = new Downloads(base, onProgress);
  const unwatch = watchCore(downloads, files);
  const size = Object.values(first).reduce((sum, { size }) => sum + size, files[WASM].size);
  downloads.expect(size, "Loading Python");
  const arriving = {};
  for (const [parcel, { name, sha256 }] of Object.entries(first)) arriving[parcel] = downloads.file(name, sha256).then(unzip);
  const background = new Late(late, lock.packages, new Downloads(base));
  Promise.all(Object.values(arriving)).then(() => background.begin(), downloads.fail);
  try {
    const python = await Promise.race([downloads.failed, start(base, lock, scripts, arriving, background)]);
    known.set(python, { packages: lock.packages, files, late: background });
    if (!("jaclib" in first)) await load(python, ["jaclib"], onProgress); // with all that it needs
    return python;
  } finally {
    unwatch();
  }
}

async function start(base, lock, scripts, { python: library, ...packages }, late) {
  const [{ loadPyodide }, { unzipSync, gunzipSync }] = await scripts;
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
  late.connect(python, (data) => mounted.mount(python.FS, data), gunzipSync);
  return python;
}

/**
 * Wait for the packages that the code imports; what the site does not have is left to Python's own message.
 * @param {object} python
 * @param {string} code
 * @param {(progress: Progress) => void} onProgress
 */
export async function prepare(python, code, onProgress = () => {}) {
  const { packages, late } = known.get(python);
  let imported;
  try {
    imported = python.pyodide_py.code.find_imports(code).toJs();
  } catch {
    return; // not Python: running it says so better
  }
  await late.arrive(imported, onProgress);
  const isThere = python.pyimport("importlib.util").find_spec;
  const asked = Object.keys(packages).filter((name) =>
    packages[name].imports.some((own) => imported.includes(own) && !isThere(own)),
  );
  if (asked.length) await load(python, asked, onProgress);
}

/** Load packages from the official wheels. */
async function load(python, asked, onProgress) {
  const { packages, files } = known.get(python);
  const total = asked.reduce((sum, name) => sum + files[packages[name].file_name].size, 0);
  const message = `Loading ${asked.join(", ")}`;
  onProgress({ loaded: 0, total, message });
  const failures = [];
  await python.loadPackage(asked, { messageCallback: () => {}, errorCallback: (text) => failures.push(text) });
  if (asked.some((name) => !(packages[name].name in python.loadedPackages))) {
    throw new Error(`A Python package could not be loaded. ${failures.join(" ")}`);
  }
  onProgress({ loaded: total, total, message });
}
