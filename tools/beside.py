"""What the build does beside Sphinx, in processes of its own: run notebooks, draw pictures, make the JupyterLite site.

Jobs are begun when the build knows that they are needed, in that order and as many at a time as there are cores;
whoever needs the result of one waits for that one alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ProcessPoolExecutor


class Jobs:
    """The jobs of one build, by name."""

    def __init__(self):
        self._workers: ProcessPoolExecutor | None = None
        self._jobs: dict[Hashable, Future] = {}

    def begin(self, name: Hashable, function: Callable, *given) -> None:
        """Let another process call the function, which must be one of a module."""
        if self._workers is None:
            self._workers = ProcessPoolExecutor(os.cpu_count() or 1)
        self._jobs[name] = self._workers.submit(function, *given)

    def result(self, name: Hashable):
        """Return what the job returned, or raise what it raised, as soon as it has; None if none was begun."""
        return self._jobs[name].result() if name in self._jobs else None

    def end(self) -> None:
        """Drop the jobs that have not begun."""
        if self._workers is not None:
            self._workers.shutdown(wait=False, cancel_futures=True)


def setup(app):
    app.course_jobs = Jobs()
    app.connect("build-finished", lambda app, error: app.course_jobs.end(), priority=999)
