"""Chapter 1: partial derivatives, the chain rule, backpropagation, checking gradients.

One module for each part of the chapter: `sensitivity` (and one partial derivative), `gradient`, `descent` (and the
steepest way), `graph` (paths and reuse), `neuron` and `neuron_code`, `signals` (what travels back through many neurons,
and softmax), `layer` (a batch), `training`, `checking`, `kinks`.
"""
