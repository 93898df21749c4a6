"""One number, and arrays of numbers, written in many ways: by printers that the reader of answers knows nothing of."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import sympy as sp


def rounded(value, digits: int) -> str:
    """Round to significant digits by SymPy's arithmetic, and write them out in full."""
    if value == 0:
        return "0"
    exponent = sp.floor(sp.log(abs(value), 10).evalf(30))
    place = digits - 1 - int(exponent)
    scaled = sp.Integer(sp.floor((abs(value) * sp.Integer(10) ** place).evalf(60) + sp.Rational(1, 2)))
    if scaled >= 10**digits:  # 9.996 to three digits is 10.0
        scaled, place = scaled // 10, place - 1
    text = str(scaled)
    if place > 0:
        text = text.rjust(place + 1, "0")
        text = f"{text[:-place]}.{text[-place:]}"
    else:
        text += "0" * -place
    return "-" * bool(value < 0) + text


def number_forms(value) -> list[str]:
    """Return texts that all mean one number; the exact ones come first."""
    value = sp.sympify(value)
    code, latex = sp.pycode(value), sp.latex(value, ln_notation=True)
    forms = [
        str(value),
        f" {value} ",
        f"({value})",
        code,
        code.replace("math.", "np."),
        latex,
        f"${latex}$",
        str(value).replace("pi", "π").replace("-", "−"),
        f"2*({value})/2",
        f"({value}) + 1 - 1",
        f"-(-({value}))",
        f"1/2*({value}) + ({value})/2",
    ]
    if value.is_Rational and not value.is_Integer:
        sign = "-" * bool(value < 0)
        p, q = abs(value.p), value.q
        forms += [
            rf"{sign}\frac{{{p}}}{{{q}}}",
            rf"{sign}\dfrac{{{p}}}{{{q}}}",
            f"{sign}{3 * p}/{3 * q}",
            f"{sign}{p} / {q}",
        ]
        forms += [f"Rational({value.p}, {q})", f"Fraction({value.p}, {q})"]
    forms += (
        [rounded(value, digits) for digits in (3, 4, 6, 12)] if not value.is_Integer else [f"{value}.0", f"{value}."]
    )
    if value.is_Integer:
        forms += [f"{2 * value}/2", f"{value} * 1", f"sqrt({value**2})" if value >= 0 else f"-sqrt({value**2})"]
    mantissa, exponent = f"{float(value):.6e}".split("e")
    if not value.is_Integer or abs(value) < 10**6:
        forms.append(f"{mantissa}e{int(exponent)}")
    return list(dict.fromkeys(forms))


def number_objects(value) -> list:
    """Return Python objects that all mean one number."""
    value = sp.sympify(value)
    objects = [value, float(value), np.float64(float(value)), np.array(float(value)), np.float32(float(value))]
    if value.is_Rational:
        objects.append(Fraction(int(value.p), int(value.q)))
    if value.is_Integer:
        objects += [int(value), np.int64(int(value))]
    return objects


def joined(rows, entry, row, between, whole) -> str:
    return whole.format(between.join(row.format(entry.join(r)) for r in rows))


def array_forms(entries: list[list[str]], vector: bool) -> list[str]:
    """Return texts that mean a matrix of these entries, or a vector if it has one row."""
    styles = [
        (", ", "[{}]", ", ", "[{}]"),
        (",", "[{}]", ",", "[{}]"),
        (", ", "({})", ", ", "({})"),
        (", ", "[{}]", ", ", "np.array([{}])"),
        (", ", "[{}]", ",\n       ", "array([{}])"),
        (" & ", "{}", r" \\ ", r"\begin{{pmatrix}} {} \end{{pmatrix}}"),
        ("&", "{}", r"\\", r"\begin{{bmatrix}}{}\end{{bmatrix}}"),
        (", ", "{}", "; ", "[{}]"),
        (", ", "{}", "; ", "{}"),
    ]
    if not vector:
        return [joined(entries, *style) for style in styles] + [
            joined(entries, ", ", "[{}]", ", ", "Matrix([{}])"),
            joined(entries, ", ", "[{}]", ", ", "np.array([{}], dtype=float)"),
            joined(entries, ", ", "{}", "\n", "{}"),
            joined(entries, "&", "{}", r"\\", r"$\left(\begin{{matrix}}{}\end{{matrix}}\right)$"),
        ]
    (row,) = entries
    column = [[entry] for entry in row]
    return [
        joined(entries, ", ", "({})", "", "{}"),
        joined(entries, ",", "({})", "", "{}"),
        joined(entries, ", ", "[{}]", "", "{}"),
        joined(entries, ", ", "{}", "", "{}"),
        joined(entries, ", ", "[{}]", "", "np.array({})"),
        joined(entries, ", ", "[{}]", "", "Matrix({})"),
        joined(entries, ", ", r"\left({}\right)", "", "{}"),
        joined(column, "", "{}", r" \\ ", r"\begin{{pmatrix}} {} \end{{pmatrix}}"),
        joined(column, "", "{}", "; ", "{}"),
        joined(column, "", "[{}]", ", ", "Matrix([{}])"),
        joined(entries, ", ", "[{}]", "", "np.array({}, dtype=float)"),
        joined(entries, ", ", "  ( {} ) ", "", "{}"),
    ]


def matrix_forms(matrix, vector: bool) -> list:
    rows = [list(matrix)] if vector else [list(matrix.row(i)) for i in range(matrix.rows)]
    forms: list = array_forms([[str(entry) for entry in row] for row in rows], vector)
    every = {entry: number_forms(entry) for row in rows for entry in row}
    for i in range(max(map(len, every.values()))):
        entries = [[every[entry][i % len(every[entry])] for entry in row] for row in rows]
        forms.append(joined(entries, ", ", "[{}]", ", ", "{}" if vector else "[{}]"))
    floats = np.array([[float(entry) for entry in row] for row in rows])
    floats = floats[0] if vector else floats
    exact = [list(map(str, row)) for row in rows]
    forms += [
        floats,
        floats.tolist(),
        np.array2string(floats, precision=12),
        repr(floats),
        sp.Matrix(matrix),
        exact[0] if vector else exact,
        rows[0] if vector else rows,
        tuple(rows[0]) if vector else tuple(map(tuple, rows)),
    ]
    if all(abs(sp.Integer(e)) < 10**6 if e.is_Integer else True for row in rows for e in row):
        short = [[rounded(entry, 4) if not entry.is_Integer else str(entry) for entry in row] for row in rows]
        forms.append(joined(short, " ", "{}", "; ", "[{}]" if len(rows) > 1 or len(rows[0]) > 1 else "[[{}]]"))
    return forms
