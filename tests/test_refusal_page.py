"""The page of refusals: each wrong piece of code raises a jaclib error, and its correction means the same."""

import re

import pytest
from oracles import assert_close, stencil_jacobian

from generated import message_of, run, split
from notebooks import ROOT

PAGE = (ROOT / "book" / "refusals.md").read_text(encoding="utf-8")
(SETUP,) = re.findall(r"^```\{refusal-setup\}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
EXAMPLES = {
    title: split(body)
    for title, body in re.findall(r"^### ([^\n]+)\n(?:(?!^#).)*?^```\{refusal\}\n(.*?)^```", PAGE, re.M | re.S)
}


def test_every_example_is_found():
    assert len(EXAMPLES) == PAGE.count("```{refusal}\n") == len(re.findall(r"^### ", PAGE, re.MULTILINE))


def start():
    return run(SETUP)[0]


@pytest.mark.parametrize("title", EXAMPLES)
def test_the_error_is_jaclibs_own_and_the_correction_works(title):
    wrong, right = EXAMPLES[title]
    message = message_of(wrong, start())
    assert re.search(r"\bjaclib: |: (grad|jacrev|jvp|vjp|numeric_jacobian): ", message), message
    assert run(right, start())[1] is not None


# Plain NumPy cannot run the wrong code of these either.
NOT_PLAIN_NUMPY = {"An index or a count", "Nothing returned"}
LAST_LINE = re.compile(r"^(grad|jacrev)\(\w+\)\(x\)$", re.MULTILINE)
SAME_FUNCTION = [
    title
    for title, both in EXAMPLES.items()
    if all(LAST_LINE.search(code) for code in both) and title not in NOT_PLAIN_NUMPY
]


@pytest.mark.parametrize("title", SAME_FUNCTION)
def test_the_correction_is_the_derivative_of_the_code_that_was_refused(title):
    """Differences of the values of the refused function, which plain NumPy computes, give the corrected result."""
    wrong, right = EXAMPLES[title]
    by_differences = {
        name: lambda f: lambda x: stencil_jacobian(lambda x: f(x.copy()), x) for name in ("grad", "jacrev")
    }
    # The setup's own imports come first, and are replaced.
    assert_close(run(right, start())[1], run(wrong, start() | by_differences)[1])


def test_code_that_raises_nothing_fails_the_build():
    with pytest.raises(AssertionError, match="raises no error"):
        message_of("1 + 1", {})
    with pytest.raises(ValueError, match="a line ---"):
        split("1 / 0")
