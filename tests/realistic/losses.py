"""Losses: a number for how far a model is from its data."""

import numpy

from realistic.cases import case

RNG = numpy.random.default_rng(101)
X = RNG.normal(size=(6, 4))
Y = RNG.normal(size=6)
SIGNS = numpy.array([1.0, -1.0, -1.0, 1.0, 1.0, -1.0])
COUNTS = numpy.array([0.0, 3.0, 1.0, 2.0, 0.0, 5.0])
LABELS = numpy.array([0, 2, 1, 1, 0, 2])
ONE_HOT = numpy.eye(3)[LABELS]
MASK = numpy.array([[True, True, False], [True, False, False], [True, True, True]])


def log_sum_exp(np, z, axis=-1):
    top = np.max(z, axis=axis, keepdims=True)
    return np.squeeze(top, axis) + np.log(np.sum(np.exp(z - top), axis=axis))


def log_softmax(np, z):
    return z - np.expand_dims(log_sum_exp(np, z), -1)


def pairwise_squares(np, a, b):
    return np.sum((a[:, None, :] - b[None, :, :]) ** 2, axis=-1)


@case("mean squared error of a linear model", 4, ())
def mean_squared_error(np, w, b):
    return np.mean((X @ w + b - Y) ** 2)


@case("mean absolute error", 4)
def mean_absolute_error(np, w):
    return np.mean(np.abs(X @ w - Y))


@case("Huber loss", 4)
def huber(np, w):
    r = np.abs(X @ w - Y)
    return np.sum(np.where(r < 1.0, 0.5 * r**2, r - 0.5))


@case("log-cosh loss", 4)
def log_cosh(np, w):
    r = X @ w - Y
    return np.sum(np.logaddexp(r, -r) - np.log(2.0))


@case("quantile loss, three quantiles", (4, 3))
def quantile(np, w):
    r = Y[:, None] - X @ w
    levels = numpy.array([0.1, 0.5, 0.9])
    return np.mean(np.maximum(levels * r, (levels - 1) * r))


@case("elastic net", 4)
def elastic_net(np, w):
    return np.mean((X @ w - Y) ** 2) + 0.1 * np.sum(np.abs(w)) + 0.2 * np.dot(w, w)


@case("logistic loss", 4, ())
def logistic(np, w, b):
    return np.mean(np.logaddexp(0.0, -SIGNS * (X @ w + b)))


@case("focal loss", 4)
def focal(np, w):
    p = 1 / (1 + np.exp(-SIGNS * (X @ w)))
    return -np.mean((1 - p) ** 2 * np.log(p))


@case("softmax cross-entropy", (4, 3), 3)
def softmax_cross_entropy(np, w, b):
    return -np.mean(np.sum(ONE_HOT * log_softmax(np, X @ w + b), axis=1))


@case("cross-entropy by picked labels, smoothed", (4, 3))
def smoothed_cross_entropy(np, w):
    logp = log_softmax(np, X @ w)
    return -np.mean(0.9 * logp[numpy.arange(6), LABELS] + 0.1 * np.mean(logp, axis=1))


@case("multi-class hinge loss", (4, 3))
def multiclass_hinge(np, w):
    scores = X @ w
    right = scores[numpy.arange(6), LABELS]
    return np.mean(np.sum(np.maximum(0.0, scores - right[:, None] + 1.0) * (1 - ONE_HOT), axis=1))


@case("contrastive loss of normalised pairs (InfoNCE)", (5, 3), (5, 3))
def info_nce(np, a, b):
    a = a / np.sqrt(np.sum(a**2, axis=1, keepdims=True))
    b = b / np.linalg.norm(b, axis=1)[:, None]
    similarity = np.einsum("id,jd->ij", a, b) / 0.5
    return -np.trace(log_softmax(np, similarity) + log_softmax(np, similarity.T)) / 10


@case("triplet margin loss", (4, 3), (4, 3), (4, 3))
def triplet(np, anchor, near, far):
    return np.mean(np.maximum(np.sum((anchor - near) ** 2, 1) - np.sum((anchor - far) ** 2, 1) + 5.0, 0.0))


@case("cosine distance", 5, 5)
def cosine_distance(np, a, b):
    return 1 - np.dot(a, b) / (np.linalg.norm(a) * np.linalg.norm(b))


@case("Kullback-Leibler divergence of two softmaxes", (3, 4), (3, 4))
def kl_categorical(np, p, q):
    logp, logq = log_softmax(np, p), log_softmax(np, q)
    return np.sum(np.exp(logp) * (logp - logq))


@case("Kullback-Leibler divergence from a standard normal", (3, 4), (3, 4))
def kl_normal(np, mean, log_variance):
    return 0.5 * np.sum(np.exp(log_variance) + mean**2 - 1 - log_variance)


@case("Jensen-Shannon divergence", 5, 5)
def jensen_shannon(np, p, q):
    p, q = np.exp(log_softmax(np, p)), np.exp(log_softmax(np, q))
    m = (p + q) / 2
    return 0.5 * np.sum(p * np.log(p / m)) + 0.5 * np.sum(q * np.log(q / m))


@case("Poisson negative log-likelihood", 4)
def poisson(np, w):
    rate = X @ w
    return np.sum(np.exp(rate) - COUNTS * rate)


@case("Gaussian negative log-likelihood, full covariance", 4, (4, 4))
def gaussian(np, mean, root):
    covariance = root @ root.T + numpy.eye(4)
    r = X - mean
    return 0.5 * np.sum(r * np.linalg.solve(covariance, r.T).T) + 3 * np.linalg.slogdet(covariance)[1]


@case("heteroscedastic Gaussian loss", 4, 4)
def heteroscedastic(np, w, v):
    log_variance = X @ v
    return np.mean(log_variance + (Y - X @ w) ** 2 * np.exp(-log_variance))


@case("Student-t negative log-likelihood", 4, ())
def student_t(np, w, log_scale):
    r = (Y - X @ w) * np.exp(-log_scale)
    return np.sum(2.0 * np.log1p(r**2 / 3) + log_scale)


@case("soft Dice loss", (3, 3))
def dice(np, z):
    p = 1 / (1 + np.exp(-z))
    return 1 - (2 * np.sum(p * MASK) + 1) / (np.sum(p) + np.sum(MASK) + 1)


@case("Cox partial likelihood", 4)
def cox(np, w):
    risk, observed = X @ w, SIGNS > 0
    return -np.sum(observed * (risk - np.log(np.cumsum(np.exp(risk)[::-1])[::-1])))


@case("Bradley-Terry ranking", 5)
def bradley_terry(np, strength):
    winners, losers = numpy.array([0, 0, 1, 3, 4, 2]), numpy.array([1, 2, 3, 4, 0, 1])
    return np.sum(np.log1p(np.exp(strength[losers] - strength[winners])))


@case("Plackett-Luce ranking", 6)
def plackett_luce(np, score):
    order = numpy.array([2, 0, 5, 1, 4, 3])
    s = score[order]
    return -sum(s[i] - log_sum_exp(np, s[i:]) for i in range(5))


@case("entropic optimal transport (Sinkhorn)", (4, 2), (5, 2))
def sinkhorn(np, a, b):
    cost = pairwise_squares(np, a, b)
    kernel, v = np.exp(-cost / 2.0), numpy.ones(5)
    for _ in range(8):
        u = 0.25 / (kernel @ v)
        v = 0.2 / (kernel.T @ u)
    return np.sum(u[:, None] * kernel * v * cost)


@case("maximum mean discrepancy", (4, 3), (5, 3))
def maximum_mean_discrepancy(np, a, b):
    def mean_kernel(x, y):
        return np.mean(np.exp(-0.5 * pairwise_squares(np, x, y)))

    return mean_kernel(a, a) - 2 * mean_kernel(a, b) + mean_kernel(b, b)
