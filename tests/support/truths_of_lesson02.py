"""Truths of the questions of lessons 02 and 02b, computed by other means than the lessons'."""

from fractions import Fraction

import numpy as np

from helpers.calculus import Dual, Value, complex_step, gradient_check
from helpers.engine.assembly import assemble
from helpers.guesses.prediction import QUESTIONS
from helpers.running_actor import NAMES, THETA0, actor_output, log_probability, probabilities

E = assemble()
EPS64 = float(np.finfo(np.float64).eps)


def central_error(h):
    """By Taylor's series of sin, (sin(1 + h) - sin(1 - h)) / 2h = cos(1) sin(h) / h."""
    return np.cos(1) * (1 - np.sin(h) / h)


def digits_left():
    """Right digits of the central difference of sin at 1 with h = 1e-12, among the options."""
    errors = {h: abs((np.sin(1 + h) - np.sin(1 - h)) / (2 * h) - np.cos(1)) for h in (1e-5, 1e-12)}
    assert 5e5 < errors[1e-12] / errors[1e-5] < 2e6
    options = {"sixteen": 16, "eleven": 11, "five": 5, "none": 0}
    return min(options, key=lambda option: abs(options[option] + np.log10(errors[1e-12] / np.cos(1))))


def reached_in():
    """Where z goes if 0.001 is added to h1, beside where it goes with u1, by graphs of Value."""
    h1 = Value(float(np.tanh(0.1 - 0.8)))
    (h1 * THETA0[NAMES.index("w1")]).backward()
    by_neuron, by_weight = h1.grad, slope_of_z("u1")
    assert f"{by_neuron / 1000:.4f}" == "0.0007" and f"{by_weight:.3f}" == "-0.444"
    if abs(by_neuron) < abs(by_weight):
        return "less far"
    return "farther, and up" if by_neuron > 0 else "farther, and down"


def moved_by_dragging_y():
    """Which slopes of x x + x y change when y does, by graphs of Value."""

    def slopes(a, b):
        x, y = Value(a), Value(b)
        (x * x + x * y).backward()
        return x.grad, y.grad

    before, after = slopes(1.3, 0.5), slopes(1.3, 0.9)
    changed = [name for name, a, b in zip("xy", before, after, strict=True) if a != b]
    return f"the slope by {changed[0]}" if len(changed) == 1 else "both" if changed else "none"


def slope_of_z(name):
    """The slope of z by a weight at x = -1, by dual numbers."""
    theta = [Dual(number, slope=float(n == name)) for n, number in zip(NAMES, THETA0, strict=True)]
    return actor_output(theta, Dual(-1.0), Dual.tanh).slope


def log_pi(theta):
    return log_probability(theta, -1.0)


def right_gradient():
    """The seven derivatives of log pi at x = -1."""
    u1, u2, c1, c2, w1, w2, _ = THETA0
    h1, h2, dz = np.tanh(c1 - u1), np.tanh(c2 - u2), 1 - probabilities(THETA0)[0]
    dz1, dz2 = dz * w1 * (1 - h1**2), dz * w2 * (1 - h2**2)
    return np.array([-dz1, -dz2, dz1, dz2, dz * h1, dz * h2, dz])


CHECKERS = {
    "A": lambda gradient, nudged: np.all(np.abs(gradient - nudged) < 1e-6),
    "B": lambda gradient, nudged: abs(gradient.sum() / nudged.sum() - 1) < 1e-6,
    "C": lambda gradient, nudged: np.mean(np.abs(gradient / nudged - 1)) < 1e-3,
}


def passed_by(gradient, nudged):
    """Which checkers let this wrong gradient pass, as the options say it."""
    names = [name for name, says_right in CHECKERS.items() if says_right(gradient, nudged)]
    return f"only {names[0]}" if len(names) == 1 else " and ".join(names)


def two_errors_of_ten_thousand():
    right = np.random.default_rng(0).uniform(0.8, 1.2, 10_000)
    wrong = right.copy()
    wrong[[77, 5000]] += 0.1, -0.1
    return passed_by(wrong, right)


def with_minus_for_x(x):
    """The seven derivatives of log pi, with -1 where x is due in the first two."""
    u1, u2, c1, c2, w1, w2, b = THETA0
    h1, h2 = np.tanh(u1 * x + c1), np.tanh(u2 * x + c2)
    dz = 1 - 1 / (1 + np.exp(-(w1 * h1 + w2 * h2 + b)))
    dz1, dz2 = dz * w1 * (1 - h1**2), dz * w2 * (1 - h2**2)
    return np.array([-dz1, -dz2, dz1, dz2, dz * h1, dz * h2, dz])


def at_another_x():
    says = {
        x: E.gradient_check(lambda t, x=x: log_probability(t, x), THETA0, with_minus_for_x(x))
        for x in (-1.0, 0.0, 0.3, 1.0)
    }
    assert says.pop(-1.0)
    [said] = set(says.values())
    return str(said)


def printed_verdict():
    """What the built check says of the right gradient, where f has three decimals."""

    def printed(theta):
        return round(float(log_pi(theta)), 3)

    assert np.all(E.numerical_gradient(printed, THETA0) == 0)
    assert gradient_check(printed, THETA0, right_gradient()).verdict == "cannot tell"
    return str(E.gradient_check(printed, THETA0, right_gradient()))


def calls():
    seen = []
    E.numerical_gradient(lambda theta: seen.append(theta) or log_pi(theta), THETA0)
    return len(seen)


def nearest_power(h, options):
    """The option, as 10⁻⁵, whose power of ten is nearest to h."""
    digits = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
    return min(options, key=lambda option: abs(np.log10(h) - int(option.removeprefix("10").translate(digits))))


def best_of(key, eps):
    """Where h² and eps/h are equal, as one of the options of a question."""
    return nearest_power(eps ** (1 / 3), QUESTIONS[key].options)


def by_heart():
    one = np.float32(1)
    return float((np.sin(one + np.float32(1e-8)) - np.sin(one)) / np.float32(1e-8))


def coarse():
    """Digits of the forward difference of sin in 32 bits at the best of many steps, among the options."""
    x = np.linspace(0, 3, 31).astype(np.float32)
    errors = [np.abs((np.sin(x + h) - np.sin(x)) / h - np.cos(x)).max() for h in np.logspace(-6, -1, 51, dtype="f4")]
    options = {"seven": 7, "five": 5, "three": 3, "none": 0}
    return min(options, key=lambda option: abs(options[option] + np.log10(min(errors))))


def sideways():
    """Digits with h = 1e-5, of two functions; with 1e-20 all are right."""
    assert abs(complex_step(np.sin, 1.0) / np.cos(1) - 1) < 1e-15
    found = [
        -np.log10(abs(f(1 + 1e-5j).imag / 1e-5 / slope(1) - 1)) for f, slope in ((np.sin, np.cos), (np.exp, np.exp))
    ]
    return "ten or eleven" if all(10 < digits < 11.5 for digits in found) else ""


def in_32_bits():
    """Whose values are numbers of 32 bits; and A's is the only gradient that is wrong."""
    assert [name for name, verdict in verdicts().items() if verdict == "wrong"] == ["A"]
    [name] = [name for name, (f, x, _) in FAILED.items() if all(f(y) == float(np.float32(f(y))) for y in (x, x + 0.01))]
    return name


def at_the_kink():
    [slope] = {(max(h, 0) - max(-h, 0)) / (2 * h) for h in (0.5, 0.25, 2.0**-40)}
    return slope


def beside_the_kink():
    """What the check says beside the kink of a leaky ReLU, whose slopes are a fifth and one."""
    said = [
        gradient_check(lambda x: np.maximum(x, 0.2 * x).sum(), np.array([at]), np.array([0.2])).verdict
        for at in (-0.1, 0.1)
    ]
    return "right at −0.1, wrong at 0.1" if said == ["good", "wrong"] else ""


def for_two_simulators():
    """Of the methods with enough digits, for size 1, the one with the fewest calls for three slopes."""
    digits = {"forward": -np.log10(EPS64) / 2, "central": -np.log10(EPS64) * 2 / 3}
    calls = {"forward": 3 + 1, "central": 2 * 3}
    s, t = (min((name for name in calls if digits[name] > needed), key=calls.get) for needed in (9, 5))
    return f"{s} for S, {t} for T"


def fraction_lost(x):
    return (1 - np.cos(x)) / x**2


def own_subtraction():
    """The slope of (1 - cos x) / x² at 1e-4, by its series in whole fractions, against the complex step."""
    x = Fraction(1, 10_000)
    true = float(-x / 12 + x**3 / 180)
    said = complex_step(fraction_lost, 1e-4)
    assert f"{true:.7f}" == "-0.0000083" and f"{said:.6f}" == "0.000044"
    fine, coarse = ((fraction_lost(1e-4 + h) - fraction_lost(1e-4 - h)) / (2 * h) for h in (1e-5, 1e-3))
    assert f"{coarse:.8f}" == "-0.00000832" and abs(fine - true) > 2 * abs(said - true) and true * said < 0
    return "no digit at all" if abs(said - true) > abs(true) else "four digits"


FAILED = {  # the three programs of lesson 02b: (f, x, the gradient that is handed in)
    "A": (lambda x: np.tanh(2 * x), 0.3, 1 - np.tanh(0.6) ** 2),
    "B": (lambda x: float(np.float32(np.sin(3 * x))), 0.3, 3 * np.cos(0.9)),
    "C": (lambda x: max(x - 0.5, 0.2 * (x - 0.5)), 0.5, 1.0),
}


def verdicts():
    """What the helpers' check says of the three, at one entry."""
    checked = {
        name: gradient_check(lambda x, f=f: f(x[0]), np.array([x]), np.array([g])) for name, (f, x, g) in FAILED.items()
    }
    return {name: report.verdict for name, report in checked.items()}


TRUTHS_02 = {
    "02 finer": lambda: np.cos(1) - np.cos(1.005) * np.sin(0.005) / 0.005,
    "02 both sides": lambda: central_error(0.01),
    "02 much finer": digits_left,
    "02 drag": moved_by_dragging_y,
    "02 reach in": reached_in,
    "02 checkers, first": lambda: passed_by(np.array([2e-8, 3e-8, -1e-8]) * 2, np.array([2e-8, 3e-8, -1e-8])),
    "02 checkers, second": two_errors_of_ten_thousand,
    "02 one place": at_another_x,
    "02 printed": printed_verdict,
    "02 calls": calls,
    "02b central": lambda: best_of("02b central", EPS64),
    "02b coarse": coarse,
    "02b by heart": by_heart,
    "02b sideways": sideways,
    "02b own subtraction": own_subtraction,
    "02b size": lambda: 1.0,
    "02b spot": in_32_bits,
    "02b kink": at_the_kink,
    "02b beside": beside_the_kink,
    "02b which": for_two_simulators,
}
