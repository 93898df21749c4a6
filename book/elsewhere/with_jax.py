"""Tasks of the page elsewhere.md, one after each line ``# ---``."""

# --- setup
import jax
import jax.numpy as jnp

jax.config.update("jax_enable_x64", True)  # without it: float32


# --- gradient
def f(p):
    x, y = p
    return x**3 * y + 2 * x * y**2


gradient = jax.grad(f)(jnp.array([-1.0, 2.0]))

# --- network
X = jnp.array([[1.0, -2.0], [0.5, 1.0], [-1.0, 0.0]])
T = jnp.array([[1.0, 0.0], [0.0, 1.0], [0.0, 1.0]])
params = {
    "W1": jnp.array([[1.0, -0.5, 0.2], [0.3, 0.8, -1.0]]),
    "b1": jnp.array([0.1, 0.0, -0.2]),
    "W2": jnp.array([[0.7, -1.0], [0.4, 0.5], [-0.6, 0.9]]),
    "b2": jnp.array([0.0, 0.3]),
}


def loss(params):
    hidden = jnp.tanh(X @ params["W1"] + params["b1"])
    scores = hidden @ params["W2"] + params["b2"]
    log_p = jax.nn.log_softmax(scores)
    return -jnp.mean(jnp.sum(T * log_p, axis=1))


value, gradients = jax.value_and_grad(loss)(params)


# --- jacobian
def g(p):
    x, y, z = p
    return jnp.stack([x * z, x + y**2 * z])


point = jnp.array([2.0, -1.0, 3.0])
by_columns = jax.jacfwd(g)(point)  # forward mode
by_rows = jax.jacrev(g)(point)  # reverse mode

# --- products
v = jnp.array([1.0, -1.0, 2.0])
u = jnp.array([1.0, -1.0])

_, pushed = jax.jvp(g, (point,), (v,))
_, pullback = jax.vjp(g, point)
(pulled,) = pullback(u)

# --- hessian
at, direction = jnp.array([-1.0, 2.0]), jnp.array([1.0, -1.0])
_, hessian_product = jax.jvp(jax.grad(f), (at,), (direction,))

# --- batch
points = jnp.array([[2.0, -1.0, 3.0], [1.0, 2.0, 0.0]])
jacobians = jax.vmap(jax.jacrev(g))(points)


# --- custom
@jax.custom_vjp
def softplus(x):
    return jnp.logaddexp(0.0, x)


def forward(x):
    return softplus(x), x


def backward(x, upstream):
    return (upstream * 0.5 * (1 + jnp.tanh(x / 2)),)


softplus.defvjp(forward, backward)
slope = jax.grad(softplus)(jnp.log(3.0))


# --- determinant
def bend(p):
    u, v = p
    return jnp.stack([u - v**2 / 2, v + u * v / 2])


J = jax.jacfwd(bend)(jnp.array([0.5, 0.25]))
_, log_det = jnp.linalg.slogdet(J)


# --- stop
def bootstrapped(w):
    target = jax.lax.stop_gradient(w**3)
    return (w**2 - target) ** 2 / 2


stopped = jax.grad(bootstrapped)(2.0)


# --- branch
def halve(x):
    while x > 1:  # under jax.jit this raises an error
        x = x / 2 if x > 4 else x - 1
    return x**2


branch_slope = jax.grad(halve)(11.0)


# --- entry
def without_first(x):
    kept = x.at[0].set(0.0)  # a changed copy
    return jnp.sum(kept**2)


entry_gradient = jax.grad(without_first)(jnp.array([1.0, 2.0, 3.0]))

# --- end
# What the page says of JAX and does not show.
refused = [
    ("TracerBoolConversionError", lambda: jax.jit(halve)(11.0)),
    ("TypeError", lambda: jnp.zeros(3).__setitem__(0, 1.0)),
    (
        "ValueError",
        lambda: jax.grad(
            lambda x: jax.lax.while_loop(lambda x: x > 1, lambda x: x / 2, x)
        )(11.0),
    ),
    ("TypeError", lambda: jax.grad(g)(point)),
    ("TypeError", lambda: jax.grad(lambda n: n**2)(3)),
]
with jax.enable_x64(False):
    single = str(jnp.asarray(1.5).dtype)
facts = {
    "type": single,
    "max": jax.grad(lambda x: jnp.maximum(x, 0.0))(0.0),
    "relu": jax.grad(jax.nn.relu)(0.0),
    "abs": jax.grad(jnp.abs)(0.0),
    "shape": jax.jacrev(lambda W: W @ jnp.ones(3))(jnp.ones((2, 3))).shape,
}
