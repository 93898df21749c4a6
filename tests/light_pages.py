"""The built book without its typeset formulas, for tests of what stands between them.

Three quarters of a chapter's elements are the boxes and the MathML of its formulas. A test of a figure, an exercise or
a cell waits for them at every load and at every layout, and learns nothing from them. Everything else is the built
page, byte for byte. What formulas have to do with is tested on the pages themselves.
"""

import functools
import io
import re
from pathlib import Path

import serving

FORMULA = '<span class="katex">'
SPAN = re.compile(r"<(/?)span\b[^>]*>")


def apart(page: str) -> tuple[str, list[str]]:
    """Return the HTML of a page with an empty element for each formula, and the HTML of the formulas."""
    kept, formulas, at = [], [], 0
    while (start := page.find(FORMULA, at)) >= 0:
        depth = 0
        for tag in SPAN.finditer(page, start):
            depth += -1 if tag[1] else 1
            if not depth:
                break
        kept += [page[at:start], FORMULA, "</span>"]
        formulas.append(page[start : tag.end()])
        at = tag.end()
    return "".join([*kept, page[at:]]), formulas


@functools.cache
def _body(path: Path) -> bytes:
    return apart(path.read_text(encoding="utf-8"))[0].encode()


class Light(serving.Quiet):
    """Serves a built book, its pages without formulas."""

    def send_head(self):
        path = Path(self.translate_path(self.path))
        if path.suffix != ".html" or not path.is_file():
            return super().send_head()
        body = _body(path)
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)
