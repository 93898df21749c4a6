"""`Substitution` against closed forms, SciPy, and the theory of determinants."""

import numpy as np
import pytest
import sympy as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import integrate as scipy_integrate

from jaclib import Substitution
from jaclib.substitution import FoldWarning, UnconfirmedWarning
from jaclib.substitution._results import settle

x, y, z, r, s, t, u, v, w, p = sp.symbols("x y z r s t u v w p")
up, vp, xp, yp = sp.symbols("u v x y", positive=True)
pi, oo, exp, sin, cos, sqrt = sp.pi, sp.oo, sp.exp, sp.sin, sp.cos, sp.sqrt

POLAR = Substitution({x: r * cos(t), y: r * sin(t)}, (r, t))
SPHERICAL = Substitution({x: r * sin(p) * cos(t), y: r * sin(p) * sin(t), z: r * cos(p)}, (r, p, t))
CYLINDRICAL = Substitution({x: r * cos(t), y: r * sin(t), z: w}, (r, t, w))
TURNED = Substitution({x: (u + v) / 2, y: (u - v) / 2}, (u, v))
ELLIPTIC = Substitution({x: 3 * r * cos(t), y: 2 * r * sin(t)}, (r, t))
HYPERBOLIC = Substitution({xp: sqrt(up / vp), yp: sqrt(up * vp)}, (up, vp))
LINEAR = Substitution({x: u + 2 * v, y: 3 * u + v}, (u, v))
TRIANGLE = Substitution({x: u, y: u * v}, (u, v))
FOLDED = Substitution({x: u**2, y: v}, (u, v))
TURN = {t: (0, 2 * pi)}


# -- Jacobian, determinant, scale


def test_the_jacobian_has_outputs_as_rows():
    assert POLAR.jacobian == sp.Matrix([[cos(t), -r * sin(t)], [sin(t), r * cos(t)]])
    # The order of `new` is the order of the columns.
    swapped = Substitution({x: r * cos(t), y: r * sin(t)}, (t, r))
    assert swapped.jacobian == POLAR.jacobian[:, ::-1]
    assert swapped.det == -r
    assert swapped.scale == sp.Abs(r)


@pytest.mark.parametrize(
    ("substitution", "det"),
    [
        (POLAR, r),
        (SPHERICAL, r**2 * sin(p)),
        (CYLINDRICAL, r),
        (TURNED, -sp.Rational(1, 2)),
        (ELLIPTIC, 6 * r),
        (LINEAR, -5),
        (HYPERBOLIC, 1 / (2 * vp)),
        (Substitution({x: (u**2 - v**2) / 2, y: u * v}, (u, v)), u**2 + v**2),
        (Substitution({x: exp(u) * cos(v), y: exp(u) * sin(v)}, (u, v)), exp(2 * u)),
        (Substitution({x: 1 / (1 + exp(-u))}, u), exp(-u) / (1 + exp(-u)) ** 2),
    ],
)
def test_determinants(substitution, det):
    assert sp.simplify((substitution.det - det).rewrite(exp)) == 0


def test_the_scale_assumes_no_more_than_is_declared():
    assert POLAR.scale == sp.Abs(r)
    assert SPHERICAL.scale == r**2 * sp.Abs(sin(p))
    rp = sp.Symbol("r", positive=True)
    rn = sp.Symbol("r", nonpositive=True)
    assert Substitution({x: rp * cos(t), y: rp * sin(t)}, (rp, t)).scale == rp
    assert Substitution({x: rn * cos(t), y: rn * sin(t)}, (rn, t)).scale == -rn
    # A sum of squares needs no declaration.
    assert Substitution({x: (u**2 - v**2) / 2, y: u * v}, (u, v)).scale == u**2 + v**2


def test_transform_drops_bars_only_where_the_limits_prove_the_sign():
    assert POLAR.transform(x**2 + y**2) == r**2 * sp.Abs(r)
    assert POLAR.transform(x**2 + y**2, {r: (0, 2), **TURN}) == r**3
    assert POLAR.transform(1, {r: (-2, 0), **TURN}) == -r
    assert POLAR.transform(1, {r: (-2, 1), **TURN}) == sp.Abs(r)
    half, whole = {r: (0, 1), p: (0, pi), **TURN}, {r: (0, 1), p: (0, 2 * pi), **TURN}
    assert SPHERICAL.transform(1, half) == r**2 * sin(p)
    assert SPHERICAL.transform(1, whole) == r**2 * sp.Abs(sin(p))


def test_a_mapping_of_new_in_terms_of_old_is_solved():
    inverse = Substitution({up: xp * yp, vp: yp / xp}, (up, vp))
    assert set(inverse.old) == {xp, yp}
    assert inverse.scale == 1 / (2 * vp)
    with pytest.raises(ValueError, match=r"2 ways found .* Declare the signs"):
        Substitution({u: x * y, v: y / x}, (u, v)).mapping  # noqa: B018


matrices = st.lists(st.integers(-4, 4), min_size=4, max_size=4).map(lambda entries: sp.Matrix(2, 2, entries))


@settings(max_examples=30, deadline=None)
@given(matrices, matrices)
def test_the_scale_of_a_composition_is_the_product(a, b):
    assume(a.det() != 0 and b.det() != 0)
    outer = Substitution(dict(zip((x, y), a @ sp.Matrix([u, v]), strict=True)), (u, v))
    both = Substitution(dict(zip((x, y), a @ b @ sp.Matrix([s, t]), strict=True)), (s, t))
    inner = Substitution(dict(zip((u, v), b @ sp.Matrix([s, t]), strict=True)), (s, t))
    assert both.scale == outer.scale * inner.scale == abs(a.det() * b.det())


@settings(max_examples=8, deadline=None)
@given(matrices, st.lists(st.integers(-3, 3), min_size=6, max_size=6))
def test_polynomials_over_random_parallelograms(a, coefficients):
    assume(a.det() != 0)
    substitution = Substitution(dict(zip((x, y), a @ sp.Matrix([u, v]), strict=True)), (u, v))
    f = sum(c * m for c, m in zip(coefficients, (1, x, y, x * y, x**2, y**2), strict=True))
    result = substitution.integrate(f, {u: (0, 1), v: (0, 1)})
    # Green's theorem turns the double integral into one around the boundary, which knows nothing of det J.
    primitive = sp.integrate(f, x)
    corners = [sp.Matrix(c) for c in ((0, 0), (1, 0), (1, 1), (0, 1))]
    boundary = 0
    for first, last in zip(corners, corners[1:] + corners[:1], strict=True):
        point = a @ (first + s * (last - first))
        edge = primitive.subs({x: point[0], y: point[1]}, simultaneous=True) * sp.diff(point[1], s)
        boundary += sp.integrate(sp.expand(edge), (s, 0, 1))
    assert result.method == "exact"
    assert result.value == sp.sign(a.det()) * boundary


# -- integrals

EXERCISES = {
    "area of a parallelogram": (LINEAR, 1, {u: (0, 2), v: (0, 1)}, 10),
    "x^2 + y^2 over a disc": (POLAR, x**2 + y**2, {r: (0, 2), **TURN}, 8 * pi),
    "xy over a quarter disc": (POLAR, x * y, {r: (0, 2), t: (0, pi / 2)}, 2),
    "turned square": (TURNED, (x + y) ** 2, {u: (0, 2), v: (0, 2)}, sp.Rational(8, 3)),
    "between hyperbolas": (HYPERBOLIC, 1, {up: (1, 4), vp: (1, 4)}, 3 * sp.log(2)),
    "ellipse": (ELLIPTIC, x**2, {r: (0, 1), **TURN}, 27 * pi / 2),
    "ball": (SPHERICAL, z**2, {r: (0, 2), p: (0, pi), **TURN}, 128 * pi / 15),
    "triangle": (TRIANGLE, exp(y / x), {u: (0, 1), v: (0, 1)}, (sp.E - 1) / 2),
    "Gaussian": (POLAR, exp(-(x**2 + y**2) / 2), {r: (0, oo), **TURN}, 2 * pi),
    "cardioid": (POLAR, 1, {t: (0, 2 * pi), r: (0, 1 + cos(t))}, 3 * pi / 2),
    "shifted disc": (POLAR, x, {r: (0, 2 * cos(t)), t: (-pi / 2, pi / 2)}, pi),
    "singular at the centre": (POLAR, (x**2 + y**2) ** sp.Rational(-3, 4), {r: (0, 1), **TURN}, 4 * pi),
    "logarithm": (POLAR, sp.log(x**2 + y**2), {r: (0, 1), **TURN}, -pi),
    "cone": (CYLINDRICAL, z, {w: (0, 1), r: (0, w), **TURN}, pi / 4),
    "paraboloid": (CYLINDRICAL, x**2 + y**2, {r: (0, 2), w: (r**2, 4), **TURN}, 32 * pi / 3),
    "one dimension": (Substitution({x: u**2}, u), x, {u: (0, 2)}, 8),
    "negative radius": (POLAR, 1, {r: (-1, 0), **TURN}, pi),
}


@pytest.mark.parametrize("name", EXERCISES)
def test_exact_integrals(name):
    substitution, integrand, limits, exact = EXERCISES[name]
    result = substitution.integrate(integrand, limits)
    assert result.method == "exact"
    assert sp.simplify(result.value - exact) == 0
    assert result.error == 0.0
    assert result.reason == "confirmed numerically"
    assert abs(result.check.value - float(exact)) <= result.check.error


def test_limits_may_be_a_dictionary_or_triples_in_any_order():
    values = {
        POLAR.integrate(x**2, limits).value
        for limits in ({r: (0, 1), **TURN}, [(t, 0, 2 * pi), (r, 0, 1)], ((r, 0, 1), (t, 0, 2 * pi)))
    }
    assert values == {pi / 4}
    assert Substitution({x: u**2}, u).integrate(1, (u, 0, 1)).value == 1


def test_without_an_exact_value_the_numeric_one_agrees_with_scipy():
    result = POLAR.integrate(exp(sin(x) * y), {r: (0, 1), **TURN}, time_limit=1.0)
    theirs, estimate = scipy_integrate.dblquad(
        lambda b, a: np.exp(np.sin(a) * b), -1, 1, lambda a: -np.sqrt(1 - a * a), lambda a: np.sqrt(1 - a * a)
    )
    assert result.method == "numeric"
    assert "time limit was 1 s" in result.reason
    assert isinstance(result.value, float)
    assert abs(result.value - theirs) <= result.error + estimate
    assert 0 < result.error < 1e-8


def test_floats_are_integrated_numerically_and_said_to_be():
    result = POLAR.integrate(x**2 + y**2, {r: (0, 0.5), t: (0, 2 * pi)})
    assert result.method == "numeric"
    assert "floats" in result.reason
    assert abs(result.value - np.pi / 32) <= result.error


def test_an_empty_region_gives_zero():
    assert POLAR.integrate(x**2, {r: (1, 1), **TURN}).value == 0


def test_a_wrong_exact_value_is_never_returned():
    numeric = POLAR.integrate(1, {r: (0, 1), **TURN}).check
    result = settle("test", sp.Integer(3), lambda: numeric, sp.Integral(1, (r, 0, 1)), "")
    assert result.method == "numeric"
    assert "SymPy's result 3 disagrees" in result.reason
    assert result.value == pytest.approx(np.pi)


def test_a_divergent_integral_is_an_error():
    with pytest.raises(ValueError, match="diverges"):
        POLAR.integrate(1 / (x**2 + y**2), {r: (0, 1), **TURN})


def test_an_integrand_that_is_not_real_is_an_error():
    with pytest.raises(ValueError, match=r"integrand sqrt\(x\) is not real at r = "):
        POLAR.integrate(sqrt(x), {r: (0, 1), **TURN})


def test_results_can_be_read():
    result = POLAR.integrate(x**2 + y**2, {r: (0, 2), **TURN})
    assert repr(result) == "8*pi (exact, ≈ 25.1327412287; confirmed numerically)"
    assert float(result) == pytest.approx(8 * np.pi)
    assert result.transformed.doit() == 8 * pi
    assert result._repr_latex_().startswith(r"$\displaystyle \int")
    assert r"\left|\det J\right| &= \left|{r}\right|" in POLAR._repr_latex_()
    assert repr(POLAR) == "Substitution({x: r*cos(t), y: r*sin(t)}, new=(r, t))"


# -- folds and preimages


@pytest.mark.parametrize(
    ("substitution", "limits", "sign_changes"),
    [
        (FOLDED, {u: (-1, 1), v: (0, 1)}, {sp.Eq(u, 0)}),
        (POLAR, {r: (-1, 2), **TURN}, {sp.Eq(r, 0)}),
        (SPHERICAL, {r: (0, 2), p: (0, 2 * pi), **TURN}, {sp.Eq(p, pi)}),
        (POLAR, {r: (0, 2), t: (0, 4 * pi)}, set()),
        (Substitution({x: exp(u) * cos(v), y: exp(u) * sin(v)}, (u, v)), {u: (0, 1), v: (0, 3 * pi)}, set()),
        (Substitution({x: u + v**2, y: u**2 + v}, (u, v)), {u: (0, 1), v: (0, 1)}, {sp.Eq(4 * u * v - 1, 0)}),
    ],
)
def test_folding_maps_are_found_out(substitution, limits, sign_changes):
    folds = substitution.folds(limits)
    assert folds
    assert not folds.one_to_one
    assert set(folds.sign_changes) == sign_changes
    # The witness is checked by mapping it: two different points, one image.
    first, second = folds.witness
    images = [[float(e.subs(point)) for e in substitution.mapping.values()] for point in (first, second)]
    assert images[0] == pytest.approx(images[1], abs=1e-6)
    assert max(abs(first[k] - second[k]) for k in first) > 1e-3


@pytest.mark.parametrize(
    ("substitution", "limits"),
    [
        (POLAR, {r: (0, 2), **TURN}),
        (POLAR, {r: (0, oo), **TURN}),
        (SPHERICAL, {r: (0, 2), p: (0, pi), **TURN}),
        (TURNED, {u: (0, 2), v: (0, 2)}),
        (HYPERBOLIC, {up: (1, 4), vp: (1, 4)}),
        (FOLDED, {u: (0, 1), v: (0, 1)}),
        (Substitution({x: u**3, y: v}, (u, v)), {u: (-1, 1), v: (0, 1)}),
        (POLAR, {t: (0, 2 * pi), r: (0, 1 + cos(t))}),
    ],
)
def test_one_to_one_maps_raise_no_alarm(substitution, limits):
    folds = substitution.folds(limits)
    assert folds.one_to_one
    assert not folds
    assert folds.witness is None


def test_zeros_of_the_determinant_at_the_edge_are_named_but_no_fold():
    folds = POLAR.folds({r: (0, 2), **TURN})
    assert folds.zeros == (sp.Eq(r, 0),)
    assert "measure zero" in folds.reason


def test_integrating_over_a_fold_warns_and_counts_with_multiplicity():
    with pytest.warns(FoldWarning, match="changes sign where u = 0"):
        result = FOLDED.integrate(1, {u: (-1, 1), v: (0, 1)})
    assert result.value == 2  # the image has area 1 and is covered twice
    with pytest.warns(FoldWarning, match="more than once"):
        assert POLAR.integrate(1, {r: (0, 1), t: (0, 4 * pi)}).value == 2 * pi
    with pytest.warns(FoldWarning, match="p = pi"):
        SPHERICAL.integrate(z**2, {r: (0, 2), p: (0, 2 * pi), **TURN})


def test_preimages():
    assert FOLDED.preimages((4, 1)) == [{u: -2, v: 1}, {u: 2, v: 1}]
    assert FOLDED.preimages((-1, 1)) == []
    assert FOLDED.preimages({y: 1, x: 4}, {u: (0, 3), v: (0, 3)}) == [{u: 2, v: 1}]
    assert Substitution({x: u**2}, u).preimages(9) == [{u: -3}, {u: 3}]


def test_preimages_inside_limits_are_all_of_them():
    found = POLAR.preimages((1, 1), {r: (-2, 2), t: (0, 4 * pi)})
    angles = sorted((float(point[r]), float(point[t])) for point in found)
    root = np.sqrt(2)
    expected = [(-root, 5 / 4 * np.pi), (-root, 13 / 4 * np.pi), (root, np.pi / 4), (root, 9 / 4 * np.pi)]
    assert np.array(angles) == pytest.approx(np.array(expected), abs=1e-8)


def test_preimages_without_a_formula_need_limits():
    quintic = Substitution({x: u**5 - u + v, y: v + exp(v)}, (u, v))
    found = quintic.preimages((0.5, 1), {u: (-2, 2), v: (-3, 3)})
    value = scipy_root = float(sp.nsolve(v + exp(v) - 1, v, 0.1))
    roots = np.roots([1, 0, 0, 0, -1, value - 0.5])
    expected = sorted(root.real for root in roots if abs(root.imag) < 1e-9)
    assert [float(point[u]) for point in found] == pytest.approx(expected, abs=1e-8)
    assert float(found[0][v]) == pytest.approx(scipy_root, abs=1e-8)


# -- bad input

xr = sp.Symbol("x", real=True)
rp = sp.Symbol("r", positive=True)


@pytest.mark.parametrize(
    ("mapping", "new", "error", "match"),
    [
        ({x: u + v, y: 2 * u + 2 * v}, (u, v), ValueError, "identically zero"),
        ({x: sin(u + v), y: (u + v) ** 2}, (u, v), ValueError, "identically zero"),
        ({x: u, y: 2 * u}, (u, v), ValueError, "identically zero"),
        ({x: u, y: v}, u, ValueError, "expected equal numbers"),
        ({x: u + v}, (u, v), ValueError, "expected equal numbers"),
        ({x: x * u, y: v}, (u, v), ValueError, "as old and as new"),
        ({x: u + v, u: v}, (u, v), ValueError, "as old and as new"),
        ({x: u, y: v}, (u, u), ValueError, "distinct"),
        ({}, (), ValueError, "one or more"),
        ({x: u * sp.Symbol("v", real=True), y: v}, (u, v), ValueError, "two symbols called v"),
        ([u, v], (u, v), TypeError, "expected a dictionary"),
        ({x: "u", y: v}, (u, v), TypeError, "SymPy expression"),
        ({x: np.sin, y: v}, (u, v), TypeError, "SymPy expression"),
        ({x: sp.I * u, y: v}, (u, v), TypeError, "real expression"),
        ({x: sp.nan, y: v}, (u, v), ValueError, "finite expression"),
        ({"x": u, y: v}, (u, v), TypeError, "SymPy symbols"),
        ({x: u, y: v}, ("u", "v"), TypeError, "SymPy symbols"),
    ],
)
def test_bad_mappings(mapping, new, error, match):
    with pytest.raises(error, match=match):
        Substitution(mapping, new)


@pytest.mark.parametrize(
    ("integrand", "limits", "error", "match"),
    [
        (x, {r: (0, 1)}, ValueError, r"no range for \[t\]"),
        (x, {r: (0, 1), t: (0, 1), u: (0, 1)}, ValueError, "limits name u"),
        (x, {x: (0, 1), t: (0, 1)}, ValueError, "ranges name t"),
        (x, {r: (0, s), t: (0, 1)}, ValueError, "limits contain"),
        (x, {r: (0, t), t: (0, r)}, ValueError, "circle"),
        (x, {r: (0, float("nan")), t: (0, 1)}, ValueError, "float nan"),
        (x, {r: (0, float("inf")), t: (0, 1)}, ValueError, r"sympy\.oo"),
        (x, {r: (0, sp.nan), t: (0, 1)}, ValueError, "limit of r is nan"),
        (x, {r: (0, sqrt(-2)), t: (0, 1)}, (TypeError, ValueError), "real"),
        (x, {r: (0, sp.asin(2)), t: (0, 1)}, ValueError, "real number"),
        (x, {r: (2, 0), t: (0, 1)}, ValueError, "from 2 down to 0"),
        (x, {r: (1, t), t: (0, 1)}, ValueError, "wrong order"),
        (x, {r: 2, t: (0, 1)}, TypeError, "expected"),
        (x, 3, TypeError, "expected"),
        (x, [(r, 0, 1), (r, 0, 2), (t, 0, 1)], ValueError, "twice"),
        (x * s, {r: (0, 1), t: (0, 1)}, ValueError, r"\['s'\] are neither"),
        (xr, {r: (0, 1), t: (0, 1)}, ValueError, "two symbols called x"),
        ("x", {r: (0, 1), t: (0, 1)}, TypeError, "SymPy expression"),
        (lambda x, y: x, {r: (0, 1), t: (0, 1)}, TypeError, "SymPy expression"),
        (sp.I * x, {r: (0, 1), t: (0, 1)}, TypeError, "real expression"),
    ],
)
def test_bad_integrals(integrand, limits, error, match):
    with pytest.raises(error, match=match):
        POLAR.integrate(integrand, limits)


def test_limits_must_respect_declared_assumptions():
    polar = Substitution({x: rp * cos(t), y: rp * sin(t)}, (rp, t))
    with pytest.raises(ValueError, match="declared with"):
        polar.integrate(1, {rp: (-1, 1), **TURN})


@pytest.mark.parametrize(
    ("point", "error", "match"),
    [
        ((1, 2, 3), ValueError, "3 values"),
        ((1, float("nan")), ValueError, "finite"),
        ((1, u), ValueError, "finite real numbers"),
        ({x: 1}, ValueError, "expected the old variables"),
        (("a", 1), TypeError, "SymPy expression"),
    ],
)
def test_bad_points(point, error, match):
    with pytest.raises(error, match=match):
        POLAR.preimages(point)


def test_parameters_may_stay_in_the_determinant_but_not_in_an_integral():
    a = sp.Symbol("a", positive=True)
    stretched = Substitution({x: a * u, y: v}, (u, v))
    assert stretched.scale == a
    with pytest.raises(ValueError, match="Put in a value for a parameter"):
        stretched.integrate(1, {u: (0, 1), v: (0, 1)})


def test_sympy_is_imported_only_when_it_is_needed():
    import subprocess
    import sys

    code = "import sys, jaclib; assert 'sympy' not in sys.modules; jaclib.Substitution; assert 'sympy' in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
    import jaclib

    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        jaclib.nothing  # noqa: B018


def test_an_overlap_of_a_thousandth_at_the_ends_of_a_range_is_found():
    folds = POLAR.folds({r: (0, 1), t: (0, 2 * pi + sp.Rational(1, 100))})
    assert not folds.one_to_one


@pytest.mark.parametrize(
    ("substitution", "limits"),
    [
        # Nearly constant somewhere, but one-to-one: almost equal images are not equal ones.
        (Substitution({x: exp(u)}, u), {u: (-oo, oo)}),
        (Substitution({x: u**5}, u), {u: (-1, 1)}),
        (Substitution({x: r * cos(t) ** 3, y: r * sin(t) ** 3}, (r, t)), {r: (0, 1), **TURN}),
        (Substitution({x: sp.atan(u)}, u), {u: (-oo, oo)}),
        (Substitution({x: 1 / (1 + exp(-u))}, u), {u: (-oo, oo)}),
    ],
)
def test_a_flat_map_is_not_taken_for_a_fold(substitution, limits):
    assert substitution.folds(limits).one_to_one


def test_a_map_that_is_not_real_inside_the_limits_is_an_error():
    logarithm = Substitution({x: sp.log(u)}, u)
    for method in (lambda: logarithm.integrate(x, {u: (-1, 1)}), lambda: logarithm.folds({u: (-1, 1)})):
        with pytest.raises(ValueError, match=r"not real at u = -"):
            method()


def test_an_exact_value_that_nothing_confirms_warns():
    with pytest.warns(UnconfirmedWarning, match="could not be confirmed"):
        result = Substitution({x: 2 * u}, u).integrate(sin(x) / x, {u: (0, oo)})
    assert result.value == pi / 2
    assert result.check is None


def test_a_sign_that_only_samples_show_helps_to_an_exact_value_but_is_not_displayed_as_proved():
    ring = {x: (2 + r * cos(p)) * cos(t), y: (2 + r * cos(p)) * sin(t), z: r * sin(p)}
    torus, limits = Substitution(ring, (r, p, t)), {r: (0, 1), p: (0, 2 * pi), **TURN}
    assert torus.transform(1, limits).has(sp.Abs)
    assert torus.integrate(1, limits).value == 4 * pi**2


# -- declared assumptions against the limits


@pytest.mark.parametrize(
    ("mapping", "new", "integrand", "limits", "match"),
    [
        ({xp: r * cos(t), yp: r * sin(t)}, (r, t), sp.Abs(xp), {r: (0, 1), t: (0, 2 * pi)}, "x is declared .*below 0"),
        ({xp: r * cos(t), y: r * sin(t)}, (r, t), sp.sign(xp), {r: (0, 1), t: (0, 2 * pi)}, "positive=True.*below 0"),
        ({xp: u - 1}, u, sqrt(xp**2), {u: (0, 1)}, "real=True only"),
        ({xp: u - sp.Rational(1, 10**4)}, u, sp.Abs(xp), {u: (0, 1)}, "below 0"),
        ({xp: (u - sp.Rational(1, 3)) ** 2 - sp.Rational(1, 10**6)}, u, sp.Abs(xp), {u: (0, 1)}, "below 0"),
        ({sp.Symbol("m", nonpositive=True): u}, u, u, {u: (0, 1)}, "m is declared .*above 0"),
        # The sign of a new variable, where its limits depend on another one.
        ({x: u, y: vp}, (u, vp), sp.Abs(vp), {u: (-1, 1), vp: (u, 2)}, "v is declared .*below 0"),
    ],
)
def test_a_sign_that_the_map_does_not_keep_is_refused(mapping, new, integrand, limits, match):
    substitution = Substitution(mapping, new)
    with pytest.raises(ValueError, match=match):
        substitution.integrate(integrand, limits)
    with pytest.raises(ValueError, match=match):
        substitution.transform(integrand, limits)


@pytest.mark.parametrize(
    ("mapping", "new", "integrand", "limits", "value"),
    [
        ({xp: r * cos(t), yp: r * sin(t)}, (r, t), sp.Abs(xp), {r: (0, 1), t: (0, pi / 2)}, sp.Rational(1, 3)),
        ({x: r * cos(t), y: r * sin(t)}, (r, t), sp.Abs(x), {r: (0, 1), t: (0, 2 * pi)}, sp.Rational(4, 3)),
        ({xp: exp(u)}, u, sqrt(xp**2) * exp(-(u**2) - u), {u: (-oo, oo)}, sqrt(pi) * exp(sp.Rational(1, 4))),
        ({sp.Symbol("m", nonzero=True): u}, u, u**2, {u: (-1, 1)}, sp.Rational(2, 3)),
    ],
)
def test_a_sign_that_the_map_keeps_is_used(mapping, new, integrand, limits, value):
    assert sp.simplify(Substitution(mapping, new).integrate(integrand, limits).value - value) == 0


@pytest.mark.parametrize("fact", ["integer", "even", "odd", "prime", "rational", "zero"])
def test_a_discrete_variable_is_refused(fact):
    n = sp.Symbol("n", **{fact: True})
    with pytest.raises(ValueError, match=f"n is declared with .*{fact}=True.*declare real=True only"):
        Substitution({x: n}, n)
    with pytest.raises(ValueError, match="fills an interval"):
        Substitution({n: u}, u)
    with pytest.raises(ValueError, match="fills an interval"):
        Substitution({u: n / 3}, u)


@pytest.mark.filterwarnings("ignore::jaclib.substitution.FoldWarning")
def test_an_absolute_value_in_the_map_needs_no_declaration():
    assert float(Substitution({x: sp.Abs(u)}, u).integrate(x, {u: (-1, 2)})) == pytest.approx(2.5)
    assert float(Substitution({x: u * sp.Abs(u)}, u).integrate(x, {u: (-1, 2)})) == pytest.approx(7.5)


def test_a_function_without_values_is_named():
    with pytest.raises(ValueError, match=r"NumPy does not have the function besselj.*scipy\.special"):
        Substitution({x: 2 * u}, u).integrate(sp.besselj(0, x) * exp(-sin(x)), {u: (0, 1)}, time_limit=0.5)
