"""The wheel of jaclib that the pages install: made from the working tree, the same bytes from the same files.

Its name carries a digest of its content, so that a browser that kept an older one asks for the new one.
"""

from __future__ import annotations

import base64
import hashlib
import io
import tomllib
import zipfile
from importlib.metadata import distribution
from pathlib import Path

_LEFT_OUT = ("__pycache__", ".ipynb_checkpoints")


def files(root: Path) -> dict[str, bytes]:
    """Return what is installed: every file of the package but what Python compiles."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted((root / "jaclib").rglob("*"))
        if path.is_file() and not set(path.relative_to(root).parts) & set(_LEFT_OUT)
    }


def _pretty_printer(info: str) -> dict[str, bytes]:
    """Return IPython's own module by which `jaclib.page.display` writes values, and its licence."""
    ipython = distribution("ipython")
    return {
        "jaclib/page/_pretty.py": ipython.locate_file("IPython/lib/pretty.py").read_bytes(),
        f"{info}/licenses/LICENSE.IPython": ipython.read_text("licenses/LICENSE").encode(),
    }


def _record(entries: dict[str, bytes], own: str) -> bytes:
    def digest(data: bytes) -> str:
        return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()

    lines = [f"{name},sha256={digest(data)},{len(data)}" for name, data in entries.items()]
    return "\n".join([*lines, f"{own},,", ""]).encode()


def build(root: Path) -> tuple[str, bytes, dict]:
    """Return the file name of the wheel, its bytes, and its entry of a Pyodide lock."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    name, version = project["name"], project["version"]
    info = f"{name}-{version}.dist-info"
    requires = [f"Requires-Dist: {line}" for line in project["dependencies"]]
    metadata = ["Metadata-Version: 2.4", f"Name: {name}", f"Version: {version}", f"Summary: {project['description']}"]
    entries = (
        files(root)
        | _pretty_printer(info)
        | {
            f"{info}/METADATA": "\n".join(
                [*metadata, f"License-Expression: {project['license']}", *requires, ""]
            ).encode(),
            f"{info}/WHEEL": b"Wheel-Version: 1.0\nGenerator: course\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
            f"{info}/licenses/LICENSE": (root / "LICENSE").read_bytes(),
        }
    )
    entries[f"{info}/RECORD"] = _record(entries, f"{info}/RECORD")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, data in entries.items():
            item = zipfile.ZipInfo(path, date_time=(2020, 1, 1, 0, 0, 0))  # not the time of the build
            item.compress_type = zipfile.ZIP_DEFLATED
            item.external_attr = 0o644 << 16
            archive.writestr(item, data, compresslevel=9)
    wheel = buffer.getvalue()
    digest = hashlib.sha256(wheel).hexdigest()
    # The digest stands where a wheel's name may carry a build number, which has to begin with a digit.
    file_name = f"{name}-{version}-0{digest[:12]}-py3-none-any.whl"
    entry = {
        "name": name,
        "version": version,
        "file_name": file_name,
        "install_dir": "site",
        "sha256": digest,
        "package_type": "package",
        "imports": [name],
        "depends": [line.split(">")[0].split("=")[0].strip() for line in project["dependencies"]],
        "unvendored_tests": False,
    }
    return file_name, wheel, entry
