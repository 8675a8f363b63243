"""What a check says of answers that readers gave: each one that once got bare numbers, wrong words, or passed."""

import itertools
import re
import warnings
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import slips
import sympy
from hypothesis import given
from hypothesis import strategies as st

from helpers.checks.answers import as_arrays
from helpers.checks.checker import Checker, check, judge
from helpers.checks.counterexample import decimals, smallest
from helpers.checks.exercise import EXERCISES
from helpers.checks.key import homework

CHECK = Checker(slips.ALL)


def verdict(name, body, **values):
    """The verdict on the body of a function, in a notebook that has these values."""
    exercise = slips.ALL[name]
    return CHECK(slips.function(name, exercise.parameters, body, exercise.solution.__globals__ | values))


NAMED = {  # answers of readers.md, as readers wrote them: the known mistake that they are
    ("cut_gradients", "v = Value(v); d = r + gamma * v_next - v; z = Value(z); L = d * d / 2 - d * z.sigmoid().log(); L.backward(); return z.grad, v.grad, 0"): "leak",
    ("cut_gradients", "z = Value(z); v = Value(v); t = -1 + gamma * v_next; d = t - v; L = d * d / 2 - d.data * z.sigmoid().log(); L.backward(); return z.grad, v.grad, 0"): "fixed_reward",
    ("cut_gradients", "z = Value(z); v = Value(v); t = -1 + v_next; d = t - v; L = d * d / 2 - d.data * z.sigmoid().log(); L.backward(); return z.grad, v.grad, 0"): "fixed_both",
    ("cut_gradients", "z = Value(z); v = Value(v); d = -1 + v_next - v; L = d * d / 2 - d * z.sigmoid().log(); L.backward(); return z.grad, v.grad, 0"): "losses_of_data",
    ("first_deltas", "return step, fall"): "paid",
    ("first_deltas", "return step, fall - V"): "no_gamma",
    ("stable_softmax", "e = np.exp(logits - logits.max(axis=0)); return e / e.sum(axis=0)"): "columns",
    ("tanh_backward", "return dh * (1 - np.tanh(z)) ** 2"): "square_outside",
    ("cross_entropy_gradient", "return (probabilities - np.eye(3)[labels]) / 3"): "by_columns",
    ("cross_entropy_gradient", "q = probabilities.copy(); q[:, labels] -= 1; return q / len(q)"): "all_columns",
}  # fmt: skip


@pytest.mark.parametrize("case", NAMED, ids=lambda case: f"{case[0]}-{NAMED[case]}")
def test_what_readers_wrote_is_named(case):
    name, body = case
    assert verdict(name, body).mistakes[-1] == NAMED[case]


COMPLEX = {  # complex numbers, or none, of readers of lesson 02b
    "return (f(x + 1j * 1e-20) - f(x)) / (1j * 1e-20)": "This is still a difference, of two calls",
    "return (f(x + 1j * 1e-20) - f(x)) / 1e-20": "This is still a difference, of two calls",
    "return f(x + 1j * 1e-20) / 1e-20": "Both parts of f(x + ih) are divided by h.",
    "return f(x + 1j * 1e-20) / 1e-20j": "Both parts of f(x + ih) are divided by ih.",
    "return f(x + 1j * 1e-20)": "This is the value f(x + ih), with both parts.",
    "return f(x + 1j * 1e-20) * 3": "not made of real numbers: its parts are `.real` and `.imag`.",
    "return f(x + 1j * 1e-20).imag() / 1e-20": "write them without brackets",
    "return f(x + j * 1e-20).imag / 1e-20": "Python writes i as `1j`",
}


@pytest.mark.parametrize("body", COMPLEX)
def test_what_is_wrong_with_a_complex_answer_is_named(body):
    others = [words for other, words in COMPLEX.items() if words != COMPLEX[body]]
    said = verdict("complex_slope", body).message
    assert COMPLEX[body] in said and not [words for words in others if words in said]


# Errors, formulas, edits in place


def unsolved(x):
    """An exercise with its dots."""
    ...


p, z = sympy.symbols("p z")
WORDS = {
    ("cut_gradients", "t = (r + gamma * v_next).data; d = t - v; return d, d, d"): "The arguments are plain numbers: make a Value of each first",
    ("cut_gradients", "delta = v - z; delta.label = 'δ'; return delta, delta, delta"): "write its lines anew",
    ("cut_gradients", "z, v, v_next = Value(z), Value(v), Value(v_next); return z, v, v_next"): "A Value holds what has arrived in `.grad`",
    ("cut_gradients", "L = -v * z.sigmoid().log(); L.backward(); return 0, 0, 0"): "A plain number has no `.sigmoid`: make a Value of it first",
    ("cut_gradients", "z, v = Value(z), Value(v); d = (r + gamma * v_next - v).data; return -d.data * z.sigmoid().log(), 0, 0"): "needs no `.data`: was the wire cut earlier than here?",
    ("cut_gradients", "z, v, v_next = Value(z), Value(v), Value(v_next); v_next = v_next.data; return z.grad, v.grad, v_next.grad"): "give what is cut a name of its own",
    ("cut_gradients", "z, v, q = Value(z), Value(v), Value(v_next); d = r + gamma * q - v; L = d * d / 2 - d.data * z.sigmoid().log(); L.backward(); return z.grad, v.grad, 0.0"): "return `v_next.grad`, and let the 0 arrive",
    ("cut_gradients", "z, v, q = Value(z), Value(v), Value(v_next); d = r + gamma * q.detach() - v; return z.grad, v.grad, q.grad"): "`detach` is a framework's word; in your `Value` it is `.data`",
    ("dual_product", "return p * (1 - p)"): "You returned a formula, `p*(1 - p)`, and no number: `p` is sympy's",
    ("dual_product", "return np.exp(p) * a"): "`p` is sympy's, a formula and no number",
    ("dual_product", "return by_sympy(a)"): "`by_sympy` is a function that sympy has made",
    ("dual_product", "return 2 * of_sum(a)"): "`of_sum` is not solved yet and returns None: solve it first.",
    ("dual_product", "return 2 * dict().get(a)"): "Something that you compute with is None",
    ("linear_backward", "return (1 if X > 0 else 0), dz, dz"): "`np.where(condition, this, that)` chooses",
    ("stable_softmax", "e = np.exp(logits - logits.max(axis=1)); return e"): "keepdims=True it has the shape (2, 1)",
    ("linear_backward", "return X.T * dz, dz, dz"): "the matrix product of (2, 3) and (3, 2) is written `@`",
    ("linear_backward", "return X @ dz, dz, dz"): "is a `.T` missing",
    ("dual_product", "return aa * b, da"): "Did you mean `a`?",
    ("output_slope", "return eta * p * (1 - p) * (Q[1] - Q[0])"): "Right in all cells is `Q[:, 1]`",
    ("output_slope", "pi = np.array([1 - p, p]).T; return eta * (pi * Q * np.array([-p, 1 - p]).T).sum(axis=0)"): "a sum over the actions is `.sum(axis=1)`",
    ("output_slope", "pi = np.array([1 - p, p]).T; return eta * (pi * Q * np.array([-p, 1 - p]).T)"): "As a column, `eta[:, None]`",
    ("log_slope", "d = np.zeros(len(p))\n    for c, a in zip(cells, actions): d[c] += a - p\n    return d"): "here `p[c]`",
    ("log_slope", "return actions - p"): "p at each step is `p[cells]`",
    ("log_slope", "slope = 0 * p\n    for t in range(len(cells)): slope[t] += actions[t] - p[t]\n    return slope"): "the place is the cell's number",
    ("normalise_backward", "return (dn - dn.mean(axis=1) - n * (n * dn).mean(axis=1)) / s"): "over the batch: axis=0",
    ("normalise_backward", "return (dn - dn.mean(axis=0) - n * (n.T @ dn)) / s"): "mixes the neurons",
    ("normalise_backward", "return (dn - dn.mean(axis=0) - n * (n.T @ dn) / len(n)) / s"): "mixes the neurons",
    ("dual_product", "return slope_of(a)"): "`slope_of` is no argument, and no cell that was run defines it.",
    ("dual_product", "q = q + a; return q"): "A variable is used before your function gives it a value.",
    ("descent_step", "theta -= alpha * gradient; return theta"): "it was `[3, -1, 5]`, and is `[2, -3, 5.5]` now. An assignment",
    ("cross_entropy_gradient", "probabilities[0, 0] -= 1; return probabilities"): "start from `probabilities.copy()`",
    ("cross_entropy_gradient", "q = probabilities; q[0] += 1e-5; q[0] -= 1e-5; q[0] += 1e-15; return q"): "since floats are rounded",
}  # fmt: skip


@pytest.mark.parametrize("case", WORDS, ids=lambda case: "-".join(case)[:50])
def test_errors_formulas_and_edits_have_their_own_sentence(case):
    by_sympy = sympy.lambdify(z, sympy.exp(z))
    values = {"p": p, "by_sympy": by_sympy, "of_sum": unsolved}
    values = {n: v for n, v in values.items() if re.search(rf"\b{n}\b", case[1])}
    said = verdict(*case, **values)
    assert said.status == "wrong" and WORDS[case] in said.message


def test_rounding_is_no_excuse_for_an_edit():
    said = verdict("descent_step", "theta -= alpha * gradient; return theta").message
    assert "rounded" not in said


# Counterexamples


def test_results_have_names():
    said = verdict("linear_backward", "return X.T @ dz, dz.sum(axis=0), (2 * dz) @ W.T").message
    assert said == (
        "dX: every number is 2 times too large (dW and db: right). "
        "For `X = [[1, 2]], W = [[3, 5], [-1, 4]], dz = [[2, -3]]` `dX` that you return is `[[-18, -28]]`, "
        "expected is `[[-9, -14]]`."
    )
    several = [exercise for exercise in EXERCISES.values() if len(exercise.expected[0]) > 1]
    assert all(len(exercise.results or ()) == len(exercise.expected[0]) for exercise in several)


def test_yes_and_no_are_true_and_false():
    asked = slips.ALL["solved"], slips.ALL["targets"]
    assert "your function returns `True`" in judge(asked[0], lambda sampled, greedy: len(greedy) == 2).message
    said = judge(asked[1], lambda r, v_next, terminated, truncated, gamma: r).message
    assert "terminated of shape" in said or "[False, True" in said


LONGEST = 190  # about two lines: 90 for the case, and the rest for what is returned and what is right
EVERY = [*slips.known(), *slips.first_set(), *slips.second_set()]


@cache
def unwarned(name):
    """The exercise without what it knows of mistakes."""
    return replace(EXERCISES[name], mistakes=(), odd=None)


def unnamed(case):
    """The exercise without what it knows of mistakes, the answers of a slip as arrays, and the verdict on them."""
    exercise = unwarned(case[0])
    results = [got for _, got, _ in case[2]]
    again = iter(results)
    return exercise, [as_arrays(each) for each in results], judge(exercise, lambda *arguments: next(again))


@pytest.mark.parametrize("case", [case for case in EVERY if case[0] in EXERCISES], ids=lambda case: "-".join(case[:2]))
def test_counterexamples_are_short_and_the_smallest(case):
    exercise, got, said = unnamed(case)
    if said.status == "correct":
        pytest.skip("as good as right within the tolerance of this exercise")
    probe, answer, expected = smallest(exercise, got)
    failing = [
        p for p, g, e in zip(exercise.probes, got, exercise.expected, strict=True) if not exercise.same([g], [e])
    ]
    assert decimals(probe) == min(map(decimals, failing))
    counterexample = re.search(r"For `.*", said.message)
    if [a.shape for a in answer] != [e.shape for e in expected]:
        assert "shape" in said.message or not counterexample
    else:
        assert len(counterexample[0]) <= LONGEST and " -0`" not in said.message
        assert len(exercise.expected[0]) == 1 or "value 1" not in said.message


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=3))
def test_decimals_count_what_one_has_to_write(numbers):
    digits = max(len(f"{round(x, 2):.2f}".rstrip("0").split(".")[1]) for x in numbers)
    assert decimals(tuple(round(x, 2) for x in numbers)) == digits


# Probes


def scalars(exercise):
    """The numbers of the probes: name -> a value for each probe, of arguments that are numbers in all probes."""
    columns = zip(exercise.parameters, zip(*exercise.probes, strict=True), strict=True)
    return {n: each for n, each in columns if all(isinstance(v, int | float) and not isinstance(v, bool) for v in each)}


@pytest.mark.parametrize("name", EXERCISES)
def test_probes_are_in_general_position(name):
    """No two arguments are equal, opposite, multiples of each other or a fixed distance apart in all probes."""
    exercise = EXERCISES[name]
    for (n, a), (m, b) in itertools.combinations(scalars(exercise).items(), 2):
        a, b = np.array(a, float), np.array(b, float)
        assert np.ptp(a - b) > 1e-9 and np.ptp(a + b) > 1e-9, (n, m)
        if np.all(a != 0) and np.all(b != 0):
            assert np.ptp(a / b) > 1e-9 and np.ptp(a * b) > 1e-9, (n, m)
    for probe in exercise.probes:
        arrays = [v for v in probe if isinstance(v, np.ndarray) and v.dtype.kind == "f" and v.size > 1 and v.any()]
        for a, b in itertools.combinations(arrays, 2):
            if a.shape == b.shape and np.all(a != 0):
                assert np.ptp(b / a) > 1e-9 and np.ptp(b - a) > 1e-9


@pytest.mark.parametrize("name", EXERCISES)
def test_batches_have_different_sizes(name):
    """Rows of a batch and columns are told apart in at least one probe, and two sizes of batch occur."""
    exercise = EXERCISES[name]
    for place, parameter in enumerate(exercise.parameters):
        arrays = [probe[place] for probe in exercise.probes]
        if parameter != "W" and all(isinstance(a, np.ndarray) and a.ndim == 2 for a in arrays):
            assert any(a.shape[0] != a.shape[1] for a in arrays) and len({a.shape for a in arrays}) > 1, parameter


# Graded tasks


def test_a_graded_task_shows_relations_and_no_solution():
    grader = homework("hw1", 3)
    name = next(n for n, exercise in grader.exercises.items() if exercise.parameters and len(exercise.expected) > 1)
    exercise = grader.exercises[name]
    results = iter([[-2 * a for a in each] if len(each) > 1 else -2 * each[0] for each in exercise.expected])
    said = judge(exercise, lambda *arguments: next(results))
    assert "2 times too large, and the sign is flipped" in said.message


def test_a_complex_answer_to_a_graded_task_is_told_as_such():
    exercise = homework("hw1", 3).exercises["softplus_slope"]
    assert "its parts are `.real` and `.imag`" in judge(exercise, lambda z: 1j).message


ERRORS = "e = [np.abs(difference(np.sin, x, h) - np.cos(x)) for h in steps]"
SIGNED = "e = [difference(np.sin, x, h) - np.cos(x) for h in steps]"
WORST = "max(abs(difference(np.sin, x, h) - np.cos(x)))"
STEPS = "steps = 10.0 ** -np.arange(1, 16)"
BEST = {  # wrong answers of readers of lesson 02b, most of which were once "Correct"
    f"{STEPS}; {ERRORS}; return steps[np.argmin([a.mean() for a in e])]": "This goes by the mean, or the sum",
    f"{STEPS}; {ERRORS}; return steps[np.argmin([a.sum() for a in e])]": "This goes by the mean, or the sum",
    f"{STEPS}; {ERRORS}; return steps[np.argmin([np.median(a) for a in e])]": "This goes by the median",
    f"{STEPS}; {ERRORS}; return steps[np.argmin([(a**2).sum() for a in e])]": "This goes by the squares",
    f"{STEPS}; {SIGNED}; return steps[np.argmin([abs(a.mean()) for a in e])]": "above and below 0 cancel",
    f"{STEPS}; {ERRORS}; return steps[np.argmin([a.min() for a in e])]": "the point with the least error",
    f"{STEPS}; {ERRORS}; return steps[np.argmin([a[0] for a in e])]": "the first point of x alone",
    f"{STEPS}; {ERRORS}; return steps[np.argmin([a[-1] for a in e])]": "the last point of x alone",
    f"{STEPS}; {ERRORS}; return min(a.max() for a in e)": "This is the error of the best step",
    f"steps = [0.1]\n    while steps[-1] > 2e-14: steps += [steps[-1] / 10]\n    {ERRORS}; return steps[np.argmin([a.max() for a in e])]": "too early: 1e-15 was never tried. The last was 1e-14",
    f"{STEPS}; {ERRORS.replace('difference', 'forward')}; return steps[np.argmin([a.max() for a in e])]": "You call `forward`, whatever",
    f"{STEPS}; {ERRORS.replace('difference', 'central')}; return steps[np.argmin([a.max() for a in e])]": "You call `central`, whatever",
    f"steps = np.linspace(1e-15, 0.1, 30); {ERRORS}; return steps[np.argmin([a.max() for a in e])]": "which is none of the steps",
    f"{STEPS[:-3]}9); {ERRORS}; return steps[np.argmin([a.max() for a in e])]": "too early: 1e-15 was never tried. The last was 1e-08",
    f"steps = 0.1 ** np.arange(16); {ERRORS}; return steps[np.argmin([a.max() for a in e])]": "Your steps begin with h = 1",
    f"steps = 10 ** -np.arange(1, 16); {ERRORS}; return steps[0]": "write `10.0` for `10`",
    f"{STEPS}; {SIGNED}; return steps[np.argmin([abs(a.max()) for a in e])]": "lost in this maximum",
    f"x = np.linspace(0, 3, 31); {STEPS}; {ERRORS}; return steps[np.argmin([a.max() for a in e])]": "none of your own",
    f"least = 1\n    for h in 10.0 ** -np.arange(1, 16):\n        if {WORST} < least: best = h\n    return best": "This is the same step for",
    "return 1e-8": "This is the same step for",
    "return 1e-15": "This is the same step for",
    "return difference(x, 0.1)": "f comes first",
}  # fmt: skip


@pytest.mark.parametrize("body", BEST)
def test_what_is_wrong_with_a_best_step_is_named(body):
    said = verdict("best_step", body)
    assert said.status != "correct" and [words for words in {*BEST.values()} if words in said.message] == [BEST[body]]


@pytest.mark.parametrize("steps", [STEPS, "steps = np.logspace(-1, -15, 15)", "steps = [0.1**k for k in range(1, 16)]"])
def test_steps_in_any_form_are_right(steps):
    assert verdict("best_step", f"{steps}; {ERRORS}; return steps[np.argmin([a.max() for a in e])]").status == "correct"


def test_a_point_at_a_time_is_right():
    one_by_one = "max(abs(difference(np.sin, at, h) - np.cos(at)) for at in x)"
    assert verdict("best_step", f"{STEPS}; return min(steps, key=lambda h: {one_by_one})").status == "correct"


NO_STEPS = [
    "np.linspace(0.1, 1e-15, 15)",
    "np.logspace(-1, -15)",
    "10.0 ** -np.arange(1, 19)",
    "0.5 ** np.arange(4, 50)",
]


@pytest.mark.parametrize("steps", NO_STEPS)
def test_a_step_that_is_not_asked_is_told_as_such(steps):
    said = verdict("best_step", f"steps = {steps}; {ERRORS}; return steps[np.argmin([a.max() for a in e])]").message
    assert "is none of the steps: they are 0.1, 0.01 and so on" in said


TWICE = [
    "h = 1e-20; return ((f(x + 1j * h) - f(x)) / (1j * h)).real",
    "h = 1e-20; return (f(x + 1j * h) - f(x - 1j * h)).imag / (2 * h)",
]


@pytest.mark.parametrize("body", TWICE)
def test_a_right_number_by_two_calls_is_told(body):
    said = verdict("complex_slope", body)
    assert said.status == "wrong" and "f was called more than once" in said.message


@pytest.mark.parametrize("body", ["return f(x + 1e-20j).imag / 1e-20", "return -f(x - 1e-20j).imag / 1e-20"])
def test_one_call_is_right(body):
    assert verdict("complex_slope", body).status == "correct"


STOPPED = {  # what is handed on wrongly, and the call whose arguments are then named
    "loss": ("my.backward(net, inputs, dlogits)", "my.backward(net, inputs, loss)", "`my.backward` takes"),
    "X": ("my.backward(net, inputs, dlogits)", "my.backward(net, X, dlogits)", "`my.backward` takes"),
    "both": ("output, inputs =", "inputs = output =", "`my.softmax_cross_entropy` takes"),
    "no list": ("net, gradient, -alpha", "net, dlogits, -alpha", "`my.ascend` takes"),
    "order": ("loss, dlogits =", "dlogits, loss =", "`my.softmax_cross_entropy` (loss, dlogits), in this order"),
    "points": ("my.forward(net, X)", "my.forward(net, points)", "never uses its argument `X`: `points`, from a cell"),
    "minus a list": ("gradient, -alpha", "-gradient, alpha", "put it before the number that multiplies it"),
    "no my": ("my.ascend", "ascend", "`ascend` is your engine's: write `my.ascend`"),
    "own alpha": ("-alpha", "-0.5", "never uses its argument `alpha`."),
}


@pytest.mark.parametrize("kind", STOPPED)
def test_an_error_in_a_call_names_what_the_call_takes(kind, tmp_path):
    right, wrong, words = STOPPED[kind]
    source = EXERCISES["step_down"].source
    assert right in source
    file = tmp_path / "step.py"
    file.write_text(source.replace(right, wrong), encoding="utf-8")
    namespace = {"my": EXERCISES["step_down"].solution.__globals__["my"], "points": np.ones((200, 2))}
    exec(compile(file.read_text(encoding="utf-8"), str(file), "exec"), namespace)
    said = check(namespace["step_down"]).message
    assert words in said and "matmul" not in said


def test_the_solution_is_lent_where_an_answer_is_not_right():
    solution = EXERCISES["softmax"].solution

    def softmax(logits): ...

    assert check.lend(softmax) is solution
    right = {"np": np}
    exec("def softmax(l): return np.exp(l) / np.exp(l).sum(axis=1, keepdims=True)", right)
    assert check.lend(right["softmax"]) is right["softmax"]


def test_a_search_for_the_edit_warns_of_nothing():
    def counted(cells, actions, G, s):
        here = cells == s
        return here.sum() / cells.shape[1], G[0][here.any(axis=0)].mean(), G[here & (actions == 1)].mean()

    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        assert judge(EXERCISES["counted"], counted).status == "wrong"
    assert not seen
