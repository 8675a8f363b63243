"""The exercise checks: right answers pass, every known mistake is named, nothing escapes as a traceback."""

import itertools

import numpy as np
import pytest
import sympy

from helpers.checks import check
from helpers.checks.checker import Checker, is_stub, judge
from helpers.checks.exercise import EXERCISES, Exercise

SINGLE = [(name, (mistake,)) for name, exercise in EXERCISES.items() for mistake in exercise.mistakes]
PAIRS = [
    (name, pair)
    for name, exercise in EXERCISES.items()
    for pair in itertools.combinations(exercise.mistakes, 2)
    if exercise.wrong_source(pair)
]


def names(case):
    return "-".join([case[0], *(mistake.name for mistake in case[1])])


def answer(name, source):
    """The reader's function of this name, from source text."""
    namespace = {"np": np} | EXERCISES[name].solution.__globals__
    exec(source, namespace)
    return namespace[name]


@pytest.mark.parametrize("name", EXERCISES)
def test_solution_is_correct_and_has_hints(name):
    assert check(EXERCISES[name].solution).status == "correct"
    assert len(EXERCISES[name].hints) >= 2


@pytest.mark.parametrize("case", SINGLE, ids=names)
def test_every_single_mistake_is_named(case):
    name, mistakes = case
    verdict = check(EXERCISES[name].wrong_function(mistakes))
    assert verdict.status == "mistake"
    assert verdict.mistakes == (mistakes[0].name,), "another mistake gives the same answers: add a probe"
    assert mistakes[0].words in verdict.message


@pytest.mark.parametrize("case", PAIRS, ids=names)
def test_every_pair_is_named_or_refused(case):
    name, mistakes = case
    assert check(EXERCISES[name].wrong_function(mistakes)).status in ("mistake", "wrong")


def test_most_pairs_are_named():
    verdicts = [check(EXERCISES[name].wrong_function(pair)) for name, pair in PAIRS]
    assert sum(verdict.status == "mistake" for verdict in verdicts) >= 0.9 * len(verdicts)


OTHER_ALGEBRA = {
    "output_slope": "def output_slope(eta, p, Q): return eta * (p * Q[:, 1] * (1 - p) + (1 - p) * Q[:, 0] * -p)",
    "log_slope": (
        "def log_slope(p, cells, actions):\n"
        "    went = np.bincount(cells, actions, len(p))\n"
        "    return went * (1 - p) - (np.bincount(cells, minlength=len(p)) - went) * p"
    ),
    "with_prize": "def with_prize(r, prize): return r + prize * (np.arange(len(r)) == len(r) - 1)",
    "counted": (
        "def counted(cells, actions, G, s):\n"
        "    left, right = (np.where((cells == s) & (actions == a), G, np.nan) for a in (0, 1))\n"
        "    return [(cells == s).sum(axis=0).mean(), np.nanmean(left), np.nanmean(right)]"
    ),
    "best_baseline": "def best_baseline(pi, r, score): return np.average(r, weights=score * score * pi)",
    "by_u1": "def by_u1(x, h1, w1, p): return x / np.cosh(np.arctanh(h1)) ** 2 * w1 * (p - p**2) / p",
    "z_by_h": "def z_by_h(a, A, b, B, c, C, g, G): return g * (b * a + c * A) + G * (B * a + C * A)",
    "first_deltas": "def first_deltas(step, fall, V): return np.array([step - V / 100, fall - V])",
    "two_trials": "def two_trials(cured, softer): return [[cured[2]] * 4, [each * softer for each in cured]]",
    "sum_over_paths": "def sum_over_paths(found): return np.sum([np.prod(path) for path in found])",
    "dual_product": "def dual_product(a, da, b, db): return [b * a, np.dot([da, a], [b, db])]",
    "dual_tanh": "def dual_tanh(a, da): return [np.tanh(a), da / np.cosh(a) ** 2]",
    "best_step": (
        "def best_step(difference, x):\n"
        "    return min((abs(difference(np.sin, x, h) - np.cos(x)).max(), h) for h in np.logspace(-1, -15, 15))[1]"
    ),
    "complex_slope": "def complex_slope(f, x): return np.imag(f(complex(x, 2e-20))) * 5e19",
    "skip_backward": "def skip_backward(W, b, d): return [d - d * b**2, d + np.einsum('ij,kj->ik', d - d * b**2, W)]",
    "normalise_backward": (
        "def normalise_backward(n, s, dn):\n"
        "    N = len(n)\n"
        "    return ((np.eye(N)[:, :, None] - 1 / N - n[:, None] * n / N) * dn).sum(axis=1) / s"
    ),
    "normalise": (
        "def normalise(z):\n    c = z - np.sum(z, 0) / len(z)\n    s = np.sqrt(np.mean(c**2, 0))\n    return [c / s, s]"
    ),
    "softmax": "def softmax(l): return np.exp(l - np.log(np.exp(l).sum(axis=1))[:, None])",
    "step_down": (
        "def step_down(net, X, labels, alpha):\n"
        "    z, kept = my.forward(net, X)\n"
        "    d = my.backward(net, kept, my.softmax_cross_entropy(z, labels)[1])\n"
        "    return [(W - alpha * dW, b - alpha * db) for (W, b), (dW, db) in zip(net, d)]"
    ),
    "average_push": "def average_push(p, delta_left, delta_right): return p * (1 - p) * (delta_right - delta_left)",
    "cut_gradients": (
        "def cut_gradients(z, v, v_next, r, gamma):\n"
        "    delta = r - v + gamma * v_next\n"
        "    return -delta / (1 + np.exp(z)), -delta, 0"
    ),
}


@pytest.mark.parametrize("name", EXERCISES)
def test_right_answers_in_other_algebra_pass(name):
    assert check(answer(name, OTHER_ALGEBRA[name])).status == "correct"


ADVERSARIAL = {
    "returns None": ("    y = 1", "`None`"),
    "returns NaN": ("    return np.nan", "return"),
    "returns infinity": ("    return np.inf", "return"),
    "returns a string": ("    return 'a'", "not made of real numbers"),
    "returns an object": ("    return object()", "not made of real numbers"),
    "returns ragged lists": ("    return [[1, 2], [3]]", "return"),
    "returns a complex number": ("    return 1j", "not made of real numbers"),
    "returns too much": ("    return 1, 2, 3, 4, 5", "5 values"),
    "returns a wrong shape": ("    return np.ones((3, 1, 2))", "the shape (3, 1, 2)"),
    "raises": ("    return undefined_name", "NameError"),
    "exits": ("    raise SystemExit(3)", "SystemExit"),
    "recurses": ("    return {name}({args})", "RecursionError"),
    "divides by zero": ("    return 1 / 0", "ZeroDivisionError"),
}


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.parametrize("case", ADVERSARIAL)
def test_adversarial_answers_get_their_own_words(case, name):
    body, words = ADVERSARIAL[case]
    code = EXERCISES[name].solution.__code__
    args = ", ".join(code.co_varnames[: code.co_argcount])
    source = f"def {name}({args}):\n{body.format(name=name, args=args)}"
    verdict = check(answer(name, source))
    assert verdict.status == "wrong"
    several = len(EXERCISES[name].expected[0]) > 1
    assert ("one value" if case == "returns a wrong shape" and several else words) in verdict.message


def test_an_array_is_as_good_as_a_tuple():
    source = EXERCISES["dual_product"].source.replace("return ", "return np.array([") + "])"
    assert check(answer("dual_product", source.replace("\n])", "])"))).status == "correct"


@pytest.mark.parametrize("name", EXERCISES)
def test_wrong_number_of_arguments_is_explained(name):
    verdict = check(answer(name, f"def {name}(): return 1"))
    assert verdict.status == "wrong" and "TypeError" in verdict.message


@pytest.mark.parametrize("body", ["...", '"""Say what it does."""\n    ...', "pass"])
def test_a_stub_is_not_attempted(body):
    verdict = check(answer("complex_slope", f"def complex_slope(f, x):\n    {body}"))
    assert verdict.status == "not attempted"


def test_code_without_return_is_not_a_stub():
    assert not is_stub(answer("complex_slope", "def complex_slope(f, x):\n    y = f(x)"))
    assert not is_stub(answer("complex_slope", "def complex_slope(f, x):\n    return 0"))


def total(x):
    return np.sum(x)


def test_changing_an_argument_is_named():
    exercise = Exercise(total, ((np.array([1.0, -2.0]),),), ("a", "b"), ())
    assert "changed its argument `x`" in judge(exercise, lambda x: np.sum(np.add(x, 1, out=x)) - 2).message


def twice(z):
    return 2 * z


def test_probes_are_the_same_after_a_check():
    probe = np.array([1.0, -2.0])
    judge(Exercise(twice, ((probe,),), ("a", "b"), ()), lambda z: np.multiply(z, 0, out=z))
    assert probe.tolist() == [1.0, -2.0]


def test_unknown_error_gets_a_counterexample():
    verdict = judge(Exercise(twice, ((0.0,), (1.0,)), ("a", "b"), ()), lambda z: 3.0)
    assert verdict.message == (
        "You return 3 in every case, whatever the arguments are. "
        "For `z = 0` your function returns `3`, expected is `0`."
    )


def test_something_else_than_an_exercise():
    for thing in (3, None, print, lambda x: x):
        assert check(thing).status == "wrong"


def test_hints_come_in_order_and_end():
    checker = Checker(EXERCISES)
    hints = EXERCISES["complex_slope"].hints
    texts = [repr(checker.hint("complex_slope")) for _ in range(len(hints) + 2)]
    assert [hint in text for hint, text in zip(hints, texts, strict=False)] == [True] * len(hints)
    assert texts[-1] == texts[-2] and "That was the last hint" in texts[len(hints)]


def test_hint_and_solution_go_to_the_exercise_checked_last():
    checker = Checker(EXERCISES)
    with pytest.raises(ValueError, match="name the exercise"):
        checker.hint()
    checker(EXERCISES["complex_slope"].solution)
    assert EXERCISES["complex_slope"].hints[0] in repr(checker.hint())
    assert "def complex_slope" in repr(checker.solution())


def test_solution_shows_no_decorator():
    assert repr(check.solution("complex_slope")).startswith("```python\ndef complex_slope(f, x):")


def test_verdicts_read_as_markdown():
    assert check(EXERCISES["complex_slope"].solution)._repr_markdown_() == "**Correct.**"
    still_open = check(answer("complex_slope", "def complex_slope(f, x): ..."))
    assert still_open._repr_markdown_().startswith("**Not attempted yet.** ")


def test_a_task_with_one_answer_is_not_given_away():
    """Where a function has no arguments, the expected value would be the whole solution."""
    exercise = Exercise(lambda: (0.25, -3.0), ((),), ("a", "b"), ())
    assert "3" not in judge(exercise, lambda: (0.25, 5.0)).message.replace("value", "")
    assert "Of your 2 results, wrong: 2." in judge(exercise, lambda: (0.25, 5.0)).message
    assert "2 results are expected" in judge(exercise, lambda: 0.25).message
    assert judge(exercise, lambda: (0.25, -3.0)).status == "correct"


def test_symbols_and_nested_tuples_are_shown():
    z = sympy.Symbol("z", real=True)
    exercise = Exercise(lambda z, sizes: z**2, ((z, (1, [2])),), ("a", "b"), ())
    assert "For `z, sizes = (1, [2])`" in judge(exercise, lambda z, sizes: z).message
    assert judge(exercise, lambda z, sizes: z * z + z - z).status == "correct"


def test_an_argument_changed_deep_inside_is_noticed():
    exercise = Exercise(lambda params: params[0][0].sum(), (([(np.ones(2), np.zeros(1))],),), ("a", "b"), ())

    def add_one(params):
        params[0][0][0] += 1
        return params[0][0].sum() - 1

    assert "changed its argument `params`" in judge(exercise, add_one).message


def test_of_a_large_array_the_shape_is_told():
    exercise = Exercise(lambda x: x.sum(), ((np.arange(60.0),),), ("a", "b"), ())
    message = judge(exercise, lambda x: 3.0).message
    assert message == "For `x of shape (60,)` your function returns `3`, expected is `1770`."
