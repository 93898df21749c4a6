"""Quick questions on the chain rule and on its two products."""

from __future__ import annotations

from sympy import Matrix, ones, zeros

from questions._entry import Question, right, wrong


def _shapes():
    n, k, m = 4, 6, 3
    J_g, J_h = zeros(k, n), zeros(m, k)
    return {
        "n": n,
        "k": k,
        "m": m,
        "J_g": J_g.shape,
        "J_h": J_h.shape,
        "right": (J_h * J_g).shape,
        "other_layout": (J_g.T * J_h.T).shape,
        "outer": (J_g.rows, J_h.cols),
    }


def _one_output():
    inputs, unit = 1000, Matrix([0, 1, 0])
    return {"inputs": inputs, "outputs": len(unit), "u": unit, "ones": ones(len(unit), 1)}


def _pulled_ones():
    J = Matrix([[1, 2, 0], [3, -1, 4]])
    u = ones(J.rows, 1)
    return {"J": J, "u": u, "right": J.T * u, "row_sums": J * ones(J.cols, 1), "v": ones(J.cols, 1)}


QUESTIONS = (
    Question(
        "sec-2-chain",
        "Let $g$ take $<n>$ numbers to $<k>$, and let $h$ take these $<k>$ to $<m>$. What is the Jacobian of "
        "$h(g(x))$?",
        (
            wrong(
                "$J_g J_h$, of shape $<outer>$",
                "This product cannot be formed: $<J_g>$ and $<J_h>$ do not fit side by side. The function that acts "
                "first stands on the right, next to the vector.",
            ),
            right(
                "$J_h J_g$, of shape $<right>$",
                "The shapes $<J_h>$ and $<J_g>$ fit: the inner numbers agree, and the outer ones remain. There are "
                "$<m>$ outputs and $<n>$ inputs.",
            ),
            wrong(
                r"$J_g^\mathsf{T} J_h^\mathsf{T}$, of shape $<other_layout>$",
                "This product fits, but it is the other layout: it has the inputs in its rows. Here rows are outputs.",
            ),
        ),
        _shapes,
    ),
    Question(
        "sec-2-chain",
        r"The same map $f$ of the plane is applied twice. When is $J(a)\,J(a)$ surely the Jacobian of $f(f(x))$ at "
        r"$a$?",
        (
            wrong(
                "Always, since it is the same function both times",
                "It is the same function at two places. The second time it works at $f(a)$, and its Jacobian is taken "
                "there.",
            ),
            wrong(
                "If the order of $J(a)$ and $J(f(a))$ does not matter",
                "It is a question of place, not of order: the outer Jacobian belongs to the point $f(a)$, and may "
                "have other numbers.",
            ),
            right(
                "If $f$ leaves the point where it is, $f(a) = a$",
                r"The chain rule gives $J(f(a))\,J(a)$. If $f(a) = a$, then both factors are taken at the same place.",
            ),
        ),
    ),
    Question(
        "sec-2-chain",
        "Both $g$ and $h$ take three numbers to three numbers. For $h(g(x))$ somebody has multiplied the two "
        "Jacobians in the wrong order. What gives the slip away?",
        (
            right(
                "The numbers, when they are compared with differences",
                "Square matrices fit in any order, so no error is raised. But as a rule the two products have "
                "different numbers.",
            ),
            wrong(
                "The shapes, when the two matrices are multiplied",
                r"Both orders give a $3 \times 3$ matrix. The shapes protect you only when the vectors along the way "
                r"have different lengths.",
            ),
            wrong(
                "The determinant, when it is compared with the right one",
                "The determinant of a product is the product of the determinants, in either order. So it comes out "
                "the same.",
            ),
        ),
    ),
    Question(
        "sec-2-products",
        "A function takes $<inputs>$ numbers to $<outputs>$. You want to know how its *second* output reacts to each "
        "of the inputs. What do you compute?",
        (
            wrong(
                "One JVP, with the tangent that has its 1 at place 2",
                "That gives column 2: how all the outputs react to the second *input*. A tangent nudges inputs.",
            ),
            right(
                "One VJP, with the cotangent $<u>$",
                "This cotangent gives all the weight to the second output. What comes back is row 2 of $J$, with its "
                "$<inputs>$ entries.",
            ),
            wrong(
                "$<inputs>$ JVPs, with one unit tangent for each input",
                "They give all of $J$, and row 2 is in it. But one product does for one row: pull back a cotangent "
                "that chooses the output.",
            ),
        ),
        _one_output,
    ),
    Question(
        "sec-2-products",
        "At some point a function has the Jacobian $J = <J>$. What comes out when you pull back the vector of ones, "
        "$u = <u>$?",
        (
            wrong(
                "The matrix $J$ itself",
                r"A pullback is one product, $J^\mathsf{T}u$, a vector. The ones mix the rows by adding them, and "
                r"from the sum they cannot be read off.",
            ),
            wrong(
                "The vector $<row_sums>$",
                "That is $Jv$ for the *tangent* $v = <v>$: within each row the entries were added. A pullback weighs "
                "rows.",
            ),
            right(
                "The vector $<right>$",
                r"$J^\mathsf{T}u$ is a sum of the rows of $J$ with the weights $u$. With weights of 1 it is the sum "
                r"of the rows, with one entry for each input.",
            ),
        ),
        _pulled_ones,
    ),
    Question(
        "sec-2-products",
        r"You compute $Jv$ by forward mode and $J^\mathsf{T}u$ by reverse mode, for many random $u$ and $v$. Always "
        r"$u \cdot (Jv) = (J^\mathsf{T}u) \cdot v$. What has the test shown?",
        (
            right(
                "That both modes multiply by the same matrix",
                r"Both sides are $u^\mathsf{T} J v$ with other brackets. If both modes had the same wrong derivative, "
                r"they would agree as well: that takes a comparison with differences.",
            ),
            wrong(
                "That the derivatives in both modes are right",
                r"If the two modes shared a wrong rule, say $2\cos x$ as the derivative of $\sin x$, they would still "
                r"agree. The test compares them with each other only.",
            ),
            wrong(
                "That $J$ is equal to its transpose",
                "The equation holds for every matrix, even one that is not square: the transpose is on one side "
                "because the vector has changed its side.",
            ),
        ),
    ),
)
