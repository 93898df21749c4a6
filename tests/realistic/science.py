"""Kernels, physics, matrix functions and signals."""

import numpy

from realistic.cases import case
from realistic.losses import X, Y, pairwise_squares

RNG = numpy.random.default_rng(303)
A, B = RNG.normal(size=(4, 2)), RNG.normal(size=(5, 2)) + 0.3
SIGNAL = RNG.normal(size=12)
BONDS = numpy.array([[0, 1], [1, 2], [2, 3], [3, 0], [0, 2]])
TIMES = numpy.linspace(0.0, 2.0, 6)


# ------------------------------------------------------------------------------------------------ kernels


def positive(np, root):
    """Return a symmetric positive definite matrix."""
    return root @ root.T + numpy.eye(root.shape[0])


@case("radial basis function kernel", 2, ())
def rbf(np, log_length, log_scale):
    return np.exp(log_scale - 0.5 * pairwise_squares(np, A * np.exp(log_length), B * np.exp(log_length)))


@case("Matérn 3/2 kernel", (4, 2), ())
def matern_3(np, a, log_length):
    r = np.sqrt(3 * pairwise_squares(np, a, B)) * np.exp(-log_length)
    return (1 + r) * np.exp(-r)


@case("Matérn 5/2 kernel", (4, 2), ())
def matern_5(np, a, log_length):
    r = np.sqrt(5 * pairwise_squares(np, a, B)) * np.exp(-log_length)
    return (1 + r + r**2 / 3) * np.exp(-r)


@case("periodic kernel", (), ())
def periodic(np, log_length, log_period):
    lag = TIMES[:, None] - TIMES
    return np.exp(-2 * np.sin(numpy.pi * lag * np.exp(-log_period)) ** 2 * np.exp(-2 * log_length))


@case("rational quadratic kernel", (3, 2), ())
def rational_quadratic(np, a, log_alpha):
    alpha = np.exp(log_alpha)
    return (1 + pairwise_squares(np, a, B) / (2 * alpha)) ** -alpha


@case("Gaussian process marginal likelihood by Cholesky", (), (), ())
def gp_marginal_likelihood(np, log_length, log_scale, log_noise):
    k = np.exp(log_scale - 0.5 * pairwise_squares(np, X, X) * np.exp(-2 * log_length))
    factor = np.linalg.cholesky(k + (np.exp(log_noise) + 0.1) * numpy.eye(6))
    z = np.linalg.solve(factor, Y)
    return 0.5 * np.dot(z, z) + np.sum(np.log(np.diag(factor))) + 3 * numpy.log(2 * numpy.pi)


@case("Gaussian process posterior", 5, (), ())
def gp_posterior(np, targets, log_length, log_noise):
    def kernel(a, b):
        return np.exp(-0.5 * pairwise_squares(np, a, b) * np.exp(-log_length))

    k = kernel(B, B) + (0.1 + np.exp(log_noise)) * numpy.eye(5)
    cross = kernel(A, B)
    return np.stack([cross @ np.linalg.solve(k, targets), 1 - np.sum(cross * np.linalg.solve(k, cross.T).T, axis=1)])


@case("leave-one-out residuals of kernel ridge regression", (), ())
def leave_one_out(np, log_length, log_ridge):
    k = np.exp(-0.5 * pairwise_squares(np, X, X) * np.exp(-log_length))
    inverse = np.linalg.inv(k + np.exp(log_ridge) * numpy.eye(6))
    return inverse @ Y / np.diag(inverse)


# ------------------------------------------------------------------------------------------------ physics


def runge_kutta(rate, state, dt, steps):
    for _ in range(steps):
        k1 = rate(state)
        k2 = rate(state + dt / 2 * k1)
        k3 = rate(state + dt / 2 * k2)
        k4 = rate(state + dt * k3)
        state = state + dt / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return state


@case("pendulum, Runge-Kutta", 2, ())
def pendulum(np, state, log_length):
    return runge_kutta(lambda s: np.stack([s[1], -np.sin(s[0]) * np.exp(-log_length) - 0.1 * s[1]]), state, 0.1, 8)


@case("Lotka-Volterra, Runge-Kutta", 2, 4)
def lotka_volterra(np, log_state, log_rates):
    a, b, c, d = np.exp(log_rates)
    return runge_kutta(lambda s: np.stack([s[0] * (a - b * s[1]), s[1] * (c * s[0] - d)]), np.exp(log_state), 0.05, 8)


@case("Lorenz attractor, Runge-Kutta", 3, 3)
def lorenz(np, state, parameters):
    sigma, rho, beta = parameters + numpy.array([10.0, 28.0, 2.7])

    def rate(s):
        x, y, z = s
        return np.stack([sigma * (y - x), x * (rho - z) - y, x * y - beta * z])

    return runge_kutta(rate, state, 0.02, 10)


@case("epidemic (SIR), Euler", (), ())
def epidemic(np, log_contact, log_recovery):
    s, i, r = 0.9, 0.1, 0.0
    for _ in range(15):
        infected, recovered = 0.1 * np.exp(log_contact) * s * i, 0.1 * np.exp(log_recovery) * i
        s, i, r = s - infected, i + infected - recovered, r + recovered
    return np.stack([s, i, r])


@case("Kepler orbit, leapfrog", 2, 2)
def kepler(np, q, p):
    q = q + numpy.array([2.0, 0.0])
    for _ in range(10):
        p = p - 0.05 * q / np.sum(q**2) ** 1.5
        q = q + 0.1 * p
        p = p - 0.05 * q / np.sum(q**2) ** 1.5
    return np.concatenate([q, p])


@case("energy of bodies under gravity", (4, 3), (4, 3), 4)
def gravity(np, q, p, log_mass):
    m = np.exp(log_mass)
    i, j = numpy.triu_indices(4, 1)
    distance = np.sqrt(np.sum((q[i] - q[j]) ** 2, axis=1) + 0.01)
    return np.sum(p**2 / (2 * m[:, None])) - np.sum(m[i] * m[j] / distance)


@case("Lennard-Jones energy", (4, 2))
def lennard_jones(np, q):
    i, j = numpy.triu_indices(4, 1)
    q = q + 2.0 * numpy.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    r2 = np.sum((q[i] - q[j]) ** 2, axis=1)
    return np.sum(4 * (r2**-6 - r2**-3))


@case("spring network energy", (4, 2), 5)
def springs(np, q, log_rest):
    stretch = np.linalg.norm(q[BONDS[:, 0]] - q[BONDS[:, 1]], axis=1) - np.exp(log_rest)
    return 0.5 * np.sum(numpy.arange(1.0, 6.0) * stretch**2)


@case("heat equation, explicit steps", 8, ())
def heat_explicit(np, u, log_conductivity):
    for _ in range(5):
        u = u + 0.1 * np.exp(log_conductivity) * (np.roll(u, 1) - 2 * u + np.roll(u, -1))
    return u


@case("heat equation, implicit step with variable conductivity", 6, 7)
def heat_implicit(np, u, log_conductivity):
    difference = numpy.eye(7, 6) - numpy.eye(7, 6, k=-1)
    return np.linalg.solve(numpy.eye(6) + difference.T @ (np.exp(log_conductivity)[:, None] * difference), u)


@case("wave equation", 6)
def wave(np, u):
    before = u
    for _ in range(6):
        after = 2 * u - before + 0.3 * np.concatenate([u[1:2] - u[:1], np.diff(u, n=2), u[-2:-1] - u[-1:]])
        before, u = u, after
    return u


@case("Burgers equation, upwind flux", 6)
def burgers(np, u):
    for _ in range(4):
        flux = 0.5 * np.maximum(u, 0.0) ** 2 + 0.5 * np.minimum(np.roll(u, -1), 0.0) ** 2
        u = u - 0.2 * (flux - np.roll(flux, 1))
    return u


@case("reaction and diffusion (Gray-Scott)", (4, 4), ())
def gray_scott(np, v, log_feed):
    u, feed = 1.0 - v, 0.05 * np.exp(log_feed)

    def laplacian(a):
        return sum(np.roll(a, shift, axis) for shift in (-1, 1) for axis in (0, 1)) - 4 * a

    for _ in range(3):
        reaction = u * v**2
        u, v = u + 0.1 * laplacian(u) - reaction + feed * (1 - u), v + 0.05 * laplacian(v) + reaction - feed * v
    return v


@case("robot arm", 4)
def robot_arm(np, joints):
    angle = np.cumsum(joints)
    lengths = numpy.array([1.0, 0.8, 0.5, 0.2])
    return np.stack([np.dot(lengths, np.cos(angle)), np.dot(lengths, np.sin(angle)), angle[-1]])


@case("rotation by a quaternion, and projection by a camera", 4, 3)
def camera(np, quaternion, shift):
    w, x, y, z = quaternion / np.linalg.norm(quaternion)
    rotation = np.stack(
        [
            np.stack([1 - 2 * (y**2 + z**2), 2 * (x * y - w * z), 2 * (x * z + w * y)]),
            np.stack([2 * (x * y + w * z), 1 - 2 * (x**2 + z**2), 2 * (y * z - w * x)]),
            np.stack([2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x**2 + y**2)]),
        ]
    )
    points = X[:, :3] @ rotation.T + shift + numpy.array([0.0, 0.0, 6.0])
    return points[:, :2] / points[:, 2:]


@case("charge in a magnetic field", 3, 3, 3)
def magnetic(np, q, v, field):
    for _ in range(4):
        v = v + 0.1 * np.cross(v, field + 0.2 * np.sin(q))
        q = q + 0.1 * v
    return np.concatenate([q, v])


# ------------------------------------------------------------------------------------------------ matrices


@case("log-determinant", (4, 4))
def log_determinant(np, root):
    return np.linalg.slogdet(positive(np, root))[1]


@case("determinant of a Gram matrix", (5, 3))
def gram_determinant(np, a):
    return np.linalg.det(a.T @ a)


@case("trace of an inverse", (4, 4))
def trace_of_inverse(np, root):
    return np.trace(np.linalg.inv(positive(np, root)))


@case("matrix exponential, scaling and squaring", (3, 3))
def matrix_exponential(np, a):
    term = total = numpy.eye(3)
    for k in range(1, 13):
        term = term @ a / (8.0 * k)
        total = total + term
    for _ in range(3):
        total = total @ total
    return total


@case("matrix square root by Newton's iteration", (3, 3))
def matrix_square_root(np, root):
    y, z = positive(np, root), numpy.eye(3)
    for _ in range(8):
        y, z = (y + np.linalg.inv(z)) / 2, (z + np.linalg.inv(y)) / 2
    return y


@case("rotation by the Cayley transform", (3, 3))
def cayley(np, a):
    skew = a - a.T
    return np.linalg.solve(numpy.eye(3) + skew, numpy.eye(3) - skew)


@case("Rayleigh quotient", (4, 4), 4)
def rayleigh(np, a, v):
    return v @ (a + a.T) @ v / (v @ v)


@case("power iteration", (4, 4))
def power_iteration(np, root):
    v = numpy.ones(4)
    for _ in range(6):
        v = positive(np, root) @ v
        v = v / np.sqrt(np.sum(v**2))
    return v


@case("sum of the two largest eigenvalues", (4, 4))
def largest_eigenvalues(np, root):
    return np.sum(np.linalg.eigh(positive(np, root))[0][-2:])


@case("nuclear norm", (4, 3))
def nuclear_norm(np, a):
    return np.sum(np.linalg.svd(a, full_matrices=False)[1])


@case("low-rank reconstruction by principal components", (6, 3))
def principal_components(np, x):
    centred = x - np.mean(x, axis=0)
    directions = np.linalg.eigh(centred.T @ centred)[1][:, -2:]
    return centred @ directions @ directions.T


@case("log condition number", (4, 4))
def log_condition(np, root):
    s = np.linalg.svd(numpy.eye(4) + 0.3 * root, compute_uv=False)
    return np.log(s[0] / s[-1])


@case("least squares by normal equations", (6, 3), 6)
def normal_equations(np, a, b):
    return np.linalg.solve(a.T @ a + 0.1 * numpy.eye(3), a.T @ b)


@case("least squares by pseudo-inverse", (6, 3), 6)
def pseudo_inverse(np, a, b):
    return np.linalg.pinv(a) @ b


@case("Schur complement", (4, 4))
def schur_complement(np, root):
    m = positive(np, root)
    return m[:2, :2] - m[:2, 2:] @ np.linalg.solve(m[2:, 2:], m[2:, :2])


@case("Lyapunov equation by Kronecker products", (3, 3), (3, 3))
def lyapunov(np, a, root):
    stable, eye = 0.3 * a - 2 * numpy.eye(3), numpy.eye(3)
    left = np.kron(stable, eye) + np.kron(eye, stable)
    return np.reshape(np.linalg.solve(left, -np.ravel(positive(np, root))), (3, 3))


@case("Gram-Schmidt orthonormalisation", (4, 3))
def gram_schmidt(np, a):
    basis = []
    for column in a.T:
        for q in basis:
            column = column - np.dot(q, column) * q
        basis.append(column / np.linalg.norm(column))
    return np.stack(basis, axis=1)


@case("stationary distribution of a Markov chain", (3, 3))
def stationary(np, logits):
    p = np.exp(logits) / np.sum(np.exp(logits), axis=1, keepdims=True)
    system = np.concatenate([(p.T - numpy.eye(3))[:2], numpy.ones((1, 3))])
    return np.linalg.solve(system, numpy.array([0.0, 0.0, 1.0]))


# ------------------------------------------------------------------------------------------------ signals


@case("finite impulse response filter", 12, 4)
def fir(np, signal, taps):
    return signal[numpy.arange(9)[:, None] + numpy.arange(4)] @ taps[::-1]


@case("recursive filter", 2, 2)
def recursive_filter(np, a, b):
    y = [0.0, 0.0]
    for n in range(2, 12):
        y.append(b[0] * SIGNAL[n] + b[1] * SIGNAL[n - 1] - 0.5 * np.tanh(a[0]) * y[-1] - 0.3 * np.tanh(a[1]) * y[-2])
    return np.stack(y[2:])


@case("autocorrelation", 10)
def autocorrelation(np, x):
    centred = x - np.mean(x)
    return np.stack([np.sum(centred[: 10 - k] * centred[k:]) for k in range(5)]) / np.sum(centred**2)


@case("log power spectrum by Fourier matrices", 8)
def power_spectrum(np, x):
    phase = 2 * numpy.pi * numpy.outer(numpy.arange(5), numpy.arange(8)) / 8
    return np.log((numpy.cos(phase) @ x) ** 2 + (numpy.sin(phase) @ x) ** 2 + 1e-3)


@case("Haar wavelet transform", 8)
def haar(np, x):
    parts = []
    while len(x) > 1:
        parts.append((x[::2] - x[1::2]) / numpy.sqrt(2))
        x = (x[::2] + x[1::2]) / numpy.sqrt(2)
    return np.concatenate([x, *parts[::-1]])


@case("total variation of an image", (4, 4))
def total_variation(np, image):
    dx, dy = image[1:, :-1] - image[:-1, :-1], image[:-1, 1:] - image[:-1, :-1]
    return np.sum(np.sqrt(dx**2 + dy**2 + 1e-3))


@case("bilinear interpolation at moving points", (4, 4), (3, 2))
def bilinear_interpolation(np, image, points):
    points = 1.5 + 0.8 * np.tanh(points)
    corner = numpy.array([[1, 0], [2, 1], [0, 2]])
    s, t = (points - corner).T
    i, j = corner.T
    upper = (1 - t) * image[i, j] + t * image[i, j + 1]
    return (1 - s) * upper + s * ((1 - t) * image[i + 1, j] + t * image[i + 1, j + 1])


@case("chirp with sinc window", 3)
def chirp(np, p):
    return np.exp(-((TIMES - p[0]) ** 2)) * np.sin(p[1] * TIMES + np.exp(p[2]) * TIMES**2)


@case("moving average by a convolution", 9, 3, beyond_autograd="it has no rule for np.convolve")
def moving_average(np, x, taps):
    return np.convolve(x, taps, mode="valid")


@case("cross-correlation", 7, 3, beyond_autograd="it has no rule for np.correlate")
def cross_correlation(np, x, template):
    return np.tanh(np.correlate(x, template, mode="full"))


@case("area under a moving curve", 5, beyond_autograd="it has no rule for np.trapezoid")
def area(np, x):
    grid = np.cumsum(np.exp(x))
    return np.trapezoid(np.sin(grid), grid)
