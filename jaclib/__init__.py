"""Jacobians, backpropagation and change of variables on plain NumPy and SymPy code."""

from jaclib.digits import load_digits
from jaclib.notebook import setup_notebook

__all__ = ["load_digits", "setup_notebook"]
__version__ = "0.1.0"
