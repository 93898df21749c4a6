"""Where a chapter can be run outside the book: Binder, Colab and a JupyterHub, as far as the build knows the addresses.

The address of the repository is not part of the course. A CI server names it in its environment, as GitHub does; who
builds the book for a university's JupyterHub names that in ``JACLIB_JUPYTERHUB``. Colab opens a notebook without the
repository around it, so it is given the copies that can install jaclib: the workflow publishes them on a branch of
their own, named in ``JACLIB_COLAB_BRANCH``. What is not named gives no link.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote, urlencode

HUB_VARIABLE = "JACLIB_JUPYTERHUB"
COLAB_VARIABLE = "JACLIB_COLAB_BRANCH"
BINDER = "https://mybinder.org"
COLAB = "https://colab.research.google.com"
_MERGE = re.compile(r"\d+/merge$")  # what GitHub calls the branch while it tests a proposed change


@dataclass(frozen=True)
class Repository:
    """A repository and the branch that the book is built from."""

    server: str
    name: str
    branch: str

    @property
    def url(self) -> str:
        """Address of the repository's page, which git can clone from."""
        return f"{self.server}/{self.name}"

    @property
    def on_github(self) -> bool:
        """Whether it is on the public GitHub, which Colab reads and Binder has a short form for."""
        return self.server == "https://github.com"


def repository(environment: Mapping[str, str]) -> Repository | None:
    """Return the repository that the environment names, if it does."""
    server, name = environment.get("GITHUB_SERVER_URL", "").rstrip("/"), environment.get("GITHUB_REPOSITORY", "")
    if not (server and name):
        return None
    branch = environment.get("GITHUB_REF_NAME", "")
    return Repository(server, name, "main" if not branch or _MERGE.match(branch) else branch)


def links(path: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the addresses under which others run a notebook, by the name of the service.

    Parameters
    ----------
    path : str
        The notebook's path in the repository, as ``book/gallery.ipynb``.
    environment : Mapping
        The variables of the build, as `os.environ`.
    """
    found = repository(environment)
    if found is None:
        return {}
    addresses = {}
    branch = quote(found.branch, safe="")
    if found.on_github:
        if copies := environment.get(COLAB_VARIABLE):
            name = PurePosixPath(path).name
            addresses["Colab"] = f"{COLAB}/github/{found.name}/blob/{quote(copies)}/{quote(name)}"
        addresses["Binder"] = f"{BINDER}/v2/gh/{found.name}/{branch}"
    else:
        addresses["Binder"] = f"{BINDER}/v2/git/{quote(found.url, safe='')}/{branch}"
    addresses["Binder"] += "?" + urlencode({"urlpath": f"lab/tree/{path}"})
    if hub := environment.get(HUB_VARIABLE, "").rstrip("/"):
        folder = found.name.rsplit("/", 1)[-1]
        asked = {"repo": found.url, "branch": found.branch, "urlpath": f"lab/tree/{folder}/{path}"}
        addresses["JupyterHub"] = f"{hub}/hub/user-redirect/git-pull?{urlencode(asked)}"
    return addresses
