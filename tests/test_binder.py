"""What repo2docker reads from ``.binder/``: it installs the course as the README's commands do."""

import re
import tomllib

from notebooks import KERNEL, ROOT, all_notebooks, read

BINDER = ROOT / ".binder"


def test_the_pins_are_the_courses_own():
    lines = (BINDER / "requirements.txt").read_text().splitlines()
    (named,) = [line for line in lines if line and not line.startswith("#")]
    target = (BINDER / named.removeprefix("-r ")).resolve()
    assert target == ROOT / "requirements.txt"
    assert "-e ." in target.read_text().splitlines()


def test_its_python_is_one_that_the_course_supports():
    major, minor = re.fullmatch(r"python-(\d+)\.(\d+)\n", (BINDER / "runtime.txt").read_text()).groups()
    least = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"].removeprefix(">=")
    supported = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text())
    assert f"{major}.{minor}" in supported
    assert least in supported


def test_nothing_else_is_read_there():
    assert {path.name for path in BINDER.iterdir()} == {"requirements.txt", "runtime.txt"}


def test_notebooks_ask_for_the_kernel_that_is_installed():
    assert {read(path).metadata.kernelspec.name for path in all_notebooks()} == {KERNEL["name"]} == {"python3"}
    assert re.search(r"^ipykernel==", (ROOT / "requirements.txt").read_text(), re.MULTILINE)
