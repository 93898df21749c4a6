"""A server of this machine for the built pages: what tests, measurements and pictures open in a browser."""

from __future__ import annotations

import contextlib
import functools
import http.server
import sys
import threading
from collections.abc import Iterator
from pathlib import Path


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves the files of a folder, and prints nothing of it."""

    def log_message(self, *args):
        """Print nothing."""


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """Pass over a browser that went away in the middle of an answer; tell everything else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextlib.contextmanager
def served(folder: Path, handler: type[Quiet] = Quiet, below: str = "") -> Iterator[str]:
    """Serve a folder while the block runs; give its address, which ends with a slash.

    With `below`, a path that ends with a slash, it is served there and the rest of the server is empty, as on a host of
    many projects: an address that begins at the root misses it.
    """

    class Below(handler):
        def translate_path(self, path):
            inside = path.startswith(f"/{below}")
            return super().translate_path(f"/{path.removeprefix(f'/{below}')}" if inside else "/nothing-is-here")

    made = functools.partial(Below, directory=str(folder))
    with _Server(("127.0.0.1", 0), made) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/{below}"
        finally:
            server.shutdown()
            thread.join()
