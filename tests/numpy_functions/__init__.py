"""NumPy's array functions, each as a function of one array: what is tested in both modes and to second order."""

from numpy_functions import calculus, fourier, joining, linalg, moving, products, reducing, statistics
from numpy_functions.points import point

CASES: dict = {}
for _table in (moving, reducing, statistics, calculus, joining, products, linalg, fourier):
    assert not CASES.keys() & _table.CASES.keys()
    CASES.update(_table.CASES)

__all__ = ["CASES", "point"]
