"""The built pages as one document for paper: one HTML page, which a browser prints.

What a screen unfolds is gathered at the end of its chapter: on paper nobody can look away from a solution that is
printed under its exercise. Links between pages become links inside the document. Figures that move are pictures.
"""

from __future__ import annotations

import copy
import html
import re
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

LEFT_OUT = {"genindex"}  # an index of links has no use on paper
SCREEN_ONLY = ".headerlink, .copybtn, script, noscript, .skip-link, .live-bar, link, template"

STYLE = """
@page {
  size: A4;
  margin: 22mm 18mm 20mm;
  @bottom-center { content: counter(page); font: 9pt sans-serif; color: #444; }
}
@page cover { @bottom-center { content: none; } }
html { font-size: 10.5pt; }
body { background: #fff; padding: 0; display: block; min-height: 0; }
.paper-cover { page: cover; height: 225mm; display: flex; flex-direction: column; justify-content: center; }
.paper-cover h1 { font-size: 34pt; line-height: 1.15; margin: 0 0 6mm; }
.paper-cover p { font-size: 13pt; margin: 0 0 3mm; }
.paper-cover img { width: 42mm; margin-bottom: 14mm; filter: none; background: none; }
.paper-contents { break-before: page; }
.paper-contents ol { list-style: none; padding: 0; margin: 0; }
.paper-contents a { display: flex; color: inherit; text-decoration: none; gap: 2mm; }
.paper-contents a::before { content: ""; order: 1; flex: 1; border-bottom: 1px dotted #777; margin-bottom: 1.2mm; }
.paper-contents .paper-number { order: 2; font-variant-numeric: tabular-nums; min-width: 3ch; text-align: right; }
.paper-level-1 { margin-top: 2.2mm; font-weight: 600; }
.paper-level-1:has(+ .paper-level-2) { break-after: avoid; }
.paper-level-2 { padding-left: 5mm; break-inside: avoid; }
.paper-page { break-before: page; font-size: inherit; }
.bd-article :is(h1, h2, h3, h4, h5), .rubric, .admonition-title, .sd-tab-label { break-after: avoid; }
.bd-article h1 { font-size: 21pt; margin-top: 0; }
.bd-article h2 { font-size: 15pt; } .bd-article h3 { font-size: 12.5pt; }
.bd-article pre { white-space: pre-wrap !important; overflow-wrap: anywhere; }
.bd-article pre { font-size: 8.6pt; line-height: 1.35; padding: 2mm; }
.bd-article table { font-size: 9pt; } .bd-article :is(td, th) { min-width: 0 !important; }
.bd-article tr { break-inside: avoid; }
.bd-main .bd-content table { break-inside: auto; }
.bd-article img { max-height: 190mm; object-fit: contain; }
.bd-article :is(.cell_output, .interactive) img { max-height: 100mm; }
.bd-article .exercise.admonition { break-after: avoid; }
.bd-article div.math { overflow: visible; }
.pst-scrollable-table-container, .cell_output .output, div.highlight { overflow: visible !important; }
.paper-answers { break-before: page; }
.paper-answers h3 { font-size: 11pt; margin-top: 5mm; }
.paper-answers .paper-kind { font-weight: 600; margin-bottom: 0.5mm; break-after: avoid; }
.paper-sheet { columns: 2; column-gap: 8mm; }
.paper-where { font-size: 9pt; }
.paper-options { list-style: lower-alpha; }
.interactive-stage { min-height: 0 !important; height: auto !important; }
.sd-tab-set > .sd-tab-content { border-top: 0; }
.paper-option { margin: 0 0 1.2mm; break-before: avoid; }
"""


def _place(name: str, fragment: str = "") -> str:
    """Return the id in the document of a place on a page."""
    return f"{PurePosixPath(name).name}--{fragment}" if fragment else PurePosixPath(name).name


def _retarget(article: Tag, name: str, names: set[str]) -> None:
    """Make every id unique in the document, and let links lead inside it where they can."""
    folder = PurePosixPath(name).parent
    for tag in article.find_all(id=True):
        tag["id"] = _place(name, tag["id"])
    for attribute in ("for", "aria-labelledby", "aria-describedby"):
        for tag in article.find_all(attrs={attribute: True}):
            tag[attribute] = _place(name, tag[attribute])
    for tag in article.find_all("input"):
        tag.decompose()  # the switches of the tabs, which are all open
    for tag in article.select("img[src]"):
        tag["src"] = _normal(folder / unquote(tag["src"])) if not tag["src"].startswith("data:") else tag["src"]
        tag.attrs.pop("loading", None)
    for tag in article.select("a[href]"):
        parts = urlsplit(tag["href"])
        if parts.scheme or parts.netloc:
            continue
        target = _normal(folder / unquote(parts.path)).removesuffix(".html") if parts.path else name
        if target in names:
            tag["href"] = f"#{_place(target, unquote(parts.fragment))}"
        else:
            del tag["href"]  # a picture in full size, a download


def _normal(path: PurePosixPath) -> str:
    pieces = []
    for piece in path.parts:
        if piece == "..":
            pieces.pop()
        else:
            pieces.append(piece)
    return "/".join(pieces)


def _fragment(text: str) -> Tag:
    return BeautifulSoup(text, "html.parser").find(True)


def _without_ids(tag: Tag) -> Tag:
    twin = copy.copy(tag)
    for other in twin.find_all(id=True):
        del other["id"]
    return twin


def _moved(details: Tag) -> list[Tag]:
    """Return what stands inside a fold: its title, and its content."""
    title = details.find("summary").get_text(" ", strip=True)
    content = [child.extract() for child in list(details.find("summary").find_next_siblings())]
    heading = _fragment('<p class="paper-kind"></p>')
    heading.string = title
    return [heading, *content]


def gather_answers(article: Tag, name: str) -> None:
    """Move hints, solutions and the feedback of quick questions to the end of the page."""
    answers = _fragment(f'<section class="paper-answers" id="{_place(name, "answers")}"></section>')
    where = f'<p class="paper-where"><a href="#{_place(name, "answers")}">{{}}: at the end of the chapter</a></p>'
    for questions in article.select(".quick-questions"):
        section = questions.find_parent("section")
        heading = _fragment("<h3></h3>")
        heading.string = "Quick questions: " + section.find(["h1", "h2", "h3"]).get_text(" ", strip=True)
        entry = _fragment('<div class="paper-answer"></div>')
        entry.append(heading)
        for child in questions.find_all(["p", "details"], recursive=False)[1:]:
            if child.name == "p":
                entry.append(_without_ids(child))
                continue
            summary = child.find("summary")
            for icon in summary.select("svg, .sd-summary-state-marker"):
                icon.decompose()
            option = _fragment('<p class="paper-option">○ </p>')
            feedback = _fragment('<div class="paper-feedback"></div>')
            shown = copy.copy(summary)
            shown.name, shown.attrs = "strong", {}
            entry.append(shown)
            for part in list(summary.find_next_siblings()):
                feedback.append(part.extract())
            entry.append(feedback)
            summary.name, summary.attrs = "span", {}
            option.append(summary.extract())
            child.replace_with(option)
        answers.append(entry)
        questions.append(_fragment(where.format("Answers")))
    for folds in article.select(".exercise-help"):
        block = folds.find_previous(class_="exercise")
        heading = _fragment("<h3></h3>")
        heading.string = block.find(class_="admonition-title").get_text(" ", strip=True)
        entry = _fragment('<div class="paper-answer"></div>')
        entry.append(heading)
        for details in folds.find_all("details"):
            for part in _moved(details):
                entry.append(part)
        answers.append(entry)
        folds.replace_with(_fragment(where.format("Hints and solution")))
    if answers.contents:
        answers.insert(0, _fragment("<h2>Hints, answers and solutions</h2>"))
        article.append(answers)


def _open(article: Tag) -> None:
    for details in article.find_all("details"):
        details["open"] = ""


def read(folder: Path, name: str, names: set[str]) -> tuple[Tag, str]:
    """Return the article of a page, made ready for paper, and its title."""
    page = BeautifulSoup((folder / f"{name}.html").read_text(encoding="utf-8"), "html.parser")
    article = page.select_one("article")
    for tag in article.select(SCREEN_ONLY):
        tag.decompose()
    for tag in article.select(".sheet-formulas"):
        tag["class"] = ["paper-sheet"]  # a sheet printed by itself makes all text of its document small
    _retarget(article, name, names)
    gather_answers(article, name)
    _open(article)
    article["class"] = ["bd-article", "paper-page"]
    article["id"] = _place(name)
    return article, _words(article.find("h1"))


def _words(tag: Tag) -> str:
    """Return the text of a heading, a formula in it once."""
    twin = copy.copy(tag)
    for drawing in twin.select(".katex-html, annotation"):
        drawing.decompose()
    return re.sub(r"\s+", " ", twin.get_text()).strip()


class Book:
    """The pages that are printed, as one document whose addresses start at the site's root.

    Parameters
    ----------
    folder, names
        The built site, and its pages in their order, without ".html".
    title, edition
        What stands on the cover; a colon parts the title from what stands below it.
    """

    def __init__(self, folder: Path, names: list[str], title: str, edition: str):
        names = [name for name in names if name not in LEFT_OUT]
        self.title, self.edition = title, edition
        self.pages = [(name, *read(folder, name, set(names))) for name in names]
        page = BeautifulSoup((folder / f"{names[-1]}.html").read_text(encoding="utf-8"), "html.parser")
        above = PurePosixPath(names[-1]).parent
        self.styles = [_normal(above / link["href"]) for link in page.select('link[rel="stylesheet"]')]

    def headings(self) -> list[tuple[int, str, str]]:
        """Return level, title and place of each page, its sections and theirs."""
        found = []
        for name, article, title in self.pages:
            found.append((1, title, _place(name)))
            for heading in article.find_all(["h2", "h3"]):
                section = heading.parent
                if section.name == "section" and section.get("id"):
                    # The section itself may begin below the last line of the page before its heading.
                    heading["id"] = f"{section['id']}-heading"
                    found.append((int(heading.name[1]), _words(heading), heading["id"]))
        return found

    def _contents(self, numbers: dict[str, int]) -> str:
        chapters = {_place(name) for name, article, _ in self.pages if article.find(class_="cell")}
        page, items = "", []
        for level, title, place in self.headings():
            page = place if level == 1 else page
            if level == 1 or (level == 2 and page in chapters):  # the chapters, whose sections are worth finding
                number = f'<span class="paper-number">{numbers.get(place, "000")}</span>'
                line = f'<a href="#{html.escape(place)}">{html.escape(title)}{number}</a>'
                items.append(f'<li class="paper-level-{level}">{line}</li>')
        return f'<nav class="bd-article paper-contents"><h1>Contents</h1><ol>{"".join(items)}</ol></nav>'

    def document(self, numbers: dict[str, int]) -> str:
        """Return the whole book; the contents has the numbers of pages, or room for them."""
        font = "font: 9pt sans-serif; color: #444;"
        heads = "\n".join(
            f"""@page p{number} {{ @top-left {{ content: "{title.replace(chr(34), "")}"; {font} }} }}
            [id="{_place(name)}"] {{ page: p{number}; }}"""
            for number, (name, _, title) in enumerate(self.pages)
        )
        # The browser keeps the page of a place only where a link leads to it.
        marks = "".join(f'<a href="#{html.escape(place)}"></a>' for _, _, place in self.headings())
        articles = [str(article) for _, article, _ in self.pages]
        main, _, subtitle = self.title.partition(": ")
        return "\n".join(
            [
                '<!DOCTYPE html><html lang="en" data-theme="light"><head><meta charset="utf-8">',
                f"<title>{html.escape(self.title)}</title>",
                *(f'<link rel="stylesheet" href="{address}">' for address in self.styles),
                f"<style>{STYLE}{heads}</style></head><body>",
                f'<div class="paper-cover"><img src="_static/logo.svg" alt=""><h1>{html.escape(main)}</h1>'
                f"<p>{html.escape(subtitle[:1].upper() + subtitle[1:])}</p><p>{html.escape(self.edition)}</p></div>",
                self._contents(numbers),
                *articles,
                f"<div hidden>{marks}</div></body></html>",
            ]
        )
