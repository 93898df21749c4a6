"""How a value is shown: the same data, in the same forms, that IPython gives a notebook."""

from __future__ import annotations

import base64
import io
import sys
from collections.abc import Callable

try:
    from IPython.lib import pretty
except ImportError:  # in the page, whose wheel of jaclib carries IPython's own module: see tools/jaclib_wheel.py
    from jaclib.page import _pretty as pretty

_METHODS = {
    "text/html": "_repr_html_",
    "text/markdown": "_repr_markdown_",
    "image/svg+xml": "_repr_svg_",
    "image/png": "_repr_png_",
    "image/jpeg": "_repr_jpeg_",
    "text/latex": "_repr_latex_",
}


class Formatter:
    """One form of a value: by the value's own method, or by a function that was set for its type.

    Attributes
    ----------
    type_printers : dict
        Type to function; the first type of a value's MRO that is in it decides. SymPy reads and changes it.
    """

    def __init__(self, method: str):
        self.method = method
        self.type_printers: dict[type, Callable] = {}
        self._by_name: dict[str, Callable] = {}

    def for_type(self, kind: type, function: Callable | None = None) -> Callable | None:
        """Set the function for a type, unless it is None, and return the one before."""
        before = self.type_printers.get(kind)
        if function is not None:
            self.type_printers[kind] = function
        return before

    def for_type_by_name(self, module: str, name: str, function: Callable) -> None:
        """Set the function for a type that need not be imported yet."""
        self._by_name[f"{module}.{name}"] = function

    def __call__(self, value):
        """Return the value in this form, or None where it has none."""
        for kind in type(value).__mro__:
            function = self.type_printers.get(kind) or self._by_name.get(f"{kind.__module__}.{kind.__qualname__}")
            if function:
                return function(value)
        method = None if isinstance(value, type) else getattr(value, self.method, None)
        return method() if callable(method) else None


class PlainFormatter(Formatter):
    """Text, by IPython's pretty printer, with its settings in a notebook."""

    def __init__(self):
        super().__init__("__repr__")
        self.type_printers = dict(pretty._type_pprinters)

    def __call__(self, value) -> str:
        """Return the text."""
        text = io.StringIO()
        printer = pretty.RepresentationPrinter(text, max_width=79, type_pprinters=self.type_printers)
        printer.pretty(value)
        printer.flush()
        return text.getvalue()


class DisplayFormatter:
    """All forms of a value.

    Attributes
    ----------
    formatters : dict
        Media type to `Formatter`.
    """

    def __init__(self):
        self.formatters = {media: Formatter(method) for media, method in _METHODS.items()}
        self.formatters["text/plain"] = PlainFormatter()

    def format(self, value) -> tuple[dict, dict]:
        """Return the value's data and metadata by media type; images as base64.

        A form whose method raises is left out, and the error is printed, as in a notebook.
        """
        data, metadata = {}, {}
        for media, formatter in self.formatters.items():
            try:
                shown = formatter(value)
            except Exception as error:
                print(f"{media} of this {type(value).__name__} failed: {error!r}", file=sys.stderr)
                continue
            if isinstance(shown, tuple):
                shown, metadata[media] = shown
            if isinstance(shown, bytes):
                shown = base64.b64encode(shown).decode()
            if shown is not None:
                data[media] = shown
        return data, metadata


class _Shown:
    """Text that is shown in one form."""

    media: str

    def __init__(self, data: str):
        self.data = data

    def __repr__(self):
        return f"<{type(self).__name__} object>"


class HTML(_Shown):
    """Text shown as HTML."""

    def _repr_html_(self):
        return self.data


class Markdown(_Shown):
    """Text shown as Markdown."""

    def _repr_markdown_(self):
        return self.data


class Latex(_Shown):
    """Text shown as LaTeX, with its dollar signs."""

    def _repr_latex_(self):
        return self.data


class Math(Latex):
    """A formula in LaTeX, without dollar signs."""

    def _repr_latex_(self):
        return f"$\\displaystyle {self.data.strip('$')}$"


class SVG(_Shown):
    """An image in SVG."""

    def _repr_svg_(self):
        return self.data
