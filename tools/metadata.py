"""What search engines and messages show of a page: its description always, its address where one is known.

The address of the published book is read from the build's environment: COURSE_ADDRESS names it; otherwise GitHub
Actions says which repository it builds, whose pages have a known address. Without either nothing claims one.
"""

from __future__ import annotations

import html
import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.errors import ExtensionError

import launch_links
import social_picture

DESCRIPTIONS = {
    "book/01_partial_derivatives": "Partial derivatives, the gradient, and the chain rule on a graph, up to "
    "backpropagation through a network: with figures to move, code that runs in the page, and exercises "
    "that name the mistake.",
    "book/02_jacobian_matrix": "The Jacobian as the best linear map: layouts, the chain rule as a matrix product, "
    "forward and reverse mode, Newton's method, singular points, with code that runs in the page.",
    "book/03_change_of_variables": "Substitution with the Jacobian determinant: signed lengths, areas and volumes, "
    "polar coordinates, folds, and densities up to normalizing flows, with code that runs in the page.",
    "genindex": "Index of the terms and functions of the course.",
    "search": "Search the course.",
}
NOT_LISTED = {"search"}  # pages that no search engine needs to show
LONGEST = 200


def base_address(environment=os.environ) -> str:
    """Return the address of the published book, with a slash at its end, or nothing."""
    if named := environment.get("COURSE_ADDRESS", "").strip():
        parts = urlsplit(named)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
            raise ExtensionError(f"COURSE_ADDRESS is {named!r}, expected an address like https://example.org/course/")
        return named.rstrip("/") + "/"
    found = launch_links.repository(environment)
    if found is None or not found.on_github:
        return ""  # GitHub Enterprise publishes elsewhere
    owner, _, name = found.name.partition("/")
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"


def first_sentences(doctree) -> str:
    """Return how the page begins, in whole sentences: the first paragraph of its text that has no formula."""
    paragraphs = [
        node
        for node in doctree.findall(nodes.paragraph)
        if isinstance(node.parent, nodes.section) and not list(node.findall(nodes.math))
    ]
    for text in (re.sub(r"\s+", " ", node.astext()).strip() for node in paragraphs):
        if len(text) >= 40:
            break
    else:
        return ""
    shown = ""
    for sentence in re.split(r"(?<=[.!?:]) ", text):
        if shown and len(shown) + len(sentence) >= LONGEST:
            break
        shown = f"{shown} {sentence}".strip()
    return shown if len(shown) <= LONGEST else shown[:LONGEST].rsplit(" ", 1)[0] + " …"


def add_tags(app, pagename, templatename, context, doctree) -> None:
    """Describe the page, and name its place where it has one."""
    description = DESCRIPTIONS.get(pagename) or (first_sentences(doctree) if doctree is not None else "")
    tags = {"description": description} if description else {}
    if pagename in NOT_LISTED:
        tags["robots"] = "noindex"
    base = app.config.html_baseurl
    if base and pagename not in NOT_LISTED:
        chapter = "<" not in context.get("title", "") and context.get("title", "")
        tags |= {
            "og:type": "website" if pagename == app.config.root_doc else "article",
            "og:site_name": app.config.html_title,
            "og:title": html.unescape(chapter or re.sub("<[^>]+>", "", context.get("title", ""))),
            "og:url": f"{base}{pagename}.html",
            "og:description": description,
            "og:image": f"{base}{social_picture.FILE}",
            "og:image:width": str(social_picture.SIZE[0]),
            "og:image:height": str(social_picture.SIZE[1]),
            "og:image:alt": social_picture.ALT,
            "twitter:card": "summary_large_image",
        }
    lines = [
        f'<meta {"property" if name.startswith("og:") else "name"}="{name}" content="{html.escape(text)}">'
        for name, text in tags.items()
        if text
    ]
    context["metatags"] = "\n    ".join(["", context.get("metatags", "").strip(), *lines])


def write_files(app, exception) -> None:
    """List the pages for search engines and draw the picture for messages, where the address of the book is known.

    A rebuild without one leaves no old files.
    """
    if exception or app.builder.format != "html":
        return
    out, base = Path(app.outdir), app.config.html_baseurl
    sitemap, robots, picture = out / "sitemap.xml", out / "robots.txt", out / social_picture.FILE
    if not base:
        for path in (sitemap, robots, picture):
            path.unlink(missing_ok=True)
        return
    social_picture.draw(picture, app.config.html_title)
    places = [f"  <url><loc>{html.escape(base + name)}.html</loc></url>" for name in sorted(app.env.found_docs)]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *places,
        "</urlset>",
        "",
    ]
    sitemap.write_text("\n".join(lines), encoding="utf-8")
    robots.write_text(f"User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n", encoding="utf-8")


def set_address(app, config) -> None:
    """Let Sphinx write the canonical address of each page."""
    config.html_baseurl = config.html_baseurl or base_address()


def setup(app):
    app.connect("config-inited", set_address)
    app.connect("html-page-context", add_tags, priority=600)
    app.connect("build-finished", write_files, priority=890)
