"""Pack what the pages need of the Python packages so that a reader's browser compiles and unzips nothing.

Importing from sources takes three times as long as importing their bytecode, and most of a cold start was that. So
the build compiles every source once, with the Python of the pages itself (`bytecode.mjs`), and packs a few parcels:

- a parcel is gzip of: the length of a JSON header (4 bytes, little endian), the header, the files one after the other;
- the header has ``files``, ``[[path, size], ...]`` in that order, and ``lazy``, ``[[archive, folder, [[member, size],
  ...]], ...]``: members of an official archive, such as the sources, that the page fetches only when they are read.

The official files stay as they are beside the parcels: whatever is not in a parcel comes from them.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

HERE = Path(__file__).resolve().parent
STDLIB = "/lib/python3.14"
SITE = f"{STDLIB}/site-packages"
TAG = "cpython-314"
STDLIB_ARCHIVE = "python_stdlib.zip"
FORMAT = 1  # raise it when a parcel is made in another way

# parcel: the packages of the lock that are in it
PARCELS = {
    "python": [],  # the standard library
    "numpy": ["numpy"],
    "jaclib": ["jaclib"],
    "sympy": ["mpmath", "sympy"],
    "matplotlib": [
        "contourpy", "cycler", "fonttools", "kiwisolver", "matplotlib", "packaging", "pillow", "pyparsing",
        "python-dateutil", "six",
    ],
}  # fmt: skip

# Python starts without these: they come in the background, and are put in place by the first import of one of them.
LATE = ["sympy", "matplotlib"]

# Patterns of fnmatch, in which * stands for slashes too.
# Not in the pages at all: nobody can use them there.
NEVER = [
    "*.pyi", "*.pyx", "*.pxd", "*.h", "*.c", "*.a", "*.f", "*.f90", "*/", "*/tests/*",
    "*.dist-info/RECORD", "matplotlib/backends/web_backend/*",
]  # fmt: skip
# Fetched when read, and compiled in the page when imported: what the course does not use.
SELDOM = [
    # the standard library
    "_pyrepl/*", "doctest.py", "encodings/[!_ailu]*", "http/*", "idlelib/*", "imaplib.py",
    "mailbox.py", "multiprocessing/*", "pdb.py", "sqlite3/*", "smtplib.py", "wsgiref/*", "xml/[des]*", "xmlrpc/*",
    # packages
    "numpy/f2py/*", "fontTools/*", "packaging/licenses/*",
    "sympy/*benchmarks*", "sympy/categories/*", "sympy/crypto/*", "sympy/diffgeom/*", "sympy/holonomic/*",
    "sympy/liealgebras/*", "sympy/parsing/*/*", "sympy/physics/*",
    "sympy/sandbox/*", "sympy/stats/*", "sympy/testing/*",
    "sympy/vector/*",
    "matplotlib/backends/backend_[!ast]*", "matplotlib/sphinxext/*", "matplotlib/testing/*", "mpl_toolkits/axi*",
    "matplotlib/mpl-data/fonts/afm/*", "matplotlib/mpl-data/fonts/pdfcorefonts/*",
    "matplotlib/mpl-data/fonts/ttf/STIX*",
    "matplotlib/mpl-data/fonts/ttf/*Serif*", "matplotlib/mpl-data/fonts/ttf/*Mono*", "matplotlib/mpl-data/images/*",
    "matplotlib/mpl-data/sample_data/*", "matplotlib/mpl-data/plot_directive/*",
]  # fmt: skip
# Sources that are brought along: tracebacks lead to those of jaclib, and pyparsing reads the lines that call it.
READ_AT_ONCE = ["jaclib/*.py", "pyparsing/*.py", "matplotlib/_mathtext.py"]


def _matches(name: str, patterns: list[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def pack(files: dict[str, bytes], lazy: list) -> bytes:
    """Return a parcel of these files, by their absolute path in the page, and of the lazy ones."""
    table = {"files": [[path, len(data)] for path, data in files.items()], "lazy": lazy}
    header = json.dumps(table, separators=(",", ":")).encode()
    return gzip.compress(b"".join([len(header).to_bytes(4, "little"), header, *files.values()]), 9, mtime=0)


def unpack(parcel: bytes) -> tuple[dict[str, bytes], list]:
    """Return what `pack` was given."""
    data = gzip.decompress(parcel)
    at = 4 + int.from_bytes(data[:4], "little")
    table, files = json.loads(data[4:at]), {}
    for path, size in table["files"]:
        files[path] = data[at : at + size]
        at += size
    return files, table["lazy"]


def divide(archive: bytes, compiled: bytes, home: str) -> tuple[dict[str, bytes], list]:
    """Return the files that a parcel has of an archive, and the members that are left to be fetched when read.

    Bytecode goes where Python looks for it.
    """
    files, lazy = {}, []
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(io.BytesIO(compiled)) as bytecode:
        made = set(bytecode.namelist())
        for member in source.infolist():
            name = member.filename
            if _matches(name, NEVER):
                continue
            seldom = _matches(name, SELDOM)
            if seldom or (name.endswith(".py") and not _matches(name, READ_AT_ONCE)):
                lazy.append([name, member.file_size])
            else:
                files[f"{home}/{name}"] = source.read(member)
            if not seldom and f"{name}c" in made:
                path = PurePosixPath(home, name)
                files[f"{path.parent}/__pycache__/{path.stem}.{TAG}.pyc"] = bytecode.read(f"{name}c")
    return files, lazy


def _compile(core: dict[str, bytes], archives: dict[str, tuple[bytes, str]], node: Callable[[], list[str]]) -> dict:
    """Return, for each archive (bytes, where its sources will be), a zip of its bytecode."""
    with tempfile.TemporaryDirectory(prefix="bytecode-") as folder:
        for name, data in core.items():
            (Path(folder) / name).write_bytes(data)
        jobs = []
        for number, (data, home) in enumerate(archives.values()):
            (Path(folder) / f"{number}.in").write_bytes(data)
            jobs += [f"{folder}/{number}.in", f"{folder}/{number}.out", home]
        subprocess.run([*node(), str(HERE / "bytecode.mjs"), folder, *jobs], check=True, capture_output=True, text=True)
        return {name: (Path(folder) / f"{number}.out").read_bytes() for number, name in enumerate(archives)}


def _font_list() -> tuple[str, bytes]:
    """Return the list of its own fonts that Matplotlib would make at its first import, and where it looks for it."""
    from matplotlib import font_manager, get_data_path

    fonts = font_manager.FontManager()
    for kind in ("ttflist", "afmlist"):
        own = [font for font in getattr(fonts, kind) if font.fname.startswith(get_data_path())]
        setattr(fonts, kind, sorted(own, key=lambda font: font.fname))
    name = f"fontlist-v{font_manager.FontManager.__version__}.json"
    with tempfile.TemporaryDirectory() as folder:
        font_manager.json_dump(fonts, f"{folder}/{name}")
        return f"/home/pyodide/.matplotlib/{name}", (Path(folder) / name).read_bytes()


def _key(archives: dict[str, tuple[bytes, str]], core: dict[str, bytes]) -> str:
    """Return what a parcel follows from, in short."""
    digest = hashlib.sha256(json.dumps([FORMAT, NEVER, SELDOM, READ_AT_ONCE, sorted(archives)]).encode())
    for data in [
        (HERE / "bytecode.mjs").read_bytes(),
        core["pyodide.asm.wasm"],
        *(one for one, _ in archives.values()),
    ]:
        digest.update(hashlib.sha256(data).digest())
    return digest.hexdigest()[:16]


def build(files: dict[str, bytes], lock: dict, cache: Path, node: Callable[[], list[str]]) -> dict[str, bytes]:
    """Return the parcels by name, from the cache where nothing has changed.

    Parameters
    ----------
    files : dict
        The files of the runtime: the core and all wheels.
    lock : dict
        The pruned lock.
    cache : Path
    node : callable
        Returns the command that runs Node.
    """
    core = {name: data for name, data in files.items() if name.startswith("pyodide") or name == STDLIB_ARCHIVE}
    parcels, todo = {}, {}
    for parcel, names in PARCELS.items():
        archives = {lock["packages"][name]["file_name"]: SITE for name in names} or {STDLIB_ARCHIVE: STDLIB}
        archives = {name: (files[name], home) for name, home in archives.items()}
        kept = cache / f"{parcel}-{_key(archives, core)}.parcel"
        if kept.exists():
            parcels[parcel] = kept.read_bytes()
        else:
            todo[parcel] = (kept, archives)
    if todo:
        print(f"  compiling for the pages' Python: {', '.join(todo)}", flush=True)
        core["pyodide-lock.json"] = json.dumps(lock).encode()
        compiled = _compile(core, {name: one for _, some in todo.values() for name, one in some.items()}, node)
    for parcel, (kept, archives) in todo.items():
        found, lazy = {}, []
        for name, (data, home) in archives.items():
            some, left = divide(data, compiled[name], home)
            found |= some
            lazy.append([name, home, left])
        if parcel == "matplotlib":
            path, fonts = _font_list()
            found[path] = fonts
        parcels[parcel] = pack(found, lazy)
        cache.mkdir(parents=True, exist_ok=True)
        old = sorted(cache.glob(f"{parcel}-*.parcel"), key=lambda path: path.stat().st_mtime)
        for path in old[:-8]:
            path.unlink(missing_ok=True)
        part = kept.with_suffix(".part")
        part.write_bytes(parcels[parcel])
        part.replace(kept)
    return {parcel: parcels[parcel] for parcel in PARCELS}
