"""Make ``vendor/pyodide/``: the Python that runs in the pages, served by the site itself.

The core of Pyodide is its npm package, at the version and the SHA-512 below. The packages that the course imports are
the official wheels that the core's own lock names; each must have the SHA-256 of that lock, whatever it came from
(`runtime_sources`). jaclib is a wheel made from the working tree (`jaclib_wheel`). The lock is pruned to what is there.
The pages start from parcels of bytecode made of all that (`runtime_parcels`).

    python tools/runtime.py     a second call only looks whether jaclib has changed

Where no source can be reached the book is built all the same, without Run buttons, and the next build tries again.
"""

from __future__ import annotations

import json
import subprocess
import sys

import jaclib_wheel
import runtime_parcels
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
# Unpacks, in the page, a single file of an official wheel at the moment in which Python reads it.
INFLATE = {
    "name": "fflate",
    "version": "0.8.2",
    "sha512": "cPJU47OaAoCbg0pBvzsgpTPhmhqI5eJjh/JIu8tPj5q+T7iLvW/JAYUqmE7KOB4R1ZyEhzBaIQpQpardBF5z8A==",
    "to": "pyodide",
    "keep": ["esm/browser.js"],
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
    return {"core": CORE, "inflate": INFLATE, "packages": PACKAGES, "not_needed": NOT_NEEDED}


def is_ready() -> bool:
    """Whether every file of the runtime is there with its digest, in the versions of this table."""
    index = _index()
    return index.get("recipe") == _recipe() and all(
        runtime_sources.is_there(FOLDER / name, entry["sha256"]) for name, entry in index["files"].items()
    )


def _write(wanted: dict[str, bytes], lock: dict, parcels: dict[str, str]) -> None:
    """Give the folder exactly these files, the lock and the index; a file that is right keeps its time."""
    wanted = wanted | {LOCK: _json(lock)}
    described = {name: {"size": len(data), "sha256": runtime_sources.sha256(data)} for name, data in wanted.items()}
    late = {name: runtime_parcels.PARCELS[name] for name in runtime_parcels.LATE if name in parcels}
    index = {"recipe": _recipe(), "version": VERSION, "files": described, "lock": lock}
    index |= {"parcels": parcels, "late": late}
    wanted[INDEX] = _json(index)
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, data in wanted.items():
        path = FOLDER / name
        if not path.exists() or path.read_bytes() != data:
            path.write_bytes(data)


def refresh() -> bool:
    """Bring the runtime up to date with jaclib, without network; say whether there is one."""
    if not is_ready():
        if not all(map(vendor.is_cached, (CORE, INFLATE))):
            return False
        try:
            make(sources=[])
        except runtime_sources.NotFetched:
            return False
        return True
    index = _index()
    own = {LOCK, index["lock"]["packages"]["jaclib"]["file_name"], *index["parcels"].values()}
    official = {name: (FOLDER / name).read_bytes() for name in index["files"] if name not in own}
    _assemble(official, index["lock"])
    return True


def _assemble(official: dict[str, bytes], lock: dict) -> None:
    """Write the official files with what is made here: jaclib's wheel, the lock that has it, and the parcels."""
    name, wheel, entry = jaclib_wheel.build(ROOT)
    files = official | {name: wheel}
    lock = {"info": lock["info"], "packages": lock["packages"] | {"jaclib": entry}}
    try:
        parcels = runtime_parcels.build(files, lock, CACHE, lambda: vendor.command("node"))
    except (OSError, subprocess.CalledProcessError) as error:
        said = (getattr(error, "stderr", None) or str(error)).splitlines()
        reason = next((line for line in reversed(said) if "Error" in line and len(line) < 300), str(error)[:300])
        print(f"  Node did not run, so Python starts three times more slowly in the pages: {reason}", flush=True)
        parcels = {}
    named = {parcel: f"{parcel}-{runtime_sources.sha256(data)[:12]}.parcel" for parcel, data in parcels.items()}
    files |= {named[parcel]: data for parcel, data in parcels.items()}
    _write(files, lock, named)


def make(sources: list[str]) -> None:
    """Fetch what is missing and put the runtime together.

    Raises
    ------
    runtime_sources.NotFetched
        If a file can be had nowhere; the text says what was tried.
    """
    try:
        core = vendor.contents(CORE)
        inflate = vendor.contents(INFLATE)["esm/browser.js"]
    except SystemExit as error:  # without it there is no book with formulas, but there is one without Run buttons
        raise runtime_sources.NotFetched(str(error)) from None
    lock = prune(json.loads(core.pop(LOCK)))
    wheels = {entry["file_name"]: entry["sha256"] for entry in lock["packages"].values()}
    runtime_sources.fetch(wheels, CACHE, sources)
    _assemble(core | {"fflate.mjs": inflate} | {name: (CACHE / name).read_bytes() for name in wheels}, lock)
    sizes = [entry["size"] for entry in _index()["files"].values()]
    print(f"  the Python runtime of the pages: {len(sizes)} files, {sum(sizes) / 1e6:.1f} MB", flush=True)


def main() -> int:
    problem = None
    try:
        if not refresh():
            make(runtime_sources.chosen(SOURCES))
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
