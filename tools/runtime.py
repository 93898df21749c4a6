"""Make ``vendor/pyodide/``: the Python that runs in the pages, served by the site itself.

The core of Pyodide is its npm package, at the version and the SHA-512 below. The packages that the course imports are
the official wheels that the core's own lock names; each must have the SHA-256 of that lock, whatever it came from
(`runtime_sources`). jaclib is a wheel made from the working tree (`jaclib_wheel`). The lock is pruned to what is there.

    python tools/runtime.py     a second call only looks whether jaclib has changed

Where no source can be reached the book is built all the same, without Run buttons, and the next build tries again.
"""

from __future__ import annotations

import json
import sys

import jaclib_wheel
import runtime_sources
import vendor

ROOT = vendor.ROOT
FOLDER = vendor.VENDOR / "pyodide"
CACHE = ROOT / ".cache" / "pyodide"  # survives `make clean`
STATE = ROOT / "_build" / "runtime.json"  # whether it is there; make compares its time

VERSION = "314.0.4"
LOCK = "pyodide-lock.json"
INDEX = "runtime.json"
CORE = {
    "name": "pyodide",
    "version": VERSION,
    "sha512": "fMexKS5P/s8iTjczevLUv/aWq9i5yaGvBTpBW6gM+nzDNelfPpREma/xdDK2AAGebAuKnBJk7fyVP6RBlz4btg==",
    "to": "pyodide",
    "keep": ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", LOCK],
}
# What is asked for; the lock says what these need. The last installs further packages in a JupyterLite notebook.
PACKAGES = ["numpy", "sympy", "matplotlib", "micropip"]
NOT_NEEDED = ["pytz"]  # in the lock since Matplotlib once imported it
SOURCES = [
    f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/",
    "open-webui==0.12.4",  # a pip package that carries the same files, where the CDN cannot be reached
]


def prune(lock: dict) -> dict:
    """Return the lock with only the packages that the course needs, as they are there."""
    kept, asked = {}, list(PACKAGES)
    while asked:
        name = asked.pop()
        if name not in kept:
            entry = dict(lock["packages"][name])
            entry["depends"] = [other for other in entry["depends"] if other not in NOT_NEEDED]
            kept[name] = entry
            asked += entry["depends"]
    return {"info": lock["info"], "packages": dict(sorted(kept.items()))}


def _json(data) -> bytes:
    return (json.dumps(data, indent=1, sort_keys=True) + "\n").encode()


def _index() -> dict:
    """Return what the runtime is made of, as it was written there, or nothing."""
    try:
        return json.loads((FOLDER / INDEX).read_bytes())
    except (OSError, ValueError):
        return {}


def _recipe() -> dict:
    return {"core": CORE, "packages": PACKAGES, "not_needed": NOT_NEEDED}


def is_ready() -> bool:
    """Whether every file of the runtime is there with its digest, in the versions of this table."""
    index = _index()
    return index.get("recipe") == _recipe() and all(
        runtime_sources.is_there(FOLDER / name, entry["sha256"]) for name, entry in index["files"].items()
    )


def _write(wanted: dict[str, bytes], lock: dict) -> None:
    """Give the folder exactly these files, the lock and the index; a file that is right keeps its time."""
    wanted = wanted | {LOCK: _json(lock)}
    described = {name: {"size": len(data), "sha256": runtime_sources.sha256(data)} for name, data in wanted.items()}
    wanted[INDEX] = _json({"recipe": _recipe(), "version": VERSION, "files": described, "lock": lock})
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, data in wanted.items():
        path = FOLDER / name
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)


def refresh() -> bool:
    """Build jaclib's wheel again if the package has changed, without network; say whether there is a runtime."""
    if not is_ready():
        return False
    index = _index()
    _with_jaclib({name: (FOLDER / name).read_bytes() for name in index["files"]}, index["lock"])
    return True


def _with_jaclib(official: dict[str, bytes], lock: dict) -> None:
    packages = dict(lock["packages"])
    before = packages.pop("jaclib", {}).get("file_name")
    official = {name: data for name, data in official.items() if name not in (before, LOCK)}
    name, wheel, entry = jaclib_wheel.build(ROOT)
    _write(official | {name: wheel}, {"info": lock["info"], "packages": packages | {"jaclib": entry}})


def make() -> None:
    """Fetch what is missing and put the runtime together.

    Raises
    ------
    runtime_sources.NotFetched
        If a file can be had nowhere; the text says what was tried.
    """
    if refresh():
        return
    try:
        core = vendor.contents(CORE)
    except SystemExit as error:  # without it there is no book with formulas, but there is one without Run buttons
        raise runtime_sources.NotFetched(str(error)) from None
    lock = prune(json.loads(core[LOCK]))
    wheels = {entry["file_name"]: entry["sha256"] for entry in lock["packages"].values()}
    runtime_sources.fetch(wheels, CACHE, runtime_sources.chosen(SOURCES))
    _with_jaclib(core | {name: (CACHE / name).read_bytes() for name in wheels}, lock)
    size = sum(entry["size"] for entry in _index()["files"].values())
    print(f"  the Python runtime of the pages: {len(wheels) + len(core) + 1} files, {size / 1e6:.1f} MB", flush=True)


def main() -> int:
    problem = None
    try:
        make()
    except runtime_sources.NotFetched as error:
        problem = str(error)
        print(
            "The book is built without its Python runtime: it can be read, but no code runs in its pages.\n"
            + "".join(f"  {line}\n" for line in problem.splitlines())
            + "  Once is enough, and the next `make book` tries again. Behind a firewall, put the missing files into\n"
            f"  {CACHE.relative_to(ROOT)}/, or say what has them: {runtime_sources.VARIABLE}=ADDRESS_OR_FOLDER",
            flush=True,
        )
    state = json.dumps({"ready": problem is None})
    if not STATE.exists() or STATE.read_text() != state:
        STATE.parent.mkdir(exist_ok=True)
        STATE.write_text(state)
    return 0


if __name__ == "__main__":
    sys.exit(main())
