"""Figures are stored smaller, and look the same."""

import base64
import io

import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from figures import smaller_png


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
