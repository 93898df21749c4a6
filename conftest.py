"""Set-up that holds for all tests: those in tests/, the doctests in jaclib/ and the notebooks in book/."""

import atexit
import os
import shutil
import sys
import tempfile

# One thread per process: the tests themselves run side by side, and sums then have one order.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
os.environ["JACLIB_HOME"] = tempfile.mkdtemp(prefix="jaclib-test-")  # nobody's own progress is touched
atexit.register(shutil.rmtree, os.environ["JACLIB_HOME"], ignore_errors=True)
os.environ.pop("MPLBACKEND", None)  # the notebooks' kernels must show their figures inline

# To read a notebook, nbval imports jsonschema, and that a grammar of web addresses: three seconds in each process, for
# a format that no notebook has. So nbval comes from here, not by its entry point, and the grammar is not there.
sys.modules.setdefault("rfc3987_syntax", None)
pytest_plugins = ["nbval.plugin"]

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest

mpl.use("Agg")

collect_ignore = ["book/elsewhere"]  # needs JAX and PyTorch; tests/test_elsewhere.py runs what can run here


@pytest.fixture(autouse=True)
def _own_settings():
    """Give each test the default print options and figure style, whatever another one set."""
    with np.printoptions(), mpl.rc_context():
        yield
    plt.close("all")
