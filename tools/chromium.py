"""The browser that tests and measurements drive."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
# Without a screen Chromium makes an address bar all the same: a second of work for each page that is opened. It heeds
# only the last list of this kind, so Playwright's own is repeated here.
WITHOUT = (
    "WebUIOmniboxPopup WebUIOmniboxAimPopup WebUIOmniboxFullPopup AimEnabled AvoidCorsURLLoaderRestartOnRedirect "
    "AvoidUnnecessaryBeforeUnloadCheckSync DestroyProfileOnBrowserClose HttpsFirstBalancedModeAutoEnable HttpsUpgrades "
    "LensOverlay MediaRouter NetworkTimeServiceQuerying OptimizationHints PaintHolding PreconnectToSearch "
    "TcpPortRandomizationWin ThirdPartyStoragePartitioning"
)
FLAGS = [
    f"--disable-features={WITHOUT.replace(' ', ',')}",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = "Install chromium, or name one: JACLIB_CHROMIUM=/path/to/chromium"


def path() -> str | None:
    """Return the browser's path, or None where none is installed."""
    return os.environ.get("JACLIB_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def required() -> str:
    """Return the browser's path; where none is installed, end the program and say what to do."""
    found = path()
    if found is None:
        raise SystemExit(f"No Chromium is installed. {MISSING}")
    return found
