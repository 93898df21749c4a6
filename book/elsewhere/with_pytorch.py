"""Tasks of the page elsewhere.md, one after each line ``# ---``."""

# --- setup
import torch
from torch.func import grad, jacfwd, jacrev, jvp, vjp, vmap

torch.set_default_dtype(torch.float64)  # without it: float32


# --- gradient
def f(p):
    x, y = p
    return x**3 * y + 2 * x * y**2


p = torch.tensor([-1.0, 2.0], requires_grad=True)
f(p).backward()  # adds to p.grad
gradient = p.grad

# --- network
X = torch.tensor([[1.0, -2.0], [0.5, 1.0], [-1.0, 0.0]])
classes = torch.tensor([0, 1, 1])
params = {
    "W1": torch.tensor([[1.0, -0.5, 0.2], [0.3, 0.8, -1.0]]),
    "b1": torch.tensor([0.1, 0.0, -0.2]),
    "W2": torch.tensor([[0.7, -1.0], [0.4, 0.5], [-0.6, 0.9]]),
    "b2": torch.tensor([0.0, 0.3]),
}
for tensor in params.values():
    tensor.requires_grad_()

hidden = torch.tanh(X @ params["W1"] + params["b1"])
scores = hidden @ params["W2"] + params["b2"]
loss = torch.nn.functional.cross_entropy(scores, classes)
loss.backward()

value = loss.item()
gradients = {name: tensor.grad for name, tensor in params.items()}


# --- jacobian
def g(p):
    x, y, z = p
    return torch.stack([x * z, x + y**2 * z])


point = torch.tensor([2.0, -1.0, 3.0])
by_columns = jacfwd(g)(point)  # forward mode
by_rows = jacrev(g)(point)  # reverse mode

# --- products
v = torch.tensor([1.0, -1.0, 2.0])
u = torch.tensor([1.0, -1.0])

_, pushed = jvp(g, (point,), (v,))
_, pullback = vjp(g, point)
(pulled,) = pullback(u)

# --- hessian
at, direction = torch.tensor([-1.0, 2.0]), torch.tensor([1.0, -1.0])
_, hessian_product = jvp(grad(f), (at,), (direction,))

# --- batch
points = torch.tensor([[2.0, -1.0, 3.0], [1.0, 2.0, 0.0]])
jacobians = vmap(jacrev(g))(points)


# --- custom
class Softplus(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.logaddexp(torch.zeros_like(x), x)

    @staticmethod
    def backward(ctx, upstream):
        (x,) = ctx.saved_tensors
        return upstream * torch.sigmoid(x)


x = torch.tensor(3.0).log().requires_grad_()
Softplus.apply(x).backward()
slope = x.grad


# --- determinant
def bend(p):
    u, v = p
    return torch.stack([u - v**2 / 2, v + u * v / 2])


J = jacfwd(bend)(torch.tensor([0.5, 0.25]))
_, log_det = torch.linalg.slogdet(J)


# --- stop
def bootstrapped(w):
    target = (w**3).detach()
    return (w**2 - target) ** 2 / 2


w = torch.tensor(2.0, requires_grad=True)
bootstrapped(w).backward()
stopped = w.grad


# --- branch
def halve(x):
    while x > 1:  # runs on the numbers themselves
        x = x / 2 if x > 4 else x - 1
    return x**2


branch_slope = grad(halve)(torch.tensor(11.0))


# --- entry
def without_first(x):
    kept = x.clone()
    kept[0] = 0.0  # in place, on a copy
    return torch.sum(kept**2)


entry_gradient = grad(without_first)(torch.tensor([1.0, 2.0, 3.0]))


# --- end
# What the page says of PyTorch and does not show.
def overwritten():
    """Change a value in place that the way back needs."""
    x = torch.tensor([1.0, 2.0], requires_grad=True)
    y = torch.exp(x)
    y += 1.0
    y.sum().backward()


def twice():
    """Go back through one graph two times."""
    x = torch.tensor(1.0, requires_grad=True)
    y = torch.exp(x)
    y.backward()
    y.backward()


def entry_of_a_leaf():
    """Change an entry of a tensor whose gradient is wanted."""
    torch.tensor([1.0, 2.0], requires_grad=True)[0] = 0.0


refused = [
    ("RuntimeError", overwritten),
    ("RuntimeError", twice),
    ("RuntimeError", entry_of_a_leaf),
    ("RuntimeError", lambda: g(point.clone().requires_grad_()).backward()),
    ("RuntimeError", lambda: grad(g)(point)),
    ("RuntimeError", lambda: vmap(halve)(torch.tensor([11.0, 3.0]))),
    ("RuntimeError", lambda: torch.ones(2, requires_grad=True).numpy()),
    ("RuntimeError", lambda: grad(lambda n: n**2)(torch.tensor(3))),
]
w = torch.tensor(3.0, requires_grad=True)
(w**2).backward()
(w**2).backward()
torch.set_default_dtype(torch.float32)
single = str(torch.tensor(1.5).dtype).removeprefix("torch.")
torch.set_default_dtype(torch.float64)
zero = torch.tensor(0.0)
facts = {
    "type": single,
    "max": grad(lambda x: torch.maximum(x, zero))(zero),
    "relu": grad(torch.relu)(zero),
    "abs": grad(torch.abs)(zero),
    "shape": tuple(
        jacrev(lambda W: W @ torch.ones(3))(torch.ones((2, 3))).shape
    ),
    "added up": w.grad,
}
