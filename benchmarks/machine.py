"""One thread for every library, and a description of where the times were taken, without names of hosts or users."""

from __future__ import annotations

import os
import platform
import sys
from importlib import metadata
from pathlib import Path

# Read by the libraries when they are first imported. NPROC sizes the thread pool of XLA, JAX's compiler; without
# asynchronous dispatch, JAX computes in the thread that asks.
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "NPROC": "1",
    "XLA_FLAGS": "--xla_cpu_multi_thread_eigen=false",
    "JAX_CPU_ENABLE_ASYNC_DISPATCH": "false",
    "JAX_PLATFORMS": "cpu",
    "JAX_ENABLE_X64": "true",
}
# What JAX is measured without in one more row, with its own choice of threads.
JAX_THREADS = ("NPROC", "XLA_FLAGS", "JAX_CPU_ENABLE_ASYNC_DISPATCH")
PACKAGES = ("numpy", "sympy", "autograd", "jax", "jaxlib", "torch", "numdifftools", "scipy")


def limit_threads() -> None:
    """Set one thread for all libraries.

    Raises
    ------
    RuntimeError
        If NumPy is loaded already: it has then read its number of threads.
    """
    if "numpy" in sys.modules:
        raise RuntimeError("limit_threads: numpy is loaded already, expected to be called before. Call it first.")
    os.environ.update(ONE_THREAD)


def versions() -> dict[str, str]:
    """Return the versions of Python, jaclib and all that it is measured against."""
    import jaclib

    return {
        "python": platform.python_version(),
        "jaclib": jaclib.__version__,
        **{package: metadata.version(package) for package in PACKAGES},
    }


def description() -> dict[str, str | int]:
    """Return processor, number of cores and operating system."""
    return {"processor": _processor(), "cores": os.cpu_count() or 1, "system": platform.system()}


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return f"{line.split(':', 1)[1].strip()} ({platform.machine()})"
    return f"{platform.processor() or 'processor'} ({platform.machine()})"
