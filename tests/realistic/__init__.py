"""Functions that people really differentiate, each written once for NumPy and for a NumPy look-alike.

A function takes the array namespace first, then its parameters; so the same source runs with plain NumPy under jaclib
and with ``autograd.numpy`` under autograd. Data that are not differentiated are constants of the modules.
"""

from realistic import inference, layers, losses, science, signals
from realistic.cases import CASES

__all__ = ["CASES", "inference", "layers", "losses", "science", "signals"]
