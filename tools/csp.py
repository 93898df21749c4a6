"""A Content-Security-Policy in every page: the browser itself refuses any request to another origin.

A host like GitHub Pages sets no headers, so the policy is a ``<meta>``, which counts from where it stands on: it
comes right after the charset. The theme and the extensions write a few inline scripts, whose hashes the policy names;
any other inline script, an inline event handler and ``eval`` are refused.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re

POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'wasm-unsafe-eval'",  # the second compiles Python's WebAssembly; the hashes are added
    "style-src": "'self' 'unsafe-inline'",  # formulas and figures carry style attributes
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",  # a worker from a blob: address inherits this policy
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_TYPE = re.compile(r"""\btype\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
_SOURCE = re.compile(r"\bsrc\s*=", re.IGNORECASE)
_CHARSET = re.compile(r"""<meta\s+charset=["']?utf-8["']?\s*/?>""", re.IGNORECASE)
EXECUTED_TYPES = {None, "text/javascript", "application/javascript", "module", "importmap"}
MARK = '<meta http-equiv="Content-Security-Policy"'


def inline_scripts(page: str) -> list[str]:
    """Return the text of the page's scripts that a browser would run and that have no address."""
    found = []
    for attributes, text in _SCRIPT.findall(page):
        kind = _TYPE.search(attributes)
        if not _SOURCE.search(attributes) and (kind and kind[1].lower()) in EXECUTED_TYPES:
            found.append(text)
    return found


def source_hash(script: str) -> str:
    """Return the expression by which a policy names an inline script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def policy(page: str, rules: dict[str, str] = POLICY) -> str:
    """Return the page's policy: the rules, and the hashes of its inline scripts."""
    hashes = sorted({source_hash(script) for script in inline_scripts(page)})
    rules = rules | {"script-src": " ".join([rules["script-src"], *hashes])}
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def add(page: str) -> str:
    """Return the page with its policy, which must be the last thing done to it."""
    charset = _CHARSET.search(page)
    if charset is None:
        raise ValueError('the page has no <meta charset="utf-8">, after which its policy would stand')
    meta = f'\n{MARK} content="{html.escape(policy(page), quote=False)}">'
    return page[: charset.end()] + meta + page[charset.end() :]
