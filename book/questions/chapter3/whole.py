"""Quick questions on the Gaussian integral, and on folds."""

from __future__ import annotations

from sympy import Matrix, diff, exp, integrate, oo, pi, sqrt, symbols

from questions._entry import Question, right, wrong

u, x, r, theta = symbols("u x r theta", real=True)


def _bells():
    n = 3
    one = integrate(exp(-(x**2)), (x, -oo, oo))
    two = integrate(r * exp(-(r**2)), (r, 0, oo), (theta, 0, 2 * pi))
    return {"n": n, "one": one, "square": one**2, "added": n * one, "two": two}


def _cholesky():
    L = Matrix([[2, 0], [1, 3]])
    Sigma = L * L.T
    return {"det": Sigma.det(), "scale": abs(L.det()), "upside_down": 1 / sqrt(Sigma.det())}


def _fold():
    up, down = 4, 3
    return {"up": up, "down": down, "signed": up - down, "counted": up + down, "covered": max(up, down)}


def _creases():
    k = {"even": diff(u**4, u), "odd": diff(u**5, u), "steady": diff(u**3 + u, u)}
    assert k["even"].subs(u, -1) < 0 < k["even"].subs(u, 1)
    return k


QUESTIONS = (
    Question(
        "sec-3-gaussian",
        r"$e^{-x^2}$ has no elementary antiderivative. Why does going to the plane help?",
        (
            wrong(
                r"In the plane, $e^{-x^2 - y^2}$ has an elementary antiderivative in $x$.",
                r"For fixed $y$ this is a number times $e^{-x^2}$, so the old difficulty is still there. It goes away "
                "only in polar coordinates.",
            ),
            right(
                r"In polar coordinates the factor $r$ makes $e^{-r^2}\,r$ easy to integrate.",
                r"The derivative of $-\frac12 e^{-r^2}$ is $e^{-r^2}\,r$. The factor that comes from the area is just "
                "what was missing.",
            ),
            wrong(
                r"In polar coordinates the plane becomes bounded, and so the integral is finite.",
                r"$r$ still runs to $\infty$, and the plane is as large as before. What polar coordinates bring is "
                "the factor $r$.",
            ),
        ),
    ),
    Question(
        "sec-3-gaussian",
        r"On the line, $\int e^{-x^2}\,dx = <one>$. What is $\iiint e^{-(x^2 + y^2 + z^2)}\,dx\,dy\,dz$ over all of "
        "space?",
        (
            right(
                r"$<square>^{<n>/2}$",
                r"The integrand is the product $e^{-x^2} e^{-y^2} e^{-z^2}$, so the integral is the product of $<n>$ "
                r"integrals on the line: $<one>$ to the power $<n>$.",
            ),
            wrong(
                r"$<added>$",
                r"Here $<n>$ integrals were added. The exponents are added, so the bells are multiplied, and so are "
                "their integrals.",
            ),
            wrong(
                r"$<two>$",
                r"That is the integral over the plane. Space has one more direction, which brings one more factor "
                r"$<one>$.",
            ),
        ),
        _bells,
    ),
    Question(
        "sec-3-gaussian",
        r"In the plane, a covariance matrix $\Sigma = L L^\mathsf{T}$ has $\det\Sigma = <det>$. By which factor does "
        "$x = L z$ multiply areas?",
        (
            wrong(
                r"By $<det>$",
                r"That is $\det\Sigma$, and it contains $\det L$ twice: $\det\Sigma = (\det L)^2$. Take the root.",
            ),
            wrong(
                r"By $<upside_down>$",
                r"This is the factor of the way back, $z = L^{-1} x$. From $z$ to $x$ areas are multiplied by "
                r"$|\det L|$.",
            ),
            right(
                r"By $<scale>$",
                r"The factor is $|\det L|$, and $\det\Sigma = \det L \cdot \det L^\mathsf{T} = (\det L)^2$. So it is "
                r"the root of $<det>$.",
            ),
        ),
        _cholesky,
    ),
    Question(
        "sec-3-folds",
        r"A map folds a sheet once. The part with $\det J > 0$ has an image of area $<up>$. The other part has an "
        r"image of area $<down>$, which lies wholly on top of the first. What is $\iint \det J\,du\,dv$ over the "
        "whole sheet?",
        (
            wrong(
                r"$<covered>$",
                r"That is the area which is covered, each point once. In $\iint \det J$ the part that lies face down "
                "counts with a minus sign.",
            ),
            right(
                r"$<signed>$",
                r"Where $\det J$ is negative it contributes $-<down>$. The signed integral is "
                r"$<up> - <down>$.",
            ),
            wrong(
                r"$<counted>$",
                r"That is $\iint |\det J|\,du\,dv$, where both layers count as positive. Without the absolute value "
                "the part that lies face down is subtracted.",
            ),
        ),
        _fold,
    ),
    Question(
        "sec-3-folds",
        r"Three maps send $(u, v)$, with $-1 \le u \le 1$, to $(u^3 + u,\; v)$, $(u^4, v)$ and $(u^5, v)$. Which of "
        "them folds the sheet?",
        (
            wrong(
                r"$(u^3 + u,\; v)$",
                r"Its determinant $<steady>$ is positive everywhere, and $u^3 + u$ always grows. So no two points "
                "have the same image.",
            ),
            wrong(
                r"$(u^5, v)$",
                r"Its determinant $<odd>$ is zero on the line $u = 0$, but it is positive on both sides. Area is "
                "squeezed there, and nothing turns over.",
            ),
            right(
                r"$(u^4, v)$",
                r"Its determinant $<even>$ changes sign at $u = 0$. Left of this crease the sheet lies face down, and "
                r"$u$ and $-u$ have the same image.",
            ),
        ),
        _creases,
    ),
    Question(
        "sec-3-folds",
        r"A map has $\det J > 0$ at every point of a region $D$. What follows?",
        (
            right(
                r"Around every point it is one-to-one, if the piece is small enough.",
                r"That is the inverse function theorem. Points that are far apart can still have the same image, as "
                "when the map winds around the origin.",
            ),
            wrong(
                r"It is one-to-one on all of $D$, because it never turns over.",
                r"A map can reach a point twice without turning over: it can wind around, like a spiral staircase "
                "seen from above.",
            ),
            wrong(
                r"The area of the image is $\iint_D \det J\,du\,dv$, since nothing cancels.",
                r"Nothing cancels, but what is reached twice counts twice. The integral is the area of the image only "
                "if the map is one-to-one, up to a set of measure zero.",
            ),
        ),
    ),
)
