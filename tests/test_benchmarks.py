"""The tasks of `make bench` are right in every library that is installed here, and the page shows its results.

No time is measured here. The libraries that only the benchmark's own environment has are checked by each run of it.
"""

import json
import os
import re

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from scipy.integrate import dblquad

from benchmarks import depth, estimates, libraries, machine, problems, report, tasks, timing
from benchmarks.integrands import suite
from notebooks import ROOT

HERE = {
    libraries.BY_HAND,
    libraries.JACLIB,
    "jaclib, central",
    "jaclib, complex step",
    "jaclib, forward mode",
    "autograd",
}
HERE |= {name for name in libraries.TABLE if name.startswith("SciPy")}
SMALL = {
    "rosenbrock": lambda: problems.rosenbrock(7),
    "network": lambda: problems.network((6, 5, 3), 4),
    "dense": lambda: problems.dense(4, 3, 5),
    "steps": lambda: problems.steps(9),
    "numeric": lambda: problems.dense(4, 3, 5, "numeric_jacobian"),
    "layers": lambda: problems.layers(4, 3, 5, 2),
    "chain": lambda: problems.chain(9),
}
RESULTS = report.read()
UNIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no signals that end a process")


def independent(problem):
    """Return the exact result by autograd, which has no part in `exact`."""

    def f(*args):
        return problem.function(anp, *args)

    if problem.kind == "value_and_gradient":
        return autograd.value_and_grad(f)(problem.point, *problem.constants)
    return autograd.jacobian(f)(problem.point, *problem.constants)


@pytest.mark.parametrize("make", SMALL.values(), ids=SMALL)
def test_the_exact_derivative_agrees_with_autograd(make):
    problem = make()
    assert problem.error(independent(problem)) < 1e-12


@pytest.mark.parametrize("make", [*SMALL.values(), problems.disc], ids=[*SMALL, "disc"])
def test_every_contender_gives_the_right_result(make):
    problem = make()
    names = [name for name, methods in libraries.TABLE.items() if problem.kind in methods and name in HERE]
    assert {libraries.BY_HAND, libraries.JACLIB} <= set(names)
    for name in names:
        entry = libraries.contender(name, problem)  # raises if it is not right
        assert entry.error <= problems.KINDS[problem.kind]


@pytest.mark.parametrize("key", problems.PROBLEMS)
def test_the_tasks_themselves_are_right_by_hand_and_in_jaclib(key):
    problem = problems.PROBLEMS[key]()
    for name in (libraries.BY_HAND, libraries.JACLIB):
        assert libraries.contender(name, problem).error <= problems.KINDS[problem.kind]


@pytest.mark.parametrize("make", SMALL.values(), ids=SMALL)
def test_every_namespace_computes_the_same_value(make):
    problem = make()
    np.testing.assert_allclose(
        problem.function(anp, problem.point, *problem.constants), problem.forward()(), rtol=1e-14, atol=0
    )


def test_the_value_of_the_network_is_the_one_whose_gradient_is_taken():
    problem = problems.network((6, 5, 3), 4)
    value, _ = problem.by_hand(problem.point, *problem.constants)
    assert value == pytest.approx(problem.forward()(), rel=1e-14)


def test_the_integral_over_the_disc_in_cartesian_coordinates():
    value, _ = dblquad(
        lambda y, x: np.exp(2 * x + y), -1, 1, lambda x: -np.sqrt(1 - x * x), lambda x: np.sqrt(1 - x * x)
    )
    assert problems.disc().exact_value == pytest.approx(value, rel=1e-7)


def test_a_wrong_result_is_not_timed(monkeypatch):
    wrong = {"gradient": lambda problem: lambda: 1.001 * problem.by_hand(problem.point)}
    monkeypatch.setitem(libraries.TABLE, "wrong", wrong)
    with pytest.raises(ArithmeticError, match=r"wrong, Gradient, Rosenbrock, n = 7: the error is 1\.0e-03"):
        libraries.contender("wrong", problems.rosenbrock(7))
    short = {"gradient": lambda problem: lambda: problem.by_hand(problem.point)[:-1]}
    monkeypatch.setitem(libraries.TABLE, "short", short)
    with pytest.raises(ValueError, match="shapes"):
        libraries.contender("short", problems.rosenbrock(7))


def test_contenders_take_turns_and_each_gets_its_own_summary():
    calls = []
    found = timing.measure({name: lambda name=name: calls.append(name) for name in "ab"}, seconds=0)
    assert {name: entry.rounds for name, entry in found.items()} == {"a": timing.FEWEST, "b": timing.FEWEST}
    assert all(0 < entry.low <= entry.median <= entry.high for entry in found.values())
    blocks = [name for name, before in zip(calls, [None, *calls], strict=False) if name != before]
    assert "".join(blocks).endswith("ababab")  # in the rounds: ab, ba, ab, ba, ab


def test_threads_are_limited_before_numpy_is_loaded():
    with pytest.raises(RuntimeError, match="numpy is loaded already"):
        machine.limit_threads()


@pytest.mark.parametrize(
    ("code", "err", "expected"),
    [
        (0, "a warning", depth.FINISHED),
        (1, "Traceback ...\nRecursionError: maximum recursion depth exceeded\n", "RecursionError"),
        pytest.param(-14, "", "stopped after 12 s", marks=UNIX),
        pytest.param(-11, "", "the process crashed (SIGSEGV)", marks=UNIX),
    ],
)
def test_how_a_process_ended_is_said_in_words(code, err, expected):
    assert depth._end(code, err, 12.0) == expected


# ------------------------------------------------------------------------------------------------- the page


@pytest.mark.parametrize("name", report.fragments(RESULTS))
def test_the_tables_are_those_of_the_results(name):
    assert (report.FOLDER / name).read_text(encoding="utf-8") == report.fragments(RESULTS)[name]


def test_the_page_includes_every_table_and_figure():
    page = (ROOT / "book" / "speed.md").read_text(encoding="utf-8")
    used = set(re.findall(r"^```\{(?:include|image)\} \.\./benchmarks/results/(\S+)$", page, re.MULTILINE))
    assert used == {path.name for path in report.FOLDER.iterdir()} - {"results.json"}


def test_every_task_and_every_contender_was_measured():
    assert list(RESULTS["tasks"]) == list(problems.PROBLEMS)
    for key, make in problems.PROBLEMS.items():
        problem, task = make(), RESULTS["tasks"][key]
        assert task["title"] == problem.title
        expected = {name for name, methods in libraries.TABLE.items() if problem.kind in methods}
        assert expected <= set(task["times"])
        for entry in task["times"].values():
            assert entry["error"] <= problems.KINDS[problem.kind]
    assert set(RESULTS["depth"]["libraries"]) == set(depth.COMPARED)


def test_the_estimates_are_of_the_suite_as_it_is():
    found = RESULTS["estimates"]
    assert (found["rtol"], found["evaluations"]) == (estimates.RTOL, estimates.EVALUATIONS)
    assert list(found["contenders"]) == list(estimates.COMPARED)
    for name, lines in found["contenders"].items():
        for line, n in zip(lines, estimates.COMPARED[name][1], strict=True):
            assert line["integrands"] == sum(member.dimension == n for member in suite())


def test_what_the_page_says_of_error_estimates_is_in_the_results():
    ours, *others = RESULTS["estimates"]["contenders"].values()
    assert all(line["converged"] == line["held"] for line in ours)
    assert sum(line["integrands"] for line in ours) > 300
    assert any(line["held"] < line["converged"] for lines in others for line in lines)


@pytest.mark.parametrize("name", estimates.COMPARED)
def test_each_contender_integrates_the_exponential(name):
    call, dimensions = estimates.COMPARED[name]
    for n in dimensions[:2]:
        member = next(m for m in suite() if m.dimension == n and m.name.startswith("exp"))
        value, _, converged = call(member)
        assert converged
        assert value == pytest.approx(member.exact, rel=1e-6)


def test_the_results_are_those_of_the_pinned_versions():
    pins = dict(re.findall(r"^(\w+)==(\S+)", (ROOT / "benchmarks/requirements.txt").read_text(encoding="utf-8"), re.M))
    measured = {name: version.split("+")[0] for name, version in RESULTS["measured"]["versions"].items()}
    assert {name: pins[name] for name in measured.keys() & pins.keys()} == {
        name: measured[name] for name in measured.keys() & pins.keys()
    }
    assert measured.keys() - pins.keys() == {"python", "jaclib"}


def test_the_results_name_no_machine():
    machine = RESULTS["measured"]["machine"]
    assert set(machine) == {"processor", "cores", "system"}
    assert not re.search(r"/(home|root|tmp|work|Users)/", json.dumps(RESULTS))


def test_what_the_page_says_in_words_is_in_the_results():
    """The prose names winners; a new run that turns one round must change the prose."""
    for key in ("rosenbrock", "network", "dense", "steps"):
        times = RESULTS["tasks"][key]["times"]
        for eager in ("autograd", "PyTorch", "JAX"):
            assert times[libraries.JACLIB]["median"] < times[eager]["median"], (key, eager)
    gradient = {name: entry["median"] for name, entry in RESULTS["tasks"]["rosenbrock"]["times"].items()}
    assert gradient[tasks.OWN_THREADS] < gradient[tasks.JITTED] / 2
    assert gradient[tasks.OWN_THREADS] < gradient[libraries.JACLIB] / 2
    size = RESULTS["size"]["times"]
    ratios = {name: np.array(times) / np.array(size["f itself"]) for name, times in size.items()}
    assert ratios["JAX, jitted"][-1] < 1
    assert ratios[libraries.JACLIB][-1] < ratios[libraries.JACLIB][0]
    shape = {mode: np.array(times) for mode, times in RESULTS["shape"]["times"].items()}
    forward_over_reverse = shape["forward"] / shape["reverse"]
    assert forward_over_reverse[-1, 0] < 0.5
    assert forward_over_reverse[0, -1] > 2
    chains = RESULTS["depth"]["libraries"]
    assert chains[libraries.JACLIB]["points"][-1]["depth"] == 100_000
    assert chains["JAX, jitted"]["points"][-1]["depth"] < 100_000
    assert chains[depth.SCAN]["points"][-1]["median"] < chains[libraries.JACLIB]["points"][-1]["median"]
