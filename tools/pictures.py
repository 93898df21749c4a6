"""Take the pictures of the README from the built book: ``make pictures``.

A code cell that was edited and run, an exercise that is answered wrongly and then rightly, and an interactive figure.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image

import chromium
import serving

ROOT = Path(__file__).resolve().parent.parent
HTML = ROOT / "_build" / "html"
PICTURES = ROOT / "book" / "pictures"
CHAPTER = "book/01_partial_derivatives.html"
PATIENCE = 300_000  # milliseconds
GAP = 16

# The cell of gradient descent, with another learning rate than the book's.
CELL, EDIT = "for rate in [0.02, 0.2, 0.3]:", ("for rate in [0.02, 0.2, 0.3]:", "for rate in [0.05, 0.25, 0.27]:")
EXERCISE, ANSWERS = "E1.4", ["672", "68"]
FIGURE = "gradient"


def edited_cell(page) -> Image.Image:
    """Edit and run a cell; return its picture."""
    number = page.evaluate("text => [...courseNotebook.cells].find(([, cell]) => cell.code.includes(text))[0]", CELL)
    cell = page.locator(f"#cell-{number}")
    code = page.evaluate("number => courseNotebook.cells.get(number).code", number)
    cell.locator(".live-edit").click()
    cell.locator(".cm-content").focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(code.replace(*EDIT))
    cell.locator(".live-run").click()
    page.wait_for_selector(f'#cell-{number}[data-live="done"]')
    page.keyboard.press("Control+Home")
    return shot(cell)


def exercise_steps(page) -> Image.Image:
    """Answer an exercise, wrongly first; return what is seen after each answer, side by side."""
    form = page.locator(f'[data-exercise="{EXERCISE}"]')
    task = page.locator(f"#exercise-{EXERCISE.lower().replace('.', '-')}")
    steps = []
    for answer in ANSWERS:
        field = form.locator("input").first
        field.fill(answer)
        field.press("Control+Enter")
        form.locator(".exercise-card:not([data-stale])").wait_for()
        page.wait_for_timeout(1500)  # the preview of how the answer was read
        field.blur()
        steps.append(below(shot(task), shot(form)))
    return beside(steps)


def figure(page) -> Image.Image:
    """Start an interactive figure; return its picture."""
    stage = page.locator(f'[data-figure="{FIGURE}"]')
    stage.scroll_into_view_if_needed()
    page.wait_for_selector(f'[data-figure="{FIGURE}"][data-state="live"]')
    page.wait_for_timeout(1000)
    return shot(stage.locator(".interactive-live"))


def shot(locator) -> Image.Image:
    return Image.open(io.BytesIO(locator.screenshot(animations="disabled"))).convert("RGB")


def below(*parts) -> Image.Image:
    whole = Image.new("RGB", (max(p.width for p in parts), sum(p.height for p in parts) + GAP), "white")
    y = 0
    for part in parts:
        whole.paste(part, (0, y))
        y += part.height + GAP
    return whole


def beside(parts) -> Image.Image:
    whole = Image.new(
        "RGB", (sum(p.width for p in parts) + GAP * 2 * (len(parts) - 1), max(p.height for p in parts)), "white"
    )
    x = 0
    for part in parts:
        whole.paste(part, (x, 0))
        x += part.width + 2 * GAP
    return whole


# name -> (what is taken, width of the page)
TAKEN = {"cell": (edited_cell, 1000), "exercise": (exercise_steps, 620), "figure": (figure, 1000)}


def main() -> int:
    from playwright.sync_api import sync_playwright

    path = chromium.required()
    PICTURES.mkdir(exist_ok=True)
    with serving.served(HTML) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=chromium.FLAGS)
        for name, (take, width) in TAKEN.items():
            page = browser.new_page(
                viewport={"width": width, "height": 900},
                device_scale_factor=1.5,
                color_scheme="light",
                reduced_motion="reduce",
            )
            page.set_default_timeout(PATIENCE)
            page.goto(f"{address}{CHAPTER}")
            page.wait_for_selector("html[data-live=ready]", state="attached")
            picture = take(page)
            picture.quantize(128, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)
            print(f"  {name}.png: {picture.width} × {picture.height}", flush=True)
            page.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
