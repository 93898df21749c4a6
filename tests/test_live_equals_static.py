"""Live equals static: every code cell of the book, run in the page from top to bottom, shows what the notebook has."""

import pytest
from live_page import live_book, live_page  # noqa: F401

import notebooks

pytestmark = [pytest.mark.browser, pytest.mark.live]

# (notebook, cell) -> why the page shows something else there.
DIFFERENT: dict[tuple[str, int], str] = {}

RUN = """async ({number, source}) => {
  const cell = courseNotebook.cells.get(number);
  if (cell) {
    await courseNotebook.run(cell);
    return {state: cell.state, status: cell.status.textContent};
  }
  const {runtime} = await import(new URL('../_static/live/runtime.js', location.href));
  const outputs = [];
  await runtime.run(source, {cell: number, onOutput: output => outputs.push(output)});
  return {outputs};
}"""


def in_words(output) -> list:
    """Return an output of a notebook as `live_page.SHOWN` reads one from the page."""
    if output.output_type == "stream":
        return ["stream", output.text]
    if "image/png" in output.data:
        return ["image"]
    if "text/latex" in output.data:
        return ["text_latex", output.data["text/latex"].strip("$").removeprefix("\\displaystyle ")]
    return ["text_plain", output.data["text/plain"]]


@pytest.mark.parametrize("path", notebooks.all_notebooks(), ids=lambda path: path.stem)
def test_every_cell_shows_what_the_notebook_has(browser, book_url, live_book, path):  # noqa: F811
    differences = []
    with live_page(browser, f"{book_url}book/{path.stem}.html") as live:
        cells = [cell for cell in notebooks.read(path).cells if cell.cell_type == "code"]
        for number, cell in enumerate(cells, 1):
            found = live.page.evaluate(RUN, {"number": number, "source": cell.source})
            if "outputs" in found:  # an exercise: its form stands on the page, so its value is compared as data
                shown = [output["data"] for output in found["outputs"]]
                expected = [dict(output.data) for output in cell.outputs]
            else:
                assert found["state"] == "done", f"cell {number}: {found['status']}\n{live.shown(number)}"
                assert "after" not in found["status"], f"cell {number} has run others: {found['status']}"
                shown = [item[:1] if item[0] == "image" else item for item in live.shown(number)]
                expected = [in_words(output) for output in cell.outputs]
            if shown != expected and (path.stem, number) not in DIFFERENT:
                differences.append(f"cell {number}\n  page:     {shown}\n  notebook: {expected}")
        assert not differences, "\n".join(differences)
        assert not live.errors
        assert all(url.startswith((book_url, "blob:", "data:")) for url in live.requests)
