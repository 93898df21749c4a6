"""Figures are stored smaller, and look the same."""

import base64
import io

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

import figures
from figures import smaller_png


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setattr(figures, "CACHE", tmp_path / "cache")


def png(draw):
    fig, ax = plt.subplots()
    draw(ax)
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png", dpi=200)
    return base64.b64encode(buffer.getvalue()).decode()


def pixels(encoded):
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(encoded))).convert("RGB"), float)


@pytest.mark.parametrize(
    "draw",
    [
        lambda ax: ax.plot(np.sin(np.linspace(0, 9, 200))),
        lambda ax: ax.imshow(np.outer(np.arange(64), np.arange(64)), cmap="cividis"),
    ],
    ids=["lines", "image"],
)
def test_a_figure_is_smaller_and_looks_the_same(draw):
    before = png(draw)
    after = smaller_png(before)
    assert len(after) < 0.6 * len(before)
    assert pixels(after).shape == pixels(before).shape
    assert np.abs(pixels(after) - pixels(before)).mean() < 0.25


def test_storing_twice_gives_the_same_bytes():
    once = smaller_png(png(lambda ax: ax.plot([1, 2])))
    assert smaller_png(once) == once


def test_a_picture_that_a_palette_would_spoil_is_left_alone():
    noise = np.random.default_rng(0).integers(0, 256, (200, 200, 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(noise).save(buffer, "PNG")
    encoded = base64.b64encode(buffer.getvalue()).decode()
    assert smaller_png(encoded) == encoded


def test_what_was_made_before_is_kept_and_another_picture_is_not_taken_for_it(monkeypatch):
    one, other = (png(lambda ax, k=k: ax.plot([1, k])) for k in (2, 3))
    made = smaller_png(one)
    reduced = figures._reduced
    monkeypatch.setattr(figures, "_reduced", lambda encoded, raw, image: "made anew")
    assert smaller_png(one) == made
    assert smaller_png(other) == "made anew"
    monkeypatch.setattr(figures, "_reduced", reduced)
    monkeypatch.setattr(figures.PIL, "__version__", "another")
    assert smaller_png(other) == smaller_png(other) != "made anew"


def test_the_cache_does_not_grow_without_end(monkeypatch):
    monkeypatch.setattr(figures, "MOST", 2)
    monkeypatch.setattr(figures, "_reduced", lambda encoded, raw, image: "made")
    for k in range(5):
        smaller_png(png(lambda ax, k=k: ax.plot([1, k])))
    assert len(list(figures.CACHE.iterdir())) == 3
