"""Chapter 1: partial derivatives, the chain rule, backpropagation, checking gradients.

One module for each part of the chapter: `gradient` (and a step down), `graph` (paths and reuse), `neuron`, `signals`
(what travels back through many neurons, and softmax), `layer` (a batch), `training`, `checking`, `kinks`.
"""
