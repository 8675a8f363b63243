"""What a check says of an answer that it does not recognise: a counterexample, in words."""

import numpy as np


def places(exercise, answer, expected):
    """Which values are off, where there is but one answer: to show it would be to give it away."""
    if [a.shape for a in answer] != [e.shape for e in expected]:
        return f"{len(expected)} results are expected, of another shape." if len(expected) > 1 else "One is expected."
    off = [k for k, pair in enumerate(zip(answer, expected, strict=True), 1) if not exercise.same_answer(*zip(pair))]
    which = (
        f"Of your {len(expected)} results, wrong: {', '.join(map(str, off))}." if len(expected) > 1 else "It is wrong."
    )
    return f"{which} It is none of the mistakes that the check recognises."


def difference(answer, expected):
    """How the first answer that is off differs from the expected one."""
    if len(answer) != len(expected):
        values = f"{len(answer)} values" if len(answer) > 1 else "one value"
        return f"your function returns {values}; {len(expected)} are expected."
    for k, (a, e) in enumerate(zip(answer, expected, strict=True), start=1):
        which = f"value {k} of {len(expected)} that your function returns" if len(expected) > 1 else "what it returns"
        if a.shape != e.shape:
            return f"{which} has the shape {a.shape}, but {e.shape} is expected."
    finite = all(np.all(np.isfinite(a)) for a in answer)
    text = f"your function returns `{shown(answer)}`, expected is `{shown(expected)}`."
    return text if finite else f"{text} Not every number is finite: look for a division by zero or an overflow."


def told(exercise, probe, text):
    """What happened for a probe; where the probe is long, it comes last."""
    called = case(exercise, probe)
    if len(called) <= 100:
        return f"For {called} {text}"
    return f"{text[0].upper()}{text[1:]} It was called with {called}."


def case(exercise, probe):
    """The arguments of a probe, by name."""
    named = ((n, argument(value)) for n, value in zip(exercise.parameters, probe, strict=True))
    return f"`{', '.join(n if n == text else f'{n} = {text}' for n, text in named)}`"


def argument(value):
    """An argument as text."""
    if callable(value) and hasattr(value, "__name__"):
        return value.__name__
    as_written = isinstance(value, str | list | tuple) or hasattr(value, "free_symbols")
    return repr(value) if as_written else shown([np.asarray(value)])


def shown(arrays):
    """Arrays as text, in six digits."""
    texts = [np.array2string(a, precision=6, separator=", ") if a.ndim else f"{a:.6g}" for a in arrays]
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"
