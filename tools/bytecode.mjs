// Compiles Python sources with the very Python of the pages, so that a reader's browser need not:
//
//     node tools/bytecode.mjs <folder of Pyodide> <in.zip> <out.zip> <where the sources will be> ...
//
// The last three arguments may come again and again. Each out.zip has the .pyc files alone, which Python takes
// without looking at the source again.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const COMPILE = `
import importlib._bootstrap_external as external
import warnings, zipfile
from importlib.util import source_hash

def compile_archive(home):
    with zipfile.ZipFile("/in.zip") as archive, zipfile.ZipFile("/out.zip", "w") as target:
        for name in archive.namelist():
            if not name.endswith(".py"):
                continue
            source = archive.read(name)
            try:
                code = compile(source, f"{home}/{name}", "exec", dont_inherit=True)
            except (SyntaxError, ValueError):
                continue  # a template, or a file for another Python
            digest = source_hash(source)
            pyc = external._code_to_hash_pyc(code, digest, checked=False)
            target.writestr(zipfile.ZipInfo(name + "c", date_time=(2020, 1, 1, 0, 0, 0)), pyc)

warnings.simplefilter("ignore")
compile_archive
`;

const [folder, ...jobs] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
// Without a fixed seed the order of the elements of a constant set, and so the bytes, would change each time.
const python = await loadPyodide({ indexURL: folder, env: { PYTHONHASHSEED: "0" } });
const compileArchive = python.runPython(COMPILE);
for (let at = 0; at < jobs.length; at += 3) {
  python.FS.writeFile("/in.zip", readFileSync(jobs[at]));
  compileArchive(jobs[at + 2]);
  writeFileSync(jobs[at + 1], python.FS.readFile("/out.zip"));
}
