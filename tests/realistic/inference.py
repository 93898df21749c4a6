"""Optimisation, unrolled or solved, and probability."""

import numpy

from realistic.cases import case
from realistic.layers import sigmoid, softmax
from realistic.losses import LABELS, ONE_HOT, SIGNS, X, Y, log_softmax, log_sum_exp
from realistic.science import SIGNAL, positive

RNG = numpy.random.default_rng(404)
POINTS = RNG.normal(size=(7, 2))
NOISE = RNG.normal(size=(3, 4))


# ------------------------------------------------------------------------------------------- optimisation


def logistic_gradient(np, w, ridge):
    return -X.T @ (SIGNS * sigmoid(np, -SIGNS * (X @ w))) / 6 + ridge * w


@case("Rosenbrock function", 6)
def rosenbrock(np, x):
    return np.sum(100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2)


@case("gradient descent, unrolled: step size and start", 4, ())
def gradient_descent(np, w, log_step):
    for _ in range(10):
        w = w - 0.1 * np.exp(log_step) * logistic_gradient(np, w, 0.1)
    return w


@case("gradient descent with momentum, unrolled", 4, 2)
def momentum(np, w, rates):
    step, keep = 0.3 * sigmoid(np, rates)
    v = numpy.zeros(4)
    for _ in range(8):
        v = keep * v - step * logistic_gradient(np, w, 0.1)
        w = w + v
    return w


@case("Adam, unrolled", 4, ())
def adam(np, w, log_step):
    m = v = numpy.zeros(4)
    for t in range(1, 6):
        g = logistic_gradient(np, w, 0.05)
        m, v = 0.9 * m + 0.1 * g, 0.99 * v + 0.01 * g**2
        w = w - 0.1 * np.exp(log_step) * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.99**t)) + 1e-3)
    return w


@case("Newton's method for logistic regression, unrolled", 4, ())
def newton(np, w, log_ridge):
    ridge = np.exp(log_ridge)
    for _ in range(4):
        p = sigmoid(np, SIGNS * (X @ w))
        curvature = X.T @ ((p * (1 - p))[:, None] * X) / 6 + ridge * numpy.eye(4)
        w = w - np.linalg.solve(curvature, logistic_gradient(np, w, ridge))
    return w


@case("inner adaptation step, then a loss (MAML)", (4, 3), (4, 3))
def meta_learning(np, w, log_steps):
    error = np.exp(log_softmax(np, X[:3] @ w)) - ONE_HOT[:3]
    adapted = w - 0.1 * np.exp(log_steps) * (X[:3].T @ error)
    return -np.mean(log_softmax(np, X[3:] @ adapted)[numpy.arange(3), LABELS[3:]])


@case("conjugate gradients, unrolled", (4, 4), 4)
def conjugate_gradients(np, root, b):
    a, x = positive(np, root), numpy.zeros(4)
    r = p = b
    for _ in range(3):
        ap = a @ p
        alpha = (r @ r) / (p @ ap)
        x, before = x + alpha * p, r
        r = r - alpha * ap
        p = r + (r @ r) / (before @ before) * p
    return x


@case("square root by the Babylonian method", 4)
def babylonian(np, log_x):
    x = np.exp(log_x)
    y = x
    while np.any(np.abs(y * y - x) > 1e-13 * x):
        y = (y + x / y) / 2
    return y


@case("fixed point of a contraction", (4, 4), 4)
def fixed_point(np, w, b):
    z = numpy.zeros(4)
    for _ in range(25):
        z = np.tanh(0.3 * w @ z + b)
    return z


@case("validation loss as a function of the ridge penalty", (), 4)
def ridge_validation(np, log_ridge, log_scales):
    features = X * np.exp(log_scales)
    train, test = features[:4], features[4:]
    w = np.linalg.solve(train.T @ train + np.exp(log_ridge) * numpy.eye(4), train.T @ Y[:4])
    return np.mean((test @ w - Y[4:]) ** 2)


@case("log barrier", 4)
def log_barrier(np, w):
    return np.dot(w, numpy.arange(4.0)) - 0.1 * np.sum(np.log(5.0 - X @ w))


@case("projection on the simplex", 5)
def simplex_projection(np, y):
    falling = np.sort(y)[::-1]
    shift = (np.cumsum(falling) - 1) / numpy.arange(1.0, 6.0)
    active = numpy.sum(falling > shift)
    return np.maximum(y - shift[active - 1], 0.0)


# -------------------------------------------------------------------------------------------- probability


@case("mixture of Gaussians, log-likelihood", 3, (3, 2), (3, 2))
def gaussian_mixture(np, logits, means, log_scales):
    z = (POINTS[:, None, :] - means) * np.exp(-log_scales)
    logp = np.sum(-0.5 * z**2 - log_scales, axis=-1) - numpy.log(2 * numpy.pi)
    return np.sum(log_sum_exp(np, log_softmax(np, logits) + logp))


@case("hidden Markov model, forward algorithm", 3, (3, 3), (3, 4))
def hidden_markov(np, start, transition, emission):
    transition, emission = log_softmax(np, transition), log_softmax(np, emission)
    alpha = log_softmax(np, start) + emission[:, 0]
    for symbol in (2, 1, 1, 3, 0):
        alpha = log_sum_exp(np, alpha[:, None] + transition, axis=0) + emission[:, symbol]
    return log_sum_exp(np, alpha)


@case("conditional random field, chain", (5, 3), (3, 3))
def random_field(np, unary, pairwise):
    labels = [0, 2, 1, 1, 0]
    alpha = unary[0]
    for t in range(1, 5):
        alpha = log_sum_exp(np, alpha[:, None] + pairwise, axis=0) + unary[t]
    score = sum(unary[t, labels[t]] for t in range(5)) + sum(pairwise[labels[t], labels[t + 1]] for t in range(4))
    return log_sum_exp(np, alpha) - score


@case("coupling layers of a normalising flow", (2, 2, 3), (2, 3, 2))
def coupling_flow(np, inner, outer):
    x, log_density = numpy.hstack([POINTS, POINTS[::-1]]), 0.0
    for w, u in zip(inner, outer):  # noqa: B905  (autograd's boxes have no strict zip)
        left, right = x[:, :2], x[:, 2:]
        log_scale = np.tanh(np.tanh(left @ w) @ u)
        x = np.concatenate([right * np.exp(log_scale) + left @ w @ u, left], axis=1)
        log_density = log_density + np.sum(log_scale, axis=1)
    return np.mean(log_density - 0.5 * np.sum(x**2, axis=1))


@case("planar flow", 2, 2, ())
def planar_flow(np, u, w, b):
    a = np.tanh(POINTS @ w + b)
    z = POINTS + a[:, None] * u
    return np.mean(np.log(np.abs(1 + (1 - a**2) * np.dot(u, w))) - 0.5 * np.sum(z**2, axis=1))


@case("evidence lower bound, reparametrised", (4, 3), 4, 4)
def evidence_lower_bound(np, decoder, mean, log_scale):
    z = mean + np.exp(log_scale) * NOISE
    r = Y[:3] - z @ decoder
    return np.mean(-0.5 * np.sum(r**2, axis=1)) + np.sum(0.5 + log_scale - 0.5 * mean**2 - 0.5 * np.exp(2 * log_scale))


@case("importance-weighted bound", (3, 4), 4)
def importance_bound(np, mean, log_scale):
    z = mean + np.exp(log_scale) * NOISE
    log_weight = -0.5 * np.sum((z - 1) ** 2, axis=1) + 0.5 * np.sum(NOISE**2, axis=1) + np.sum(log_scale)
    return log_sum_exp(np, log_weight) - numpy.log(3.0)


@case("Kalman filter, log-likelihood", (2, 2), 2, ())
def kalman(np, dynamics, observe, log_noise):
    mean, cov = numpy.zeros(2), numpy.eye(2)
    total = 0.0
    for y in SIGNAL[:5]:
        mean, cov = 0.5 * dynamics @ mean, 0.25 * dynamics @ cov @ dynamics.T + 0.1 * numpy.eye(2)
        innovation = y - observe @ mean
        variance = observe @ cov @ observe + np.exp(log_noise)
        gain = cov @ observe / variance
        total = total - 0.5 * (innovation**2 / variance + np.log(variance))
        mean, cov = mean + gain * innovation, cov - np.outer(gain, observe @ cov)
    return total


@case("autoregressive likelihood", 3, ())
def autoregressive(np, a, log_scale):
    lags = SIGNAL[numpy.arange(9)[:, None] + numpy.arange(3)]
    return np.sum(0.5 * (SIGNAL[3:] - lags @ a) ** 2 * np.exp(-2 * log_scale) + log_scale)


@case("volatility model (GARCH), log-likelihood", 3)
def garch(np, p):
    a, b, c = 0.4 * sigmoid(np, p)
    variance, total = 1.0, 0.0
    for r in SIGNAL:
        variance = a + b * r**2 + c * variance
        total = total - 0.5 * (np.log(variance) + r**2 / variance)
    return total


@case("evidence of Bayesian linear regression", (), ())
def linear_evidence(np, log_prior, log_noise):
    cov = np.exp(log_prior) * X @ X.T + np.exp(log_noise) * numpy.eye(6)
    return -0.5 * (Y @ np.linalg.solve(cov, Y) + np.linalg.slogdet(cov)[1])


@case("policy gradient objective", (4, 3))
def policy_gradient(np, w):
    rewards = numpy.array([1.0, -0.5, 2.0, 0.3, 0.0, 1.5])
    logp = log_softmax(np, X @ w)
    return np.mean(rewards * logp[numpy.arange(6), LABELS]) - 0.01 * np.sum(np.exp(logp) * logp)


@case("value of a Markov reward process", (3, 3), 3)
def markov_value(np, logits, reward):
    return np.linalg.solve(numpy.eye(3) - 0.9 * softmax(np, logits), reward)


@case("volume rendering along a ray", 6, (6, 3), beyond_autograd="it has no rule for np.cumprod")
def volume_rendering(np, log_density, colour):
    opacity = 1 - np.exp(-0.3 * np.exp(log_density))
    transmitted = np.concatenate([numpy.ones(1), np.cumprod(1 - opacity)[:-1]])
    return np.sum((transmitted * opacity)[:, None] * colour, axis=0)


@case("weighted average and its covariance", (3, 5), 5, beyond_autograd="it has no rule for np.cov")
def weighted_covariance(np, x, logits):
    return np.cov(x * softmax(np, logits))
