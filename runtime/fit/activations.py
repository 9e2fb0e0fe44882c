"""Fits the polynomials of src/activation/ (exact.rs, exponential.rs, gauss.rs, fast.rs), and prints their coefficients and largest errors. Wants mpmath."""

from mpmath import (
    atanh, cos, erf, erfc, exp, findroot, linspace, log, lu_solve, matrix, mp, mpf, nstr, pi, polyval, sqrt, tanh,
)  # fmt: skip

mp.dps = 40
GRID = 4000


def remez(function, weight, degree, low, high):
    """The polynomial that keeps weight * (function - polynomial) smallest, lowest power first, and what is left."""
    grid = linspace(low, high, GRID + 1)
    nodes = [(low + high) / 2 - (high - low) / 2 * cos(pi * i / (degree + 1)) for i in range(degree + 2)]
    while True:
        rows = [[weight(x) * x**power for power in range(degree + 1)] + [(-1) ** i] for i, x in enumerate(nodes)]
        polynomial = list(lu_solve(matrix(rows), matrix([weight(x) * function(x) for x in nodes])))[:-1]
        errors = [weight(x) * (function(x) - polyval(polynomial[::-1], x)) for x in grid]
        # The largest error of every stretch of one sign.
        peaks = [0]
        for i, error in enumerate(errors):
            if error * errors[peaks[-1]] < 0:
                peaks.append(i)
            elif abs(error) > abs(errors[peaks[-1]]):
                peaks[-1] = i
        while len(peaks) > degree + 2:
            peaks.pop(0 if abs(errors[peaks[0]]) < abs(errors[peaks[-1]]) else -1)
        before, nodes = nodes, [grid[i] for i in peaks]
        if nodes == before:
            return polynomial, max(map(abs, errors))


def show(name, fit):
    polynomial, error = fit
    print(name, [nstr(c, 9) for c in polynomial], "relative error", nstr(error, 2))


# A little more than the range, for the rounding of n moves its ends.
half = log(2) / 2 * mpf("1.0001")

# tanh(r) = r + r * z * polynomial(z) with z = r²; relative to tanh(r), on |r| <= ln(2) / 4.
show(
    "tanh",
    remez(
        lambda z: (tanh(sqrt(z)) / sqrt(z) - 1) / z,
        lambda z: z * sqrt(z) / tanh(sqrt(z)),
        1,
        mpf("1e-9"),
        (half / 2) ** 2,
    ),
)

# eʳ = 1 + r + r² * polynomial(r); relative to eʳ, on |r| <= ln(2) / 2.
show(
    "exp",
    remez(
        lambda r: (exp(r) - 1 - r) / r**2 if abs(r) > mpf("1e-9") else mpf(1) / 2 + r / 6,
        lambda r: r**2 / exp(r),
        4,
        -half,
        half,
    ),
)


# artanh(s) = s + s * z * polynomial(z) with z = s²; relative to artanh(s), for ln(m) with m to √2, and for ln(1 + x) with x to 1.
for name, degree, largest in (("log", 2, (sqrt(mpf(2)) - 1) / (sqrt(mpf(2)) + 1)), ("log_1p", 3, mpf(1) / 3)):
    show(
        name,
        remez(
            lambda z: (atanh(sqrt(z)) / sqrt(z) - 1) / z,
            lambda z: z * sqrt(z) / atanh(sqrt(z)),
            degree,
            mpf("1e-9"),
            largest**2 * mpf("1.0001"),
        ),
    )

# erf(x) = x * polynomial(x²), relative to erf(x), to 1.
show("erf", remez(lambda z: erf(sqrt(z)) / sqrt(z), lambda z: sqrt(z) / erf(sqrt(z)), 6, mpf("1e-9"), mpf("1.0001")))


def tail(q):
    """exp(x² / 2) * erfc(x / √2) / 2 * (x + 3), with q = (x - 3) / (x + 3)."""
    x = 3 * (1 + q) / (1 - q)
    return exp(x * x / 2) * erfc(x / sqrt(2)) / 2 * (x + 3)


# To x = 14, where exp(-x² / 2) is below the normal numbers.
show("tail", remez(tail, lambda q: 1 / tail(q), 8, mpf(-1), mpf(11) / 17))


def fast(x, s, a, b):
    """1 - g(0) / g(x), which no f32 makes fall where g grows."""

    def g(x):
        return (((x + s) ** 4 + a) ** 2 + b) ** 2

    return 1 - g(mpf(0)) / g(x)


# The numbers of fast.rs: the error is as large at four places, where it has another sign each time.
found = [mpf(number) for number in ("2.04", "740", "-470000")]
places = [mpf(place) for place in ("0.31", "0.83", "1.58", "3.03")]
largest = mpf("8e-5")
while True:
    found = findroot(
        lambda s, a, b, e: [fast(x, s, a, b) - tanh(x) - (-1) ** i * e for i, x in enumerate(places)], (*found, largest)
    )
    *found, largest = found
    errors = [(x, fast(x, *found) - tanh(x)) for x in linspace(mpf(0), mpf(8), GRID + 1)]
    peaks = [
        x
        for (_, before), (x, error), (_, behind) in zip(errors, errors[1:], errors[2:])
        if abs(error) >= abs(before) and abs(error) > abs(behind) and abs(error) > largest / 2
    ]
    if peaks == places:
        break
    places = peaks
print("fast tanh", [nstr(number, 9) for number in found], "error", nstr(largest, 3))
