"""Templates: Markdown with `<name>` where a value stands, `<name:format>` where it is to be written in another way."""

from __future__ import annotations

import inspect
import re

from jaclib.exercises.writing import FORMATS

__all__ = ["fill", "names_in"]

# A name in angle brackets without spaces, so that $a < b$ stays what it is.
_FIELD = re.compile(r"<([A-Za-z_]\w*)(?::([^<>\s]+))?>")


def fill(template: str, values) -> str:
    """Return the template with the values written into it; its common indentation is removed.

    Raises
    ------
    ValueError
        If a name or a format is unknown.

    Examples
    --------
    >>> from jaclib.exercises.given import Given, exact
    >>> fill("Let $f = x^2 <b:+> x$ at $x = <a>$.", Given(a=exact(2), b=exact(-3)))
    'Let $f = x^2 - 3 x$ at $x = 2$.'
    """

    def write(match):
        name, how = match[1], match[2] or ""
        if not hasattr(values, name):
            known = ", ".join(sorted(vars(values)))
            raise ValueError(f"template: <{name}> has no value. Known here: {known}. Set g.{name} in derive.")
        if how not in FORMATS:
            raise ValueError(
                f"template: <{name}:{how}> has an unknown format. Known: {', '.join(filter(None, FORMATS))}."
            )
        return FORMATS[how](getattr(values, name))

    return _FIELD.sub(write, inspect.cleandoc(template))


def names_in(template: str) -> set[str]:
    """Return the names of the values that a template asks for."""
    return {match[1] for match in _FIELD.finditer(template)}
