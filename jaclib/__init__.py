"""Jacobians, backpropagation and change of variables on plain NumPy and SymPy code."""

from jaclib.notebook import setup_notebook

__all__ = ["setup_notebook"]
__version__ = "0.1.0"
