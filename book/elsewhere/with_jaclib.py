"""Tasks of the page elsewhere.md, one after each line ``# ---``."""

# --- setup
import numpy as np

from jaclib import (
    custom_vjp,
    grad,
    jacfwd,
    jacrev,
    jvp,
    log_abs_det_jacobian,
    value_and_grad,
    vjp,
)


# --- gradient
def f(p):
    x, y = p
    return x**3 * y + 2 * x * y**2


gradient = grad(f)(np.array([-1.0, 2.0]))

# --- network
X = np.array([[1.0, -2.0], [0.5, 1.0], [-1.0, 0.0]])
T = np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
params = {
    "W1": np.array([[1.0, -0.5, 0.2], [0.3, 0.8, -1.0]]),
    "b1": np.array([0.1, 0.0, -0.2]),
    "W2": np.array([[0.7, -1.0], [0.4, 0.5], [-0.6, 0.9]]),
    "b2": np.array([0.0, 0.3]),
}


def loss(params):
    hidden = np.tanh(X @ params["W1"] + params["b1"])
    scores = hidden @ params["W2"] + params["b2"]
    log_total = np.log(np.sum(np.exp(scores), axis=1))
    return np.mean(log_total - np.sum(T * scores, axis=1))


value, gradients = value_and_grad(loss)(params)


# --- jacobian
def g(p):
    x, y, z = p
    return np.stack([x * z, x + y**2 * z])


point = np.array([2.0, -1.0, 3.0])
by_columns = jacfwd(g)(point)  # forward mode
by_rows = jacrev(g)(point)  # reverse mode

# --- products
v = np.array([1.0, -1.0, 2.0])  # a tangent: one number per input
u = np.array([1.0, -1.0])  # a cotangent: one number per output

_, pushed = jvp(g, (point,), (v,))
_, pullback = vjp(g, point)
(pulled,) = pullback(u)

# --- hessian
at, direction = np.array([-1.0, 2.0]), np.array([1.0, -1.0])
_, hessian_product = jvp(grad(f), (at,), (direction,))

# --- batch
points = np.array([[2.0, -1.0, 3.0], [1.0, 2.0, 0.0]])
jacobians = np.stack([jacrev(g)(p) for p in points])


# --- custom
@custom_vjp
def softplus(x):
    return np.logaddexp(0.0, x)


def forward(x):
    return softplus(x), x  # the value, and what the way back needs


def backward(x, upstream):
    return (upstream * 0.5 * (1 + np.tanh(x / 2)),)


softplus.defvjp(forward, backward)
slope = grad(softplus)(np.log(3.0))


# --- determinant
def bend(p):
    u, v = p
    return np.stack([u - v**2 / 2, v + u * v / 2])


_, log_det = log_abs_det_jacobian(bend, np.array([0.5, 0.25]))


# --- stop
@custom_vjp
def stop_gradient(x):
    return x


stop_gradient.defvjp(
    lambda x: (x, None),
    lambda _, upstream: (np.zeros_like(upstream),),
)


def bootstrapped(w):
    target = stop_gradient(w**3)
    return (w**2 - target) ** 2 / 2


stopped = grad(bootstrapped)(2.0)


# --- branch
def halve(x):
    while x > 1:  # runs on the numbers themselves
        x = x / 2 if x > 4 else x - 1
    return x**2


branch_slope = grad(halve)(11.0)


# --- entry
def without_first(x):
    kept = np.where(np.arange(3) == 0, 0.0, x)
    return np.sum(kept**2)


entry_gradient = grad(without_first)(np.array([1.0, 2.0, 3.0]))


# --- end
# What the page says of jaclib and does not show.
def assigning(x):
    """Change an entry of a copy."""
    kept = x * 1.0
    kept[0] = 0.0
    return np.sum(kept**2)


refused = [
    ("TypeError", lambda: grad(assigning)(np.array([1.0, 2.0]))),
    ("TypeError", lambda: grad(g)(point)),
]
facts = {
    "type": str(np.asarray(1.5).dtype),
    "max": grad(lambda x: np.maximum(x, 0.0))(0.0),
    "abs": grad(np.abs)(0.0),
    "whole": grad(lambda n: n**2)(3),
    "shape": jacrev(lambda W: W @ np.ones(3))(np.ones((2, 3))).shape,
}
