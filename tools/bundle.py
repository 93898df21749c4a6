"""Make one JavaScript module of an npm library that is spread over many packages.

Every package is fetched and checked as the others of `tools/vendor.py` are; esbuild, as WebAssembly, runs wherever
Node does, and joins and shortens them. The same packages give the same bytes, so the module has a digest of its own
here, and one that is in the cache is taken without Node.
"""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

from runtime_sources import is_there, sha256

HERE = Path(__file__).resolve().parent
LICENSES = ("LICENSE", "LICENSE.md")


def _package(name: str, version: str, sha512: str) -> dict:
    return {"name": name, "version": version, "sha512": f"{sha512}=="}


ESBUILD = _package(  # 0.28.2 was seen to crash Node 20 at its end
    "esbuild-wasm",
    "0.25.12",
    "rZqkjL3Y6FwLpSHzLnaEy8Ps6veCNo1kZa9EOfJvmWtBq5dJH4iVjfmOO6Mlkv9B0tt9WFPFmb/VxlgJOnueNg",
)
# What is made, the digest of it, the script that says what of the library is needed, and the packages.
BUNDLES = [
    {
        "to": "codemirror/codemirror.js",
        "sha256": "1614f09f87b0a7293debaa57e26a8336e15fb0d6c62ccc1479e085608a41f84d",
        "entry": "codemirror.js",
        "packages": [
            _package(
                "@codemirror/state",
                "6.7.6",
                "kAz+AncRtKuIknedxT1bq4XwXv4UowhbkHU1myPrtVb/jZtImWuV5BXzv5vK6i3kYACsdiZiQKFQQ5Mq7elW8w",
            ),
            _package(
                "@codemirror/view",
                "6.43.15",
                "HHsfpqFeHyXLs983pSRe38Xajs0vFWZQ2BuX0m7Ki8w3jZ5iD8cuR3lBz2/5/X53Dhf32SBHKh6rtSTB6tKeGw",
            ),
            _package(
                "@codemirror/commands",
                "6.11.1",
                "O/4hG3SC1YwcmQ0d2UVNDs+AsaNWd1iHVxbTeEBuqH+6bExAiPK3iS/BvpY6rZGURALv4ZD3sIgcCmRvw3ehBg",
            ),
            _package(
                "@codemirror/language",
                "6.13.1",
                "zfvU2r3TyylQLMj/te+5CnQ0rSqZi8B1oTCBbQkagcLW4Xc6imab6qN+pEJhsuNOLaJqiRyBXp9UhWA1DhVvDw",
            ),
            _package(
                "@codemirror/lang-python",
                "6.2.1",
                "IRjC8RUBhn9mGR9ywecNhB51yePWCGgvHfY1lWN/Mrp3cKuHr0isDKia+9HnvhiWNnMpbGhWrkhuWOc09exRyw",
            ),
            _package(
                "@codemirror/autocomplete",
                "6.20.4",
                "yF8RhOf2SXlg00+qtupzLhrglcas61boqaONiNcbPIebHCpJocpqTBA6dyrtUrQO47hqyTdeob/3XnYilT7TaQ",
            ),
            _package(
                "@codemirror/streamparser",
                "6.0.0",
                "JTFPF6xrfjt0mnfGPgzcLiMwYmvIyNaoizp8BYzv8FE8KrT6GBGDZ190rtt+O7Wke3gG/MFHyiY9YGNeimof4w",
            ),
            _package(
                "@lezer/common",
                "1.5.5",
                "Pw7PVCndruF1pb3ebCxpSVpkMHSDjwRCLcTRw+RizUKco5QbWylwq2g4lnG/RYN7yTTQDXE9F77MwtkAyphrjg",
            ),
            _package(
                "@lezer/highlight",
                "1.2.5",
                "O1GMVKgtf5YspFaRzpmqkVgMtIk2HG9uMAbH6wdAIdNh3TVzCsch/+cRi+6l2//UGDKe6NB9BW3cvuR5ezMQ0w",
            ),
            _package(
                "@lezer/lr",
                "1.4.12",
                "On9HU4oMMiHPMkQDgoTnGahjgG5n/MkN38CgG77sMraKLL+3JBbeQNi1FcCXV9QRqwF9/BUXP3caHyJC1fBOTQ",
            ),
            _package(
                "@lezer/python",
                "1.1.19",
                "MhQIURHRytsNzP/YXnqpYKW6la6voAH3kyplTOOiCdjyFY6cWWGFVmYVdHIPrElqSDf4iCDktQCockB9FxuhzQ",
            ),
            _package(
                "style-mod",
                "4.1.4",
                "XXWIQt633/EpAFx8aZDOTjBzrCaGmhvEQlQo6MVPfa2OzO2cWo+4hV9h+6UkHYlXGfy+ODXKUdP7Pthmcu5ATw",
            ),
            _package(
                "w3c-keyname",
                "2.2.8",
                "dpojBhNsCNN7T82Tm7k26A6G9ML3NkhDsnw9n/eoxSRlVBB4CEtIQ/KTCLI2Fwf3ataSXRhYFkQi3SlnFwPvPQ",
            ),
            _package(
                "crelt",
                "1.0.7",
                "aK6BbWfhf4U/wCcLHKPJl/xa6VkVstRaPywWtMKGwuOLc/wZTyQYuoxgvZnNsBvv7Kg3YTBQYYBCggcviQczuA",
            ),
            _package(
                "@marijn/find-cluster-break",
                "1.0.4",
                "Wy0V7+SGUjnF9/TkiM1hKVDPj7jKXduPNboMVtHTA8dySMURWqfg/JZ9E2Sq8JgSJmkl7k7Qe9FLeMSrSraWmQ",
            ),
        ],
    },
]


def make(bundle: dict, into: Path, cache: Path, fetch: Callable[[dict], Path], node: Callable[[], list[str]]) -> None:
    """Write the module, and the licences of its packages beside it.

    Parameters
    ----------
    bundle : dict
        An entry of `BUNDLES`.
    into, cache : Path
        Folder of all that is vendored, and the one that keeps what was made.
    fetch : callable
        Gives the checked tarball of a package.
    node : callable
        Gives the command that runs Node.
    """
    target = into / bundle["to"]
    target.parent.mkdir(parents=True, exist_ok=True)
    kept = cache / f"{Path(bundle['to']).stem}-{bundle['sha256'][:16]}.js"
    if not is_there(kept, bundle["sha256"]):
        _build(bundle, kept, fetch, node)
    target.write_bytes(kept.read_bytes())
    texts = [_license(package, fetch(package)) for package in bundle["packages"]]
    target.with_name("LICENSES.txt").write_text("\n\n".join(texts), encoding="utf-8")


def _build(bundle: dict, kept: Path, fetch, node) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        for package in [ESBUILD, *bundle["packages"]]:
            _extract(fetch(package), root / "node_modules" / package["name"])
        entry = root / bundle["entry"]
        entry.write_bytes((HERE / bundle["entry"]).read_bytes())
        print(f"  making {bundle['to']} of {len(bundle['packages'])} npm packages", flush=True)
        made = root / "made.js"
        options = ["--bundle", "--format=esm", "--minify", "--target=es2022", "--legal-comments=none"]
        esbuild = root / "node_modules" / ESBUILD["name"] / "bin" / "esbuild"
        done = subprocess.run(
            [*node(), str(esbuild), entry.name, *options, f"--outfile={made.name}"],
            cwd=root,
            capture_output=True,
            text=True,
        )
        if not made.exists() or (got := sha256(made.read_bytes())) != bundle["sha256"]:
            problem = f"it has SHA-256 {got}, expected {bundle['sha256']}" if made.exists() else done.stderr.strip()
            raise SystemExit(f"{bundle['to']} could not be made with esbuild: {problem}.")
        kept.write_bytes(made.read_bytes())


def _extract(tarball: Path, to: Path) -> None:
    with tarfile.open(tarball) as archive:
        for member in archive:
            if member.isfile():
                target = to / member.name.partition("/")[2]
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.extractfile(member).read())


def _license(package: dict, tarball: Path) -> str:
    with tarfile.open(tarball) as archive:
        texts = [
            archive.extractfile(member).read().decode()
            for member in archive
            if member.name.partition("/")[2] in LICENSES
        ]
    return f"{package['name']} {package['version']}\n\n{''.join(texts)}"
