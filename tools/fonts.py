"""Fonts with nothing but the characters that the pages show, inside a style sheet.

So they need no request, and nothing shifts when they arrive: a page is not painted before its styles.
"""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

import vendor

KATEX = vendor.VENDOR / "katex" / "fonts"
STYLE = "styles/formulas.css"

# The fonts that the chapters' formulas need, with the class by which KaTeX chooses them (None: any formula may).
# The others, and characters that are not on the pages now, come from KaTeX's own files when something needs them.
FACES = [
    ("Main-Regular", None),
    ("Math-Italic", None),
    *((f"Size{size}-Regular", None) for size in (1, 2, 3, 4)),
    ("AMS-Regular", "mathbb|amsrm"),
    ("SansSerif-Regular", "mathsf|textsf"),
]


def data_address(path: Path, characters: str) -> str:
    """Return the font with only these characters of its own, as a data: address of WOFF2."""
    font = TTFont(path, recalcTimestamp=False)  # the same bytes each time
    pruner = subset.Subsetter(subset.Options(layout_features=[], notdef_outline=False, hinting=False))
    pruner.populate(text=characters)
    pruner.subset(font)
    font.flavor, packed = "woff2", io.BytesIO()
    font.save(packed)
    return f"data:font/woff2;base64,{base64.b64encode(packed.getvalue()).decode()}"


def shown(pages: list[str], marked: str | None) -> set[str]:
    """Return the characters of the pages, or of those of their elements that have one of the classes."""
    if marked is None:
        return set().union(*map(set, pages)) - set("\n\t")
    inside = re.compile(rf'class="(?:[^"]* )?(?:{marked})(?: [^"]*)?"[^>]*>([^<]+)<')
    return {character for page in pages for text in inside.findall(page) for character in text}


def face(name: str, characters: set[str]) -> str:
    """Return the rule by which KaTeX's font of this name is there at once for these characters."""
    family, style = name.split("-")
    path = KATEX / f"KaTeX_{name}.woff2"
    # A character that the font lacks is named too, or the whole font would be loaded to look for it.
    codes = ",".join(f"U+{ord(character):X}" for character in sorted(characters))
    return (
        f"@font-face{{font-family:KaTeX_{family};font-style:{'italic' if style == 'Italic' else 'normal'};"
        f"font-weight:400;font-display:block;unicode-range:{codes};"
        f'src:url({data_address(path, "".join(characters))}) format("woff2")}}'
    )


def write_style(app, exception) -> None:
    """Write the style sheet of the fonts when other characters are on the pages than before."""
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    pages = [path.read_text(encoding="utf-8") for path in sorted(out.glob("book/*.html"))]
    found = {marked: shown(pages, marked) for marked in {marked for _, marked in FACES}}
    characters = {name: found[marked] for name, marked in FACES}
    stamp = " ".join(f"{name}: {sorted(map(ord, found))}" for name, found in characters.items())
    made = out / "_static" / STYLE
    if not (made.exists() and made.read_text(encoding="utf-8").endswith(f"/* {stamp} */\n")):
        rules = [face(name, found) for name, found in characters.items()]
        made.write_text("\n".join([*rules, f"/* {stamp} */\n"]), encoding="utf-8")


def setup(app):
    app.connect("build-finished", write_style)
