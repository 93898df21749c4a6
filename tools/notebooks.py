"""Execute, normalise and check the notebooks of the book.

The committed notebook with its outputs is the only source of a chapter, so two runs on unchanged code must
give the same bytes: cell ids follow from the cells' content, execution counts run 1..n, and whatever records
the machine or the moment is dropped. Then a diff shows only what an author changed.

    python tools/notebooks.py                    re-execute and normalise every notebook of the book
    python tools/notebooks.py book/02_*.ipynb    only these
    python tools/notebooks.py --normalise ...    keep the outputs, normalise the rest (after editing prose)
    python tools/notebooks.py --check ...        change nothing; list broken rules, exit 1 if there are any
"""

from __future__ import annotations

import argparse
import asyncio
import copy
import glob
import hashlib
import os
import re
import sys
import time
from collections import Counter
from pathlib import Path

import nbformat

from figures import smaller_png

ROOT = Path(__file__).resolve().parent.parent
CELL_TIMEOUT = 120  # seconds; the longest cell trains the digit classifier in under 20

KEEP_IN_NOTEBOOK = {"kernelspec", "language_info", "mystnb"}
KEEP_IN_CELL = {"tags", "mystnb", "jupyter", "editable", "slideshow"}
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}

# Cells that strict comparison may pass over: (notebook, tag or marker, first line of the cell) -> why.
ALLOWED_SKIPS: dict[tuple[str, str, str], str] = {}

# What nbval and nbclient take as "do not compare" or "do not run", as tags and as comments in the code.
_SKIP_TAG = re.compile(r"^(nbval-.*|skip-execution|raises-exception)$")
_SKIP_COMMENT = re.compile(r"^\s*#\s*((?:NBVAL|PYTEST_VALIDATE)_\w+)", re.MULTILINE)
_IMAGE = re.compile(r"^image/")
_MARKDOWN_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\(")
_HTML_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_FENCE = re.compile(r"^(```+|~~~+|:::+).*?^\1\s*$", re.MULTILINE | re.DOTALL)
_VOLATILE = re.compile(r"\b(?:at )?0x[0-9a-f]{8,}\b|(?<![\w.])/(?:home|Users|tmp|root|work)/\w")


def all_notebooks() -> list[Path]:
    """Return every notebook of the book in reading order."""
    return sorted((ROOT / "book").glob("*.ipynb"))


def chapter_number(path: Path) -> int | None:
    """Return the number of the chapter that a notebook is, as 2 of ``02_jacobian_matrix.ipynb``; None of the others."""
    number = path.name.partition("_")[0]
    return int(number) if number.isdigit() else None


def read(path) -> nbformat.NotebookNode:
    """Read a notebook as the current minor version of format 4."""
    return nbformat.read(path, as_version=4)


def write(nb: nbformat.NotebookNode, path: Path) -> bool:
    """Write the notebook if its bytes differ from the file; return whether they did."""
    text = nbformat.writes(nb).rstrip("\n") + "\n"
    if path.exists() and path.read_bytes() == text.encode():
        return False
    path.write_bytes(text.encode())
    return True


# ---------------------------------------------------------------------------------------------- execution


async def _execute(nb, path: Path, on_cell) -> None:
    from nbclient import NotebookClient

    client = NotebookClient(
        nb,
        timeout=CELL_TIMEOUT,
        kernel_name="python3",
        record_timing=False,
        extra_arguments=["--IPKernelApp.log_level=40"],  # its notice about TCP says nothing to an author
        resources={"metadata": {"path": str(path.parent)}},
        on_cell_executed=lambda cell, cell_index, execute_reply: on_cell(cell_index),
    )
    await client.async_execute()


def execute(paths: list[Path], say=print) -> dict[Path, nbformat.NotebookNode]:
    """Run notebooks from top to bottom, one kernel each, as many at a time as there are cores.

    Returns
    -------
    dict
        The executed and normalised notebook of each path; nothing is written.

    Raises
    ------
    RuntimeError
        If a cell raises or runs into the time limit; the message names the notebook and shows the traceback.
    """
    # A figure must reach the notebook, and small matrix products must not compete for the cores.
    os.environ.pop("MPLBACKEND", None)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    gate = asyncio.Semaphore(os.cpu_count() or 1)

    async def one(path: Path):
        nb = read(path)
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        async with gate:
            started = time.perf_counter()
            total = len(nb.cells)
            label = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
            say(f"  {label}: running {total} cells")
            reported = 0

            def on_cell(index):
                nonlocal reported
                if total // 4 <= index + 1 - reported and index + 1 < total:
                    reported = index + 1
                    say(f"  {label}: {reported} of {total} cells, {time.perf_counter() - started:.1f} s")

            try:
                await _execute(nb, path, on_cell)
            except Exception as error:
                raise RuntimeError(f"{label} does not run.\n{error}") from error
            say(f"  {label}: done in {time.perf_counter() - started:.1f} s")
        return normalise(nb)

    async def every():
        return dict(zip(paths, await asyncio.gather(*(one(path) for path in paths)), strict=True))

    # ZeroMQ needs a selector loop, which is not the default on Windows.
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        return runner.run(every())


# ------------------------------------------------------------------------------------------ normalisation


def _merge_streams(outputs: list) -> list:
    """Join neighbouring pieces of one stream: where they were cut depends on timing."""
    merged = []
    for output in outputs:
        last = merged[-1] if merged else None
        if last and output.output_type == last.output_type == "stream" and output.name == last.name:
            last.text += output.text
        else:
            merged.append(output)
    return merged


def normalise(nb: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Return a copy without anything that depends on the machine, the moment or the editor."""
    nb = copy.deepcopy(nb)
    nb.nbformat, nb.nbformat_minor = 4, 5
    kept = {key: value for key, value in nb.metadata.items() if key in KEEP_IN_NOTEBOOK}
    nb.metadata = nbformat.from_dict(kept | {"kernelspec": KERNEL, "language_info": {"name": "python"}})

    seen: Counter[str] = Counter()
    count = 0
    for cell in nb.cells:
        digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:8]
        seen[digest] += 1
        cell.id = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
        cell.metadata = nbformat.from_dict({k: v for k, v in cell.metadata.items() if k in KEEP_IN_CELL and v})
        if cell.cell_type != "code":
            continue
        cell.outputs = _merge_streams(cell.outputs)
        if cell.execution_count is not None:
            count += 1
            cell.execution_count = count
        for output in cell.outputs:
            output.pop("transient", None)
            if output.output_type == "execute_result":
                output.execution_count = cell.execution_count
            if "image/png" in output.get("data", {}):
                output.data["image/png"] = smaller_png(output.data["image/png"])
    return nb


# ------------------------------------------------------------------------------------------------- rules


def _headings(nb) -> list[str]:
    text = "\n\n".join(cell.source for cell in nb.cells if cell.cell_type == "markdown")
    return re.findall(r"^# +(.+)$", _FENCE.sub("", text), re.MULTILINE)


def _skips(cell) -> list[str]:
    tags = [tag for tag in cell.metadata.get("tags", []) if _SKIP_TAG.match(tag)]
    return tags + _SKIP_COMMENT.findall(cell.source)


def _output_problems(cell) -> list[str]:
    found = []
    for output in cell.outputs:
        data = output.get("data", {})
        texts = [output.get("text", ""), *(v for k, v in data.items() if k.startswith("text/"))]
        if output.get("name") == "stderr":
            found.append(f"writes to stderr: {output.text.strip().splitlines()[0][:80]}")
        if output.output_type == "error":
            found.append(f"ends in an error: {output.ename}: {output.evalue}")
        if any(_VOLATILE.search(str(text)) for text in texts):
            found.append("prints a memory address or a path of this machine: print something reproducible")
        if any(_IMAGE.match(kind) for kind in data):
            alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
            if len(str(alt).strip()) < 20:
                found.append(
                    "shows a figure without alt text: put one or two sentences into the cell's metadata, "
                    'as "mystnb": {"image": {"alt": "..."}}'
                )
    return found


def problems(nb: nbformat.NotebookNode, name: str) -> list[str]:
    """Return what breaks a rule of the book's notebooks, one sentence each; empty when nothing does."""
    found = []
    code = [cell for cell in nb.cells if cell.cell_type == "code"]
    counts = [cell.execution_count for cell in code]
    if not code:
        found.append("has no code cell")
    elif all(count is None for count in counts) or not any(cell.outputs for cell in code):
        found.append("is stripped of its outputs: run `make notebooks`")
    elif counts != list(range(1, len(code) + 1)):
        found.append(f"has execution counts {counts}, expected 1..{len(code)} in order: run `make notebooks`")
    headings = _headings(nb)
    if len(headings) != 1:
        found.append(f"has {len(headings)} level-1 headings, expected exactly one: {headings}")
    for position, cell in enumerate(nb.cells, start=1):
        first = cell.source.strip().splitlines()[0][:60] if cell.source.strip() else ""
        where = f"cell {position} ({first!r})"
        if not first:
            found.append(f"cell {position} is empty")
        if cell.cell_type == "markdown":
            if any(not match["alt"].strip() for match in _MARKDOWN_IMAGE.finditer(cell.source)):
                found.append(f"{where} has an image without alt text")
            if any("alt=" not in tag for tag in _HTML_IMAGE.findall(cell.source)):
                found.append(f"{where} has an <img> without alt text")
        elif cell.cell_type == "code":
            for skip in _skips(cell):
                if (name, skip, first) not in ALLOWED_SKIPS:
                    found.append(f"{where} escapes strict comparison by {skip!r}, which is not in ALLOWED_SKIPS")
            if re.search(r"^\s*[%!]\s*pip\b", cell.source, re.MULTILINE):
                found.append(f"{where} installs packages; the environment is requirements.txt")
            found += [f"{where} {problem}" for problem in _output_problems(cell)]
    if nbformat.writes(normalise(nb)) != nbformat.writes(nb):
        found.append("is not normalised: run `make notebooks`, or `tools/notebooks.py --normalise` to keep outputs")
    return found


# ------------------------------------------------------------------------------------------ command line


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", help="notebooks; default: every notebook of the book")
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--normalise", action="store_true", help="keep the outputs, normalise the rest")
    mode.add_argument("--check", action="store_true", help="list broken rules, change nothing")
    args = parser.parse_args(argv)

    # Windows shells hand patterns over as they are.
    named = [name for pattern in args.paths for name in (sorted(glob.glob(pattern)) or [pattern])]
    paths = [Path(name).resolve() for name in named] or all_notebooks()
    if missing := [path for path in paths if not path.is_file()]:
        print(f"no such notebook: {', '.join(map(str, missing))}", file=sys.stderr)
        return 2

    if args.check:
        results = {path: read(path) for path in paths}
    elif args.normalise:
        results = {path: normalise(read(path)) for path in paths}
    else:
        try:
            results = execute(paths, say=lambda line: print(line, flush=True))
        except RuntimeError as error:
            print(error, file=sys.stderr)
            return 1

    failed = False
    for path, nb in results.items():
        state = "checked" if args.check else ("written" if write(nb, path) else "unchanged")
        broken = problems(nb, path.name)
        failed |= bool(broken)
        print(f"{path.name}: {state}, {len(broken) or 'no'} problem{'s' if len(broken) != 1 else ''}")
        for problem in broken:
            print(f"  - {problem}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
