"""The npm packages that test the built pages, which the site does not ship: axe-core and html-validate.

``tests/web/package-lock.json`` pins each of them, and what they need, with its checksum. They are installed once into
``.cache``, below a name that changes with the pins.

    python tools/web_tools.py      a second call does nothing
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import vendor

PINS = vendor.ROOT / "tests" / "web"


def _folder() -> Path:
    digest = hashlib.sha256((PINS / "package-lock.json").read_bytes()).hexdigest()[:12]
    return vendor.CACHE.parent / f"web-{digest}"


def installed() -> Path:
    """Return the folder of the installed packages, installing them where they are missing."""
    folder = _folder()
    if not (folder / "node_modules").exists():
        fresh = folder.with_name(f"{folder.name}.{os.getpid()}")  # tests run in several processes
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(PINS, fresh)
        command = [*vendor.command("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        try:
            subprocess.run(command, cwd=fresh, check=True, stdout=subprocess.DEVNULL)
        except (OSError, subprocess.CalledProcessError) as error:
            shutil.rmtree(fresh, ignore_errors=True)
            raise SystemExit(
                f"Could not install what tests the pages ({error}).\nIt is needed once, from npm; check the connection "
                "and the registry that `npm config get registry` names, then try again."
            ) from None
        try:
            fresh.rename(folder)
        except OSError:  # another process was faster
            shutil.rmtree(fresh, ignore_errors=True)
    return folder / "node_modules"


if __name__ == "__main__":
    print(installed())
