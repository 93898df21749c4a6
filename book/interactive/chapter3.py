"""The interactive figures of chapter 3."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np

from jaclib import plotting

_BLUE, _ORANGE, _GREEN = (plotting.COLORS[role] for role in ("input", "output", "derivative"))


def polar_picture(start: dict) -> plt.Figure:
    """Draw the patch and the parallelogram as they start, and after the sides were halved twice, enlarged."""
    r, theta = start["r"], np.radians(start["theta"])
    figure, axes = plt.subplots(1, 3, figsize=(6.4, 2.9))
    for halvings, ax in enumerate(axes):
        dr, dtheta = start["dr"] / 2**halvings, np.radians(start["dtheta"]) / 2**halvings
        turn = np.linspace(theta, theta + dtheta, 31)
        rings = [radius * np.array([np.cos(turn), np.sin(turn)]) for radius in (r, r + dr)]
        patch = np.concatenate([rings[0], rings[1][:, ::-1]], axis=1)
        jacobian = np.array([[np.cos(theta), -r * np.sin(theta)], [np.sin(theta), r * np.cos(theta)]])
        corners = jacobian @ np.array([[0, dr, dr, 0, 0], [0, 0, dtheta, dtheta, 0]]) + rings[0][:, :1]
        ax.fill(*patch, fc=_ORANGE, alpha=0.4)
        ax.plot(*corners, color=_GREEN, ls="--")
        ends = np.concatenate([patch, corners], axis=1)
        middle, half = (ends.min(1) + ends.max(1)) / 2, 0.62 * np.ptp(ends, axis=1).max()
        ax.set(xlim=middle[0] + half * np.array([-1, 1]), ylim=middle[1] + half * np.array([-1, 1]), aspect="equal")
        ax.set(xticks=[], yticks=[])
        ax.set_xlabel(f"$\\Delta r$ = {dr:g}, $\\Delta\\theta$ = {np.degrees(dtheta):g}°", fontsize=11)
        ax.set_title(f"miss {dr / 2 / (r + dr / 2):.1%}".replace("%", " %"), fontsize=12)
    return figure


def fold_picture(start: dict) -> plt.Figure:
    """Draw the rectangle right of the crease, across it and left of it, each above its image, with the three areas."""
    figure, axes = plt.subplots(2, 3, figsize=(6.4, 3.7), sharex="row", sharey=True)
    w, h = start["w"], start["h"]
    for (above, below), u in zip(axes.T, (start["u"], -w / 2, -start["u"] - w), strict=True):
        signed = counted = 0
        for left, right, color in ((u, min(u + w, 0), plotting.COLORS["accent"]), (max(u, 0), u + w, _BLUE)):
            if left >= right:
                continue
            t, one = np.linspace(0, 1, 31), np.ones(31)
            across, up = left + (right - left) * t, start["v"] + h * t
            border_u = np.concatenate([across, right * one, across[::-1], left * one])
            border_v = np.concatenate([start["v"] * one, up, (start["v"] + h) * one, up[::-1]])
            above.fill(border_u, border_v, fc=color, alpha=0.4)
            below.fill(border_u**2 + border_v / 2, border_v, fc=color, alpha=0.4)
            part = (right**2 - left**2) * h
            signed, counted = signed + part, counted + abs(part)
        covered = max(u**2, (u + w) ** 2) - (0 if u < 0 < u + w else min(u**2, (u + w) ** 2))
        v = np.array([-0.2, 1.4])
        above.plot(0 * v, v, color="black", ls="--", lw=1.2)
        below.plot(v / 2, v, color="black", ls="--", lw=1.2)
        words = f"signed {signed + 0.0:.2f}\ncounted {counted:.2f}\ncovered {covered * h:.2f}"
        above.set_title(words.replace("-", "\N{MINUS SIGN}"), fontsize=11)
        above.set(xlim=(-1.6, 1.6), ylim=(-0.2, 1.4), aspect="equal", xlabel="$u$")
        below.set(xlim=(-0.3, 2.9), aspect="equal", xlabel="$x$")
    axes[0, 0].set_ylabel("$v$")
    axes[1, 0].set_ylabel("$y$")
    return figure


def density_picture(start: dict) -> plt.Figure:
    """Draw the square with the density of X below and that of Y beside it, and a cell with its mirror image."""

    def normal(x):
        return np.exp(-(x**2) / 2) / np.sqrt(2 * np.pi)

    def chi_square(y):
        return normal(np.sqrt(y)) / np.sqrt(y)

    shared = {"sharex": "col", "sharey": "row", "width_ratios": (1.7, 1), "height_ratios": (1.7, 1)}
    figure, ((curve, beside), (under, rest)) = plt.subplots(2, 2, figsize=(6.4, 4.6), **shared)
    rest.remove()
    x, y, ends = (
        np.linspace(-2.6, 2.6, 201),
        np.linspace(0.01, 5.6, 400),
        np.array([start["x"], start["x"] + start["w"]]),
    )
    curve.plot(x[x**2 < 5.6], x[x**2 < 5.6] ** 2, color="black")
    under.plot(x, normal(x), color=_BLUE)
    beside.plot(chi_square(y), y, color=_ORANGE)
    for sign in (1, -1):
        cell = sign * np.linspace(*ends, 31)
        under.fill_between(cell, normal(cell), color=_BLUE, alpha=0.4)
        for end in ends:
            curve.plot(
                [sign * end, sign * end, 4], [-0.4, end**2, end**2], color=plotting.COLORS["neutral"], lw=1, ls="--"
            )
    image = np.linspace(*ends**2, 61)
    beside.fill_betweenx(image, chi_square(image), color=_ORANGE, alpha=0.35)
    curve.set(xlim=(-2.6, 2.6), ylim=(-0.4, 5.6), ylabel="$y = x^2$")
    under.set(xlabel="$x$", ylabel="$p_X$", ylim=(0, 0.45))
    beside.set(xlabel="$p_Y$", xlim=(0, 1))
    beside.tick_params(labelbottom=True)
    return figure


ENTRIES = (
    {
        "id": "polar",
        "title": "A patch of the polar grid, and the parallelogram beside it",
        "section": "sec-3-polar",
        "place": ("before", "Now the recipe. Every change of variables has **three steps**"),
        "start": {"r": 1.0, "theta": 30.0, "dr": 0.5, "dtheta": 30.0},
        "tasks": (
            "Halve $\\Delta r$ and $\\Delta\\theta$ a few times. By what factor does the patch shrink each time, by "
            "what factor the missing area, and so the relative miss?",
            "Start again, and make only $\\Delta\\theta$ small. Then only $\\Delta r$. Which of the two makes the "
            "relative miss small, and why not the other, although the parallelogram comes to look like the patch?",
            "Drag the corner outward to $r = 2$ and inward to $r = 0$. Where is the formula worst? What goes wrong at "
            "$r = 0$, and why does it not disturb an integral?",
        ),
        "alt": (
            "Three enlarged views of an orange patch of a ring and the dashed green parallelogram that J makes of the "
            "rectangle. For steps 0.5 and 30 degrees at r = 1 it misses 20 percent of the patch; with both steps "
            "halved, 11.1 percent; halved again, 5.9 percent, and the two have almost the same shape."
        ),
        "room": (675, 1150),
        "picture": polar_picture,
    },
    {
        "id": "fold",
        "title": "A region that crosses a fold",
        "section": "sec-3-folds",
        "place": ("before", "**Singular sets.** Polar coordinates are not one-to-one at $r = 0$"),
        "start": {"map": "fold", "u": 0.2, "v": 0.0, "w": 1.2, "h": 1.0},
        "tasks": (
            "Drag the rectangle slowly to the left, over the crease, and out on the other side. When do the three "
            "numbers part, when is the signed area 0, and what is left of their agreement at the end?",
            "Make the rectangle of the chapter, from $u = -1$ with width 2.5. Which of the three numbers do you get "
            "from the areas of the blue part and of the purple part, and how?",
            "Choose $(u^3, v)$: $\\det J$ is 0 on the line $u = 0$ too. Why do the three numbers not part there? "
            "Then choose $(e^u\\cos v, e^u\\sin v)$ and make the height larger than $2\\pi$.",
        ),
        "alt": (
            "Three positions of a rectangle above its image under the fold. On the right of the crease signed, counted "
            "and covered area are all 1.92. Across the crease, in the middle, the two halves lie on each other: signed "
            "0, counted 0.72, covered 0.36. On the left: signed -1.92, counted and covered 1.92."
        ),
        "room": (530, 990),
        "picture": fold_picture,
    },
    {
        "id": "density",
        "title": "A density, pushed forward",
        "section": "sec-3-densities",
        "place": ("before", "**An affine map of a Gaussian.** Let $z$ have"),
        "start": {"map": "square", "x": 1.0, "w": 0.5},
        "tasks": (
            "Which two numbers never part, wherever you put the cell, and with which map? Choose $Y = 2X$ first, then "
            "$Y = e^X$: where is $p_Y$ higher than $p_X$, and what is $|\\det J|$ there?",
            "Choose $Y = X^2$ and put $x$ at 1.5: read off the chapter's $p_Y(2.25)$. Which two terms make it, and "
            "what would be missing with one of them?",
            "Drag $x$ to 0. What do $\\det J$ and $p_Y(y)$ do? Is the orange area infinite too?",
        ),
        "alt": (
            "The parabola y = x squared over the normal density of X. A cell from 1 to 1.5 and its mirror image from "
            "-1.5 to -1 are shaded blue; dashed lines lead up to the curve and over to the density of Y, where the "
            "interval from 1 to 2.25 is shaded orange. The orange area is that of both blue ones together, 0.184."
        ),
        "room": (840, 850),
        "picture": density_picture,
    },
)
