"""Bring changed styles, scripts and extra files into the built site without writing its pages again.

Sphinx copies them only when it writes a page, and writes into the head of each page what the styles and scripts that it
names contain, as a checksum. So what has changed is copied here, and the checksums are brought up to date.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from pathlib import Path

import finish

KEPT = ".assets"  # in the folder of the site: the digest of what was copied into it
_NAMED = re.compile(r'(?<=(?:src|ref)=")(?P<file>[^"?]*)\?v=(?P<sum>[0-9a-f]{8})(?=")')


def digest(app) -> str:
    """Return a digest of every file that is copied as it is; the pictures that the build draws follow from others."""
    found = hashlib.sha256()
    for folder in [*app.config.html_static_path, *app.config.html_extra_path]:
        if Path(folder).is_absolute():
            continue
        for path in sorted((Path(app.srcdir) / folder).rglob("*")):
            if path.is_file():
                data = path.read_bytes()
                found.update(f"{path.relative_to(app.srcdir).as_posix()} {len(data)}\n".encode())
                found.update(data)
    return found.hexdigest()


def checksum(path: Path) -> str | None:
    """Return what Sphinx would write of this file into a page; None where it writes nothing."""
    data = path.read_bytes().replace(b"\r", b"") if path.is_file() else b""
    return f"{zlib.crc32(data):08x}" if data else None


def renew_checksums(page: Path) -> None:
    """Name the styles and scripts of a page by what they contain now."""
    text = page.read_text(encoding="utf-8")
    renewed = _NAMED.sub(lambda name: f"{name['file']}?v={checksum(page.parent / name['file']) or name['sum']}", text)
    if renewed != text:
        page.write_text(renewed, encoding="utf-8")


def copy_changed(app, error) -> None:
    """Copy the files if one has changed."""
    if error or app.builder.format != "html":
        return
    out, now = Path(app.outdir), digest(app)
    kept = out / KEPT
    if kept.exists() and kept.read_text() == now:
        return
    app.builder.prepare_writing(set())
    app.builder.copy_static_files()
    app.builder.copy_extra_files()
    for page in finish.pages(out):
        renew_checksums(page)
    kept.write_text(now)


def setup(app):
    app.connect("build-finished", copy_changed, priority=100)  # before whatever works on these files and the pages
