"""Tasks of the page elsewhere.md, one after each line ``# ---``."""

# --- setup
import sympy as sp

x, y, z = sp.symbols("x y z", real=True)

# --- gradient
f = x**3 * y + 2 * x * y**2
here = {x: -1, y: 2}
gradient = [sp.diff(f, s).subs(here) for s in (x, y)]

# --- network
X = sp.Matrix([[1, -2], [sp.Rational(1, 2), 1], [-1, 0]])
T = sp.Matrix([[1, 0], [0, 1], [0, 1]])
start = {
    "W1": sp.Matrix([[1.0, -0.5, 0.2], [0.3, 0.8, -1.0]]),
    "b1": sp.Matrix([[0.1, 0.0, -0.2]]),
    "W2": sp.Matrix([[0.7, -1.0], [0.4, 0.5], [-0.6, 0.9]]),
    "b2": sp.Matrix([[0.0, 0.3]]),
}
params = {
    name: sp.Matrix(sp.MatrixSymbol(name, *matrix.shape))
    for name, matrix in start.items()
}
each = sp.ones(3, 1)  # puts the bias under every example

hidden = (X * params["W1"] + each * params["b1"]).applyfunc(sp.tanh)
scores = hidden * params["W2"] + each * params["b2"]
total = scores.applyfunc(sp.exp) * sp.ones(2, 1)
loss = (sum(total.applyfunc(sp.log)) - sum(T.multiply_elementwise(scores))) / 3

at_start = {
    symbol: number
    for name, symbols in params.items()
    for symbol, number in zip(symbols, start[name], strict=True)
}
value = loss.xreplace(at_start)
gradients = {
    name: symbols.applyfunc(lambda s: sp.diff(loss, s).xreplace(at_start))
    for name, symbols in params.items()
}

# --- jacobian
g = sp.Matrix([x * z, x + y**2 * z])
J = g.jacobian([x, y, z])  # as a formula; there are no modes
point = {x: 2, y: -1, z: 3}
by_rules = J.subs(point)

# --- products
v = sp.Matrix([1, -1, 2])
u = sp.Matrix([1, -1])

pushed = J.subs(point) * v
pulled = J.subs(point).T * u

# --- hessian
H = sp.hessian(f, (x, y))
hessian_product = H.subs(here) * sp.Matrix([1, -1])

# --- batch
jacobian_of = sp.lambdify((x, y, z), J)  # a function of numbers
points = [(2.0, -1.0, 3.0), (1.0, 2.0, 0.0)]
jacobians = [jacobian_of(*p) for p in points]


# --- custom
class softplus(sp.Function):
    def fdiff(self, argindex=1):
        return 1 / (1 + sp.exp(-self.args[0]))


slope = sp.diff(softplus(x), x).subs(x, sp.log(3))

# --- determinant
bend = sp.Matrix([x - y**2 / 2, y + x * y / 2])
det = bend.jacobian([x, y]).det()  # 1 + x/2 + y²/2
log_det = sp.log(sp.Abs(det)).subs(
    {x: sp.Rational(1, 2), y: sp.Rational(1, 4)}
)

# --- stop
w, target = sp.symbols("w target")
bootstrapped = (w**2 - target) ** 2 / 2  # a symbol of its own stands still
stopped = sp.diff(bootstrapped, w).subs(target, w**3).subs(w, 2)

# --- branch
halved, number = x, sp.Integer(11)
while number > 1:  # a number decides, the formula follows
    if number > 4:
        halved, number = halved / 2, number / 2
    else:
        halved, number = halved - 1, number - 1
branch_slope = sp.diff(halved**2, x).subs(x, 11)

# --- entry
entries = [x, y, z]
entries[0] = sp.Integer(0)
kept = sum(e**2 for e in entries)
entry_gradient = [sp.diff(kept, s).subs({x: 1, y: 2, z: 3}) for s in (x, y, z)]

# --- end
# What the page says of SymPy and does not show.
refused = [("TypeError", lambda: bool(x > 1))]
W = sp.MatrixSymbol("W", 2, 3).as_explicit()
facts = {
    "type": "exact",
    "max": sp.diff(sp.Max(x, 0), x).subs(x, 0),
    "abs": sp.diff(sp.Abs(x), x).subs(x, 0),
    "shape": sp.derive_by_array(
        sp.Array(list(W * sp.ones(3, 1))), sp.Array(W)
    ).shape,
}
