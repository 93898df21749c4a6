"""Layers of neural networks: arrays in, arrays out."""

import numpy

from realistic.cases import case
from realistic.losses import X

RNG = numpy.random.default_rng(202)
TOKENS = RNG.normal(size=(5, 4))
IMAGE = RNG.normal(size=(2, 6, 6))
SEQUENCE = RNG.normal(size=(4, 3))
CAUSAL = numpy.tril(numpy.ones((5, 5), dtype=bool))
DROPPED = RNG.random((6, 3)) < 0.3


def sigmoid(np, z):
    return 1 / (1 + np.exp(-z))


def softmax(np, z, axis=-1):
    e = np.exp(z - np.max(z, axis=axis, keepdims=True))
    return e / np.sum(e, axis=axis, keepdims=True)


def gelu(np, z):
    return 0.5 * z * (1 + np.tanh(numpy.sqrt(2 / numpy.pi) * (z + 0.044715 * z**3)))


def windows(n, k, stride=1):
    """Return the places of the sliding windows of length k in a row of n."""
    return numpy.arange(0, n - k + 1, stride)[:, None] + numpy.arange(k)


@case("dense tanh layer", (4, 3), 3)
def dense(np, w, b):
    return np.tanh(X @ w + b)


@case("dense layer with dropout, fixed mask", (4, 3))
def dropout(np, w):
    return np.where(DROPPED, 0.0, np.maximum(X @ w, 0.0) / 0.7)


@case("residual multilayer perceptron", (4, 5), (5, 4), (4, 5), (5, 4))
def residual_mlp(np, a, b, c, d):
    h = X[:2] + np.tanh(X[:2] @ a) @ b
    return h + gelu(np, h @ c) @ d


@case("layer norm", (3, 5), 5, 5)
def layer_norm(np, x, gain, shift):
    mean, variance = np.mean(x, axis=-1, keepdims=True), np.var(x, axis=-1, keepdims=True)
    return gain * (x - mean) / np.sqrt(variance + 1e-5) + shift


@case("batch norm", (5, 3), 3, 3)
def batch_norm(np, x, gain, shift):
    return gain * (x - np.mean(x, axis=0)) / np.sqrt(np.var(x, axis=0) + 1e-5) + shift


@case("group norm", (2, 4, 3))
def group_norm(np, x):
    groups = np.reshape(x, (2, 2, 6))
    groups = (groups - np.mean(groups, axis=-1, keepdims=True)) / (np.std(groups, axis=-1, keepdims=True) + 0.1)
    return np.reshape(groups, (2, 4, 3))


@case("root-mean-square norm", (3, 4), 4)
def rms_norm(np, x, gain):
    return gain * x / np.sqrt(np.mean(x**2, axis=-1, keepdims=True) + 1e-6)


@case("weight normalisation", (4, 3), 3)
def weight_norm(np, v, g):
    return X @ (g * v / np.linalg.norm(v, axis=0))


@case("single-head attention", (4, 3), (4, 3), (4, 3))
def attention(np, wq, wk, wv):
    q, k, v = TOKENS @ wq, TOKENS @ wk, TOKENS @ wv
    return softmax(np, q @ k.T / numpy.sqrt(3)) @ v


@case("causal attention", (4, 3), (4, 3))
def causal_attention(np, wq, wk):
    scores = np.where(CAUSAL, (TOKENS @ wq) @ np.transpose(TOKENS @ wk), -1e9)
    return softmax(np, scores) @ TOKENS


@case("multi-head causal attention", (4, 12), (4, 4))
def multi_head_attention(np, qkv, out):
    q, k, v = [np.swapaxes(np.reshape(part, (5, 2, 2)), 0, 1) for part in np.split(TOKENS @ qkv, 3, axis=1)]
    scores = np.where(CAUSAL, q @ np.swapaxes(k, -1, -2) / numpy.sqrt(2), -numpy.inf)
    heads = softmax(np, scores) @ v
    return np.reshape(np.transpose(heads, (1, 0, 2)), (5, 4)) @ out


@case("cross-attention by einsum", (3, 2, 2), (5, 2, 2))
def cross_attention(np, q, kv):
    weights = softmax(np, np.einsum("qhd,khd->hqk", q, kv))
    return np.einsum("hqk,khd->qhd", weights, kv**2)


@case("rotary position embedding", (4, 6))
def rotary(np, x):
    angle = numpy.arange(4.0)[:, None] * 10.0 ** -numpy.arange(3.0)
    a, b = x[:, ::2], x[:, 1::2]
    pair = [a * numpy.cos(angle) - b * numpy.sin(angle), a * numpy.sin(angle) + b * numpy.cos(angle)]
    return np.reshape(np.stack(pair, axis=-1), (4, 6))


@case("embedding lookup with repeated tokens", (5, 3))
def embedding(np, table):
    return np.tanh(table[numpy.array([[0, 3, 3], [4, 1, 0]])])


@case("one-dimensional convolution by windows", (8, 2), (3, 2, 3), 3)
def convolution_1d(np, signal, kernel, bias):
    return np.maximum(np.tensordot(signal[windows(8, 3)], kernel, axes=((1, 2), (0, 1))) + bias, 0.0)


@case("dilated causal convolution", (7, 2), (3, 2, 2))
def dilated_convolution(np, signal, kernel):
    padded = np.concatenate([numpy.zeros((4, 2)), signal])
    return np.tanh(sum(padded[2 * i : 2 * i + 7] @ kernel[i] for i in range(3)))


@case("two-dimensional convolution by einsum, padded", (3, 2, 3, 3), 3)
def convolution_2d(np, kernel, bias):
    rows = windows(8, 3, stride=2)
    padded = numpy.pad(IMAGE, ((0, 0), (1, 1), (1, 1)))
    patches = padded[:, rows[:, None, :, None], rows[None, :, None, :]]
    return np.maximum(np.einsum("cijkl,ockl->oij", patches, kernel) + bias[:, None, None], 0.0)


@case("convolution of a padded traced image", (5, 5), (3, 3))
def convolution_of_image(np, image, kernel):
    padded = np.pad(image, 1, mode="constant")
    return sum(kernel[i, j] * padded[i : i + 5, j : j + 5] for i in range(3) for j in range(3))


@case("max pooling", (2, 4, 4))
def max_pooling(np, x):
    return np.max(np.reshape(x, (2, 2, 2, 2, 2)), axis=(2, 4))


@case("global average pooling and a head", (3, 4, 4), (3, 2))
def global_pooling(np, x, w):
    return np.mean(x, axis=(1, 2)) @ w


@case("squeeze and excitation", (3, 4, 4), (3, 2), (2, 3))
def squeeze_excitation(np, x, down, up):
    gate = sigmoid(np, np.maximum(np.mean(x, axis=(1, 2)) @ down, 0.01) @ up)
    return x * gate[:, None, None]


@case("recurrent network, unrolled", (3, 4), (4, 4), 4)
def recurrent(np, w, u, b):
    h = numpy.zeros(4)
    for x in SEQUENCE:
        h = np.tanh(x @ w + h @ u + b)
    return h


@case("gated recurrent unit, unrolled", (3, 12), (4, 12))
def gru(np, w, u):
    h = numpy.full(4, 0.1)
    for x in SEQUENCE:
        wr, wz, wn = np.split(x @ w, 3)
        ur, uz, un = np.split(h @ u, 3)
        z = sigmoid(np, wz + uz)
        h = (1 - z) * np.tanh(wn + sigmoid(np, wr + ur) * un) + z * h
    return h


@case("long short-term memory, unrolled", (3, 16), (4, 16), 16)
def lstm(np, w, u, b):
    h = c = numpy.zeros(4)
    for x in SEQUENCE:
        gates = x @ w + h @ u + b
        i, f, o = sigmoid(np, gates[:4]), sigmoid(np, gates[4:8] + 1.0), sigmoid(np, gates[8:12])
        c = f * c + i * np.tanh(gates[12:])
        h = o * np.tanh(c)
    return np.stack([h, c])


@case("linear state-space layer", (3, 3), (3, 2), (2, 3))
def state_space(np, a, b, c):
    state, out = numpy.zeros(3), []
    for u in SEQUENCE[:, :2]:
        state = np.tanh(a) @ state + b @ u
        out.append(c @ state)
    return np.stack(out)


@case("gated linear unit", (4, 6))
def glu(np, w):
    a, b = np.split(X @ w, 2, axis=-1)
    return a * sigmoid(np, b)


@case("SwiGLU block", (4, 5), (4, 5), (5, 4))
def swiglu(np, w, v, out):
    z = X[:3] @ w
    return (z * sigmoid(np, z) * (X[:3] @ v)) @ out


@case("highway layer", (4, 4), (4, 4), 4)
def highway(np, w, t, b):
    gate = sigmoid(np, X[:3] @ t + b)
    return gate * np.maximum(X[:3] @ w, 0.0) + (1 - gate) * X[:3]


@case("maxout", (4, 6))
def maxout(np, w):
    return np.max(np.reshape(X @ w, (6, 3, 2)), axis=-1)


@case("leaky ReLU, ELU and softplus", (3, 4))
def activations(np, z):
    elu = np.where(z > 0, z, np.exp(np.minimum(z, 0.0)) - 1)
    return np.concatenate([np.where(z > 0, z, 0.1 * z), elu, np.log1p(np.exp(z))])


@case("mixture of experts", (4, 3), (3, 4, 2))
def mixture_of_experts(np, gate, experts):
    return np.einsum("ne,ned->nd", softmax(np, X @ gate), np.einsum("ni,eid->ned", X, experts))


@case("low-rank adapted layer", (4, 2), (2, 3), ())
def low_rank(np, a, b, scale):
    return X @ (numpy.ones((4, 3)) + scale * a @ b)


@case("graph convolution, normalised adjacency", (4, 4), (4, 3))
def graph_convolution(np, edges, w):
    adjacency = np.exp(edges + edges.T) + numpy.eye(4)
    degree = np.sum(adjacency, axis=1)
    return np.maximum(adjacency / np.sqrt(np.outer(degree, degree)) @ X[:4] @ w, 0.0)


@case("bilinear form of two inputs", (3, 4, 4))
def bilinear(np, w):
    return np.einsum("ni,kij,nj->nk", X, w, TOKENS[[0, 1, 2, 3, 4, 0]])


@case("deep set", (4, 3), (3, 2))
def deep_set(np, inner, outer):
    return np.tanh(np.sum(np.tanh(X @ inner), axis=0) @ outer)


@case("relaxed one-hot sample (Gumbel-softmax)", (3, 4), ())
def gumbel_softmax(np, logits, log_temperature):
    noise = -numpy.log(-numpy.log(numpy.linspace(0.1, 0.9, 12).reshape(3, 4)))
    return softmax(np, (logits + noise) * np.exp(-log_temperature))


@case("neural field with Fourier features", (2, 4), 8)
def fourier_features(np, frequencies, w):
    z = X[:, :2] @ frequencies
    return np.hstack([np.sin(z), np.cos(z)]) @ w
