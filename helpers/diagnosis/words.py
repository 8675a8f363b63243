"""Numbers, places and names as text."""

import numpy as np

NAMED = {"√2": 2**0.5, "√3": 3**0.5, "π": np.pi, "2π": 2 * np.pi, "e": np.e, "ln 10": np.log(10), "100": 100.0}


def number(x):
    """A number in four digits, with a true minus."""
    return f"{x:.4g}".replace("-", "−")


def simple(x):
    """The text of a number that is simple enough to be said of few trials, such as 3, 1/2 or √2; else None."""
    for name, value in NAMED.items():
        if abs(x - value) <= 1e-6 * value:
            return name
    for below in (1, 2, 3, 4):
        above = round(x * below)
        if 0 < above <= 12 and abs(x * below - above) <= 1e-6 * above:
            return f"{above}/{below}" if below > 1 else str(above)
    return None


def listed(names):
    """`a`, `a and b`, or `a, b and c`."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def counted(n):
    """The number of values that a function returns."""
    return "one value" if n == 1 else f"{n} values"


def at(index):
    """A place in an array as readers write it: [0, 2]."""
    return str([int(i) for i in index])
