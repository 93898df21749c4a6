"""Build ``lite/`` beside the book: the chapters as whole notebooks, run by JupyterLite in the reader's browser.

Everything comes from the book's own address. The Python is the site's ``/pyodide/``; the packages of its kernel stand
in ``lite/wheels/``, and one lock names all of them with their digests, jaclib included, so ``import jaclib`` works in
the first cell. The notebooks are the plain copies of `plain_notebook`, with their outputs. Each page has a
Content-Security-Policy that lets nothing out. Built again only when something that it is made of has changed.
"""

from __future__ import annotations

import email
import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from importlib.metadata import version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

import citations
import csp
import notebooks
import plain_notebook
import runtime
from notebooks import ROOT
from runtime import LOCK
from runtime_sources import sha256

PYODIDE = runtime.FOLDER
CACHE = ROOT / ".cache" / "lite"  # survives `make clean`
WHEELS = Path(__file__).with_name("lite_wheels.txt")
OURS = ROOT / "book" / "_lite"  # settings, styles and the script of every page
STAMP = "built-from.txt"

PIP_LIMIT = 300  # seconds
EXTENSION = "@jupyterlite/pyodide-kernel-extension"
APPS = ["notebooks", "tree", "edit", "lab"]  # one notebook; the list of files; a text file; all in one
KERNEL = {"name": "python", "display_name": "Python (in this page)", "language": "python"}
# What the kernel would otherwise look for one after the other; then jaclib, with all that the chapters import.
PRELOADED = ["micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython", "jaclib"]
# The markers of a requirement are read for the Python in the page.
IN_THE_PAGE = {
    "python_version": "3.14",
    "python_full_version": "3.14.0",
    "sys_platform": "emscripten",
    "platform_system": "Emscripten",
    "os_name": "posix",
    "extra": "",
}
# Forms of fonts for browsers that cannot run this, and what only developers of JupyterLite read.
UNUSED = ["build/*.eot", "build/*.ttf", "build/fa-*.svg", "build/fa-*.woff", "rspack.config*.js", "package.json"]

POLICY = csp.POLICY | {
    # JupyterLab compiles the schemas of its settings, and the kernel imports Pyodide, through `Function`.
    "script-src": "'self' blob: 'unsafe-eval' 'wasm-unsafe-eval'",
    "connect-src": "'self' data: blob:",
    "frame-src": "'self' data: blob:",
}


class NotBuilt(Exception):
    """The notebook pages cannot be built here; the text says why and what helps."""


# --- what it is made of --------------------------------------------------------------------------------------


def _wanted_wheels() -> dict[str, str]:
    """Return the digest of each wheel that the kernel needs, by requirement."""
    pairs = re.findall(r"^(\S+==\S+) --hash=sha256:(\w+)", WHEELS.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(pairs)


def _cached_wheels() -> list[Path] | None:
    """Return the wheels of the cache that are wanted, or None if one is missing."""
    digests = {sha256(path.read_bytes()): path for path in CACHE.glob("*.whl")}
    wanted = _wanted_wheels().values()
    return [digests[digest] for digest in wanted] if all(digest in digests for digest in wanted) else None


def prepare() -> None:
    """Make sure that all is there to build from; the kernel's wheels are fetched into the cache, once.

    Raises
    ------
    NotBuilt
        If the runtime, JupyterLite or a wheel is missing.
    """
    if not (PYODIDE / LOCK).exists():
        raise NotBuilt("the Python runtime of the pages is missing; to have it: python tools/runtime.py")
    if importlib.util.find_spec("jupyterlite_core") is None or not _extension().is_dir():
        raise NotBuilt("JupyterLite is not installed; to have it: python -m pip install -r requirements.txt")
    if _cached_wheels() is not None:
        return
    CACHE.mkdir(parents=True, exist_ok=True)
    print(f"  fetching {len(_wanted_wheels())} packages of the notebook pages with pip", flush=True)
    for_the_page = ["--only-binary", ":all:", "--platform", "any", "--implementation", "py", "--abi", "none"]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "-r", str(WHEELS), "--dest", str(CACHE), "--python-version", "3.14", *for_the_page]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PIP_LIMIT)
    except subprocess.TimeoutExpired:
        raise NotBuilt(f"pip did not fetch the packages of {WHEELS.name} in {PIP_LIMIT} seconds") from None
    if done.returncode or _cached_wheels() is None:
        last = (done.stderr.strip() or "a digest is another").splitlines()[-1]
        raise NotBuilt(f"pip could not fetch the packages of {WHEELS.name}: {last}")


def _extension() -> Path:
    return Path(sys.prefix) / "share" / "jupyter" / "labextensions" / EXTENSION


def megabytes() -> int:
    """Return how much Python and its packages a first visit loads, uncompressed."""
    lock = json.loads((PYODIDE / LOCK).read_text(encoding="utf-8"))
    names = [*runtime.CORE["keep"], *(entry["file_name"] for entry in lock["packages"].values())]
    files = [*(PYODIDE / name for name in names), *_cached_wheels()]
    return round(sum(path.stat().st_size for path in files) / 1e6)


def fingerprint() -> str:
    """Return a digest of all that the folder is made of."""
    digest = hashlib.sha256(f"{version('jupyterlite-core')} {version('jupyterlite-pyodide-kernel')}".encode())
    tools = [Path(module.__file__) for module in (sys.modules[__name__], csp, plain_notebook, citations)]
    sources = [*tools, WHEELS, *sorted(OURS.iterdir()), citations.BIBLIOGRAPHY, PYODIDE / LOCK]
    for path in [*sources, *notebooks.all_notebooks()]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


# --- its parts -----------------------------------------------------------------------------------------------


def for_the_page(path: Path):
    """Return the plain copy of a notebook, for the kernel of these pages, its own outputs trusted."""
    nb = plain_notebook.read(path)
    nb.metadata["kernelspec"] = dict(KERNEL)
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.metadata["trusted"] = True
    return nb


def lock_entry(wheel: Path, address: str) -> tuple[str, dict]:
    """Return the name of a pure wheel and what Pyodide's lock says of it."""
    with zipfile.ZipFile(wheel) as archive:
        files = archive.namelist()
        stated = next(name for name in files if name.endswith(".dist-info/METADATA"))
        metadata = email.message_from_bytes(archive.read(stated))
    requirements = map(Requirement, metadata.get_all("Requires-Dist") or [])
    name = canonicalize_name(metadata["Name"])
    return name, {
        "name": name,
        "version": metadata["Version"],
        "file_name": address,
        "install_dir": "site",
        "sha256": sha256(wheel.read_bytes()),
        "package_type": "package",
        "imports": sorted({file.split("/")[0].removesuffix(".py") for file in files if ".dist-info/" not in file}),
        "depends": [
            canonicalize_name(wanted.name)
            for wanted in requirements
            if wanted.marker is None or wanted.marker.evaluate(IN_THE_PAGE)
        ],
        "unvendored_tests": False,
    }


def _with_lock(out: Path) -> None:
    """Give the folder the kernel's wheels, and one lock of these and of the site's own packages."""
    lock = json.loads((PYODIDE / LOCK).read_text(encoding="utf-8"))
    packages = {
        name: entry | {"file_name": f"../{PYODIDE.name}/{entry['file_name']}"}
        for name, entry in lock["packages"].items()
    }
    carried = _extension() / "static" / "pypi"
    own = [path for path in carried.glob("*.whl") if parse_wheel_filename(path.name)[0] in PRELOADED]
    folder = out / "wheels"
    folder.mkdir()
    for wheel in [*_cached_wheels(), *own]:
        shutil.copyfile(wheel, folder / wheel.name)
        name, entry = lock_entry(wheel, f"wheels/{wheel.name}")
        packages[name] = entry
    missing = {need for entry in packages.values() for need in entry["depends"]} - set(packages)
    missing |= set(PRELOADED) - set(packages)
    if missing:
        raise NotBuilt(f"the kernel of the notebook pages lacks {', '.join(sorted(missing))}; see {WHEELS.name}")
    (out / LOCK).write_text(json.dumps({"info": lock["info"], "packages": packages}), encoding="utf-8")


def _settings() -> dict:
    kernel = {
        "pyodideUrl": f"./../{PYODIDE.name}/pyodide.mjs",
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"lockFileURL": LOCK, "packages": PRELOADED},
    }
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "The Jacobian",
            "appUrl": "./tree",
            "litePluginSettings": {f"{EXTENSION}:kernel": kernel},
        },
    }


def guarded(html: str, depth: int) -> str:
    """Return the page with its policy, the course's styles, and the script that brings its workers under the policy."""
    up = "../" * depth
    head = (
        '<meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{csp.policy(html, POLICY)}">'
        f'<script src="{up}workers.js"></script>'
        f'<link rel="stylesheet" href="{up}course.css">'
        f'<link rel="icon" type="image/svg+xml" href="{up}../_static/favicon.svg">'
    )
    return re.sub(r"<head>", lambda match: match[0] + head, html, count=1)


def _make(out: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="lite-") as name:
        work = Path(name)
        for path in notebooks.all_notebooks():
            (work / "files").mkdir(exist_ok=True)
            # Not by nbformat, which drops the mark of trust.
            (work / "files" / path.name).write_text(json.dumps(for_the_page(path)), encoding="utf-8")
        (work / "jupyter-lite.json").write_text(json.dumps(_settings()), encoding="utf-8")
        shutil.copyfile(OURS / "overrides.json", work / "overrides.json")
        config = {
            "lite_dir": str(work),
            "output_dir": str(out),
            "contents": [str(work / "files")],
            "apps": APPS,
            "federated_extensions": [str(_extension())],
            "ignore_sys_prefix": True,
            "no_sourcemaps": True,
            "no_unused_shared_packages": True,
            "no_libarchive": True,
        }
        (work / "jupyter_lite_config.json").write_text(json.dumps({"LiteBuildConfig": config}), encoding="utf-8")
        command = [sys.executable, "-m", "jupyterlite_core", "build"]
        done = subprocess.run(command, cwd=work, capture_output=True, text=True)
        if done.returncode:
            raise NotBuilt("JupyterLite stopped: " + (done.stderr.strip() or done.stdout.strip())[-2000:])


def _finish(out: Path) -> None:
    for pattern in UNUSED:
        for path in out.glob(pattern):
            path.unlink()
    for path in (out / "extensions" / EXTENSION / "static" / "pypi").iterdir():  # all in wheels/, by the lock
        if path.name == "all.json":
            path.write_text("{}")
        else:
            path.unlink()
    for name in ("workers.js", "course.css"):
        shutil.copyfile(OURS / name, out / name)
    icons = Path(importlib.util.find_spec("jupyter_server").origin).parent / "static" / "favicons"
    shutil.copytree(icons, out / "static" / "favicons")  # the notebook shows by its icon that Python is busy
    for app in APPS:
        shutil.copyfile(icons / "favicon.ico", out / app / "favicon.ico")
    for page in out.rglob("*.html"):
        if "files" not in page.relative_to(out).parts:
            html = page.read_text(encoding="utf-8")
            page.write_text(guarded(html, len(page.relative_to(out).parts) - 1), encoding="utf-8")


def build(target: Path) -> bool:
    """Build the folder unless it is made of the same already; return whether it was built."""
    stamp = fingerprint()
    if (target / STAMP).is_file() and (target / STAMP).read_text() == stamp:
        return False
    fresh = target.with_name(f"{target.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    _make(fresh)
    _with_lock(fresh)
    _finish(fresh)
    (fresh / STAMP).write_text(stamp)
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    return True
