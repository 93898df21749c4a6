"""Store a notebook's PNG figures with a palette: a third of the bytes, and no difference that an eye can see."""

from __future__ import annotations

import base64
import hashlib
import io
import os
from pathlib import Path

import numpy as np
import PIL
from PIL import Image

# Of 255, averaged over pixels and channels; the course's figures lose at most half of this.
MEAN_ERROR = 0.25

CACHE = Path(__file__).resolve().parent.parent / ".cache" / "figures"  # survives `make clean`
MOST = 400  # files in it, ten times what the book has


def smaller_png(encoded: str) -> str:
    """Return a base64 PNG with a palette of 256 colours, or the same one where that would be seen or save nothing.

    A figure that already has a palette comes back unchanged, so that storing one twice gives the same bytes.
    """
    raw = base64.b64decode(encoded)
    image = Image.open(io.BytesIO(raw))
    if image.mode == "P":
        return encoded
    key = hashlib.sha256(Path(__file__).read_bytes() + PIL.__version__.encode() + encoded.encode()).hexdigest()
    kept = CACHE / f"{key[:32]}.txt"
    if kept.exists():
        return kept.read_text()
    made = _reduced(encoded, raw, image)
    _keep(kept, made)
    return made


def _keep(path: Path, text: str) -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    for old in sorted(CACHE.glob("*.txt"), key=os.path.getmtime)[:-MOST]:
        old.unlink(missing_ok=True)
    part = path.with_suffix(f".{os.getpid()}")  # notebooks run side by side
    part.write_text(text)
    part.replace(path)


def _reduced(encoded: str, raw: bytes, image: Image.Image) -> str:
    paper = Image.new("RGBA", image.size, "white")
    full = Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")
    reduced = full.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    error = np.abs(np.asarray(reduced.convert("RGB"), float) - np.asarray(full, float)).mean()
    buffer = io.BytesIO()
    reduced.save(buffer, "PNG", optimize=True)
    if error > MEAN_ERROR or buffer.tell() >= len(raw):
        return encoded
    return base64.b64encode(buffer.getvalue()).decode() + "\n"
