"""What a check says of an answer that it does not recognise: the relation to the right one, and a counterexample."""

import numpy as np

from helpers.diagnosis import diagnose

SHORT = 32  # characters of a result that is shown as it is; of a longer one, an entry


def relation(exercise, got):
    """What the answers to all probes are, as a sentence with a full stop and a blank, or ''."""
    trials = [
        (
            dict(zip(exercise.parameters, probe, strict=True)),
            unpacked(exercise, [e if exercise.same_answer([a], [e]) else a for a, e in pairs(answer, expected)]),
            unpacked(exercise, expected),
        )
        for probe, answer, expected in zip(exercise.probes, got, exercise.expected, strict=True)
    ]
    said = diagnose(trials, results=exercise.results, solution=exercise.as_solution)
    if not said:
        return ""
    begins_with_name = said.split()[0].strip(":,") in (exercise.results or ())
    return f"{said if begins_with_name else said[0].upper() + said[1:]}. "


def pairs(answer, expected):
    """The values of an answer beside the right ones, where they are as many; else beside themselves."""
    return zip(answer, expected if len(expected) == len(answer) else answer, strict=True)


def unpacked(exercise, arrays):
    """An answer as the function returned it: one value, or a tuple; a truth value as such."""
    values = tuple(bool(a) if exercise.truth and a.size == 1 else a for a in arrays)
    return values[0] if len(values) == 1 else values


def smallest(exercise, got):
    """The failing case (probe, answer, expected) that is easiest to work out: whole numbers first, then the short."""
    cases = zip(exercise.probes, got, exercise.expected, strict=True)
    failing = [case for case in cases if not exercise.same_answer(*case[1:])]
    return min(failing, key=lambda found: (decimals(found[0]), len(case(exercise, found[0]))))


def decimals(value):
    """The most decimals that a number of a probe has, up to 9; 3 for whole numbers of more than two digits."""
    if isinstance(value, tuple | list):
        return max(map(decimals, value), default=0)
    array = np.asarray(value)
    if array.dtype.kind not in "iuf" or not array.size:
        return 0
    needed = next((k for k in range(9) if np.allclose(array, np.round(array, k), rtol=0, atol=1e-12)), 9)
    return max(needed, 3 if np.abs(array).max() >= 100 else 0)


def places(exercise, answer, expected):
    """Which values are off, where there is but one answer: to show it would be to give it away."""
    if [a.shape for a in answer] != [e.shape for e in expected]:
        return f"{len(expected)} results are expected, of another shape." if len(expected) > 1 else "One is expected."
    off = [k for k, pair in enumerate(zip(answer, expected, strict=True), 1) if not exercise.same_answer(*zip(pair))]
    which = (
        f"Of your {len(expected)} results, wrong: {', '.join(map(str, off))}." if len(expected) > 1 else "It is wrong."
    )
    return f"{which} It is none of the mistakes that the check recognises."


def difference(exercise, answer, expected):
    """How the first value that is off differs from the right one: as a whole where that is short, else one entry."""
    if len(answer) != len(expected):
        values = f"{len(answer)} values" if len(answer) > 1 else "one value"
        return f"your function returns {values}; {len(expected)} are expected."
    k, (a, e) = next(
        (k, (a, e)) for k, (a, e) in enumerate(zip(answer, expected, strict=True)) if not exercise.same_answer([a], [e])
    )
    name = f"`{exercise.results[k]}`" if exercise.results else f"value {k + 1} of {len(expected)}"
    if a.shape != e.shape:
        return f"{name if len(expected) > 1 else 'what'} you return has the shape {a.shape}, but {e.shape} is expected."
    mine, right = shown(exercise, a), shown(exercise, e)
    what = f"your function returns `{mine}`" if len(expected) == 1 else f"{name} that you return is `{mine}`"
    if len(mine) > SHORT or len(right) > SHORT or "\n" in mine + right:
        off = [tuple(map(int, i)) for i in np.argwhere(~np.isclose(a, e, exercise.rtol, exercise.atol, equal_nan=True))]
        i = min(off, key=lambda i: len(f"{e[i]:.6g}"))
        place, mine, right = list(i) if a.ndim > 1 else i[0], f"{a[i]:.6g}", f"{e[i]:.6g}"
        what = (
            f"{'what' if len(expected) == 1 else name + ' that'} you return has `{mine}` at [{str(place).strip('[]')}]"
        )
    return f"{what}, expected is `{right}`."


def told(exercise, probe, text):
    """What happened for a probe; where it is long, its large arrays are told as their shapes."""
    called = case(exercise, probe)
    return f"For {called if len(called) <= 3 * SHORT else case(exercise, probe, shapes=True)} {text}"


def case(exercise, probe, shapes=False):
    """The arguments of a probe, by name; shapes: of large arrays the shape alone."""
    return f"`{', '.join(named(n, value, shapes) for n, value in zip(exercise.parameters, probe, strict=True))}`"


def named(name, value, shapes):
    """An argument with its name."""
    if shapes and isinstance(value, np.ndarray) and value.size > 4:
        return f"{name} of shape {value.shape}"
    if shapes and isinstance(value, list) and any(isinstance(pair, tuple) for pair in value):
        return f"some {name}"
    text = argument(value)
    return name if name == text else f"{name} = {text}"


def argument(value):
    """An argument as text."""
    if callable(value) and hasattr(value, "__name__"):
        return value.__name__
    as_written = isinstance(value, str | list | tuple | bool) or hasattr(value, "free_symbols")
    return repr(value) if as_written else as_text(np.asarray(value))


def shown(exercise, array):
    """A result as text: a truth value as True or False where the exercise asks for one."""
    return str(bool(array)) if exercise.truth and array.size == 1 else as_text(array)


def as_text(array):
    """An array as text, in six digits and one line; no point behind whole numbers."""
    array = array + 0.0 if array.dtype.kind == "f" else array  # no −0
    if not array.ndim:
        return str(bool(array)) if array.dtype == bool else f"{array:.6g}"
    text = np.array2string(
        array, precision=6, separator=", ", max_line_width=10**6, formatter={"float_kind": "{:.6g}".format}
    )
    return " ".join(text.split())
