"""What the theme brings, without what no page of this book uses: a smaller style sheet, icons that need no script.

The theme's style names two thousand icons of Font Awesome and loads 156 KB of font for a dozen; a script of 543 KB then
draws the icons once more. Here the icons that pages, styles and scripts name are left, their shapes are inside the
style sheet, so that nothing jumps when they arrive, and the script is not sent.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pydata_sphinx_theme

import fonts

THEME = Path(pydata_sphinx_theme.__file__).parent / "theme/pydata_sphinx_theme/static"
FONTS = {
    "fa-solid-900": r"\bfa-solid\b|\bfas\b",
    "fa-regular-400": r"\bfa-regular\b",
    "fa-brands-400": r"\bfa-brands\b|\bfab\b",
}
DROPPED = ["styles/pydata-sphinx-theme.css", "scripts/fontawesome.js*", "vendor", "**/*.map"]

_ICON = re.compile(r"\bfa-[a-z0-9-]+")
_NAMED = re.compile(r"fa(?:(?<=\bfa)-[a-z0-9-]+|(?<=\bfa)[sb]\b)")  # begins with a letter, which is found at once
_RULE = re.compile(r'((?:\.fa-[a-z0-9-]+:before,?)+)\{content:"(?:[^"\\]|\\.)*"\}')
_PRIVATE = re.compile("[\ue000-\uf8ff]")  # where icon fonts have their glyphs
_FACE = re.compile(r"@font-face\{[^}]*?/(fa-[a-z0-9-]+)\.woff2[^}]*\}")


def font_face(rule: str, name: str, characters: str) -> str:
    """Return the @font-face rule with these characters of its font inside it."""
    data = fonts.data_address(THEME / f"vendor/fontawesome/webfonts/{name}.woff2", characters)
    return re.sub(r"src:[^}]*", f'src:url({data}) format("woff2")', rule)


def slim(style: str, used: str) -> str:
    """Return the theme's style with the icons that the text `used` names, and with their shapes."""
    icons = set(_ICON.findall(used))
    style = _RULE.sub(lambda rule: rule[0] if icons & set(_ICON.findall(rule[1])) else "", style)
    style = re.sub(r"\\([0-9a-f]{2,6}) ?", lambda code: chr(int(code[1], 16)), style)  # "\f0c9" as the character itself
    contents = re.findall(r':before\{content:"\\?(.)"\}', style)
    characters = "".join(sorted({*contents, *_PRIVATE.findall(style + used)}))
    # An icon is decoration: its empty alternative text keeps it from screen readers.
    style = re.sub(r'(\.fa-[a-z0-9-]+:before\{content:("[^"]+"))\}', r'\1;content:\2/""}', style)
    return _FACE.sub(
        lambda face: font_face(face[0], face[1], characters) if re.search(FONTS[face[1]], used) else "", style
    )


def _names(text: str) -> set[str]:
    """Return the icons that a text names, and those that it has."""
    return {*_NAMED.findall(text), *(character for character in set(text) if _PRIVATE.match(character))}


def write_style(app, exception) -> None:
    """Write the style when its icons have changed, and remove what it replaces."""
    if exception or app.builder.format != "html":
        return
    out, static = Path(app.outdir), Path(app.outdir) / "_static"
    for pattern in DROPPED:
        for path in static.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    made = static / "styles" / "theme-course.css"
    named = [*out.glob("*.html"), *out.glob("book/**/*.html"), *static.rglob("*.css"), *static.rglob("*.js")]
    used = {found for path in named if path != made for found in _names(path.read_text(encoding="utf-8"))}
    used = " ".join(sorted(used))
    source = (THEME / "styles/pydata-sphinx-theme.css").read_text(encoding="utf-8")
    stamp = hashlib.sha256((Path(__file__).read_text(encoding="utf-8") + source + used).encode()).hexdigest()[:16]
    if not (made.exists() and made.read_text(encoding="utf-8").endswith(f"/* {stamp} */\n")):
        made.write_text(f"{slim(source, used)}\n/* {stamp} */\n", encoding="utf-8")


def setup(app):
    app.connect("build-finished", write_style)
