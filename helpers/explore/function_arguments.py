"""The arguments of a function under sliders: which it has, their ranges and steps; each error names the argument."""

import inspect
import math

from helpers.calculus.validation import finite_copy


def caller_of(f, names):
    """Return a function of {argument: value} that calls f; ValueError where f has other arguments than these."""
    try:
        parameters = inspect.signature(f).parameters
    except (TypeError, ValueError):  # written in C, and silent about its arguments
        return lambda values: f(*values.values())
    kinds = {p.kind for p in parameters.values()}
    for name in names:
        if name not in parameters and inspect.Parameter.VAR_KEYWORD not in kinds:
            raise ValueError(f"{name} is no argument of {name_of(f)}; its arguments are {', '.join(parameters)}")
    optional = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    for name, parameter in parameters.items():
        if name not in names and parameter.default is parameter.empty and parameter.kind not in optional:
            raise ValueError(f"{name} needs a range as well, as in {name}=(-3, 3)")
    first = [name for name, p in parameters.items() if p.kind is p.POSITIONAL_ONLY and name in names]

    def call(values):
        rest = {name: value for name, value in values.items() if name not in first}
        return f(*(values[name] for name in first), **rest)

    return call


def name_of(f):
    """What f is called; a lambda is called f."""
    name = getattr(f, "__name__", "f")
    return name if name.isidentifier() else "f"


def range_of(name, given):
    """Return (low, high, start); TypeError or ValueError for what is no range."""
    array = finite_copy(given, name)
    if array.shape not in ((2,), (3,)) or not array[0] < array[1]:
        raise ValueError(f"{name} must be a range (low, high) or (low, high, start), low below high; it is {given!r}")
    low, high = map(float, array[:2])
    start = float(array[2]) if len(array) == 3 else (low + high) / 2
    if not low <= start <= high:
        raise ValueError(f"{name} must start within its range, not at {start:g}")
    return low, high, start


def round_step(width):
    """About a two-hundredth of the width: 1, 2 or 5 in its first digit."""
    power = 10.0 ** math.floor(math.log10(width / 200))
    return float(f"{next(m for m in (1, 2, 5, 10) if m * power >= width / 200 * 0.999) * power:.1g}")
