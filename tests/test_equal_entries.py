"""What a sum hands back is one number for all entries: it must be written out wherever the entries begin to differ."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest

from jaclib import grad, hessian, jvp

ROWS = np.array([[0.3, -1.2, 0.7, 2.0], [1.1, 0.4, -0.6, 0.9], [-0.2, 0.8, 1.5, -1.0]])
COLUMN = np.array([[0.5], [-1.5], [2.5]])
ROW = np.array([1.0, -2.0, 0.25, 3.0])

# What is done to the entries before they are summed: of one array and, where there is a second, of two.
PROGRAMS = {
    "the sum itself": (lambda xp, x: xp.sum(x), (ROWS,)),
    "a scaled sum": (lambda xp, x: 3.0 * xp.sum(-x), (ROWS,)),
    "squares": (lambda xp, x: xp.sum((2.0 * x) ** 2), (ROWS,)),
    "a sum twice": (lambda xp, x: xp.sum(x) * xp.sum(x), (ROW,)),
    "sum, and parts of it": (lambda xp, x: xp.sum(x[1:]) + xp.sum(x) + xp.sum(x[:-1] ** 2), (ROW,)),
    "a part, then the sum": (lambda xp, x: xp.sum(x) + xp.sum(x[1:]), (ROW,)),
    "other shapes": (lambda xp, x: xp.sum(xp.reshape(x, (6, 2)).T), (ROWS,)),
    "sums of sums": (lambda xp, x: xp.sum(xp.sum(x, axis=0)), (ROWS,)),
    "sums kept": (lambda xp, x: xp.sum(xp.sum(x, axis=0, keepdims=True) * x), (ROWS,)),
    "a largest entry": (lambda xp, x: xp.sum(xp.max(x, axis=1)), (ROWS,)),
    "picked entries": (lambda xp, x: xp.sum(x[xp.array([0, 2, 2])]), (ROW,)),
    "products by rows": (lambda xp, x, y: xp.sum(x * y), (ROWS, ROW)),
    "products by columns": (lambda xp, x, y: xp.sum(x * y), (COLUMN, ROW)),
    "added by columns": (lambda xp, x, y: xp.sum(x + y), (COLUMN, ROW)),
    "a number and an array": (lambda xp, x, y: xp.sum(x - y), (np.array(2.0), ROWS)),
    "apart": (lambda xp, x, y: xp.sum(x) + xp.sum(y), (ROWS, ROWS)),
    "a matrix product": (lambda xp, x, y: xp.sum(x @ y), (ROWS, ROW)),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_gradient_behind_a_sum(name):
    function, args = PROGRAMS[name]
    args = [arg.copy() for arg in args]
    numbers = tuple(range(len(args)))
    found = grad(lambda *xs: function(np, *xs), numbers)(*args)
    expected = autograd.grad(lambda *xs: function(anp, *xs), numbers)(*args)
    for c, right, arg in zip(found, expected, args, strict=True):
        assert c.shape == arg.shape
        np.testing.assert_allclose(c, right, rtol=1e-14)
        if arg.ndim:
            assert c.flags.writeable
            assert not any(np.shares_memory(c, other) for other in (*args, *found) if other is not c)


@pytest.mark.filterwarnings("ignore:Output seems independent of input")  # autograd, where the gradient is constant
@pytest.mark.parametrize("name", [name for name, (_, args) in PROGRAMS.items() if len(args) == 1])
def test_second_derivatives_behind_a_sum(name):
    function, (x,) = PROGRAMS[name]
    found = hessian(lambda x: function(np, x))(x)
    np.testing.assert_allclose(found, autograd.hessian(lambda x: function(anp, x))(x), rtol=1e-14)
    _, along = jvp(grad(lambda x: function(np, x)), (x,), (x,))
    np.testing.assert_allclose(along, np.tensordot(found, x, x.ndim), rtol=1e-14, atol=1e-14)
