"""Lessons 02 and 02b: what their prose states."""

import copy
import re
from decimal import Decimal

import numpy as np
import pytest
from notebook_runs import NOTEBOOKS, code_cells, read, run
from parts_in_lessons import with_file, with_parts
from truths_of_lesson02 import FAILED, log_pi, right_gradient, slope_of_z

from helpers.agreement import agreement_table
from helpers.calculus import complex_step, gradient_check
from helpers.checks.lesson02 import best_step
from helpers.checks.lesson02 import central as by_central
from helpers.checks.lesson02 import forward as by_forward
from helpers.engine.assembly import assemble
from helpers.engine.parts.gradient_cases import right_gradients, wrong_gradients
from helpers.guesses.prediction import QUESTIONS
from helpers.networks import wide_neuron, wide_neuron_of_values
from helpers.networks.gradient_cost import inputs
from helpers.running_actor import THETA0, followed

NUDGE, DIGITS = (read(NOTEBOOKS / f"{name}.ipynb") for name in ("02_finite_differences", "02b_the_last_digits"))


def prose(notebook):
    """All prose of a lesson on one line."""
    return " ".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown").replace("\n", " ")


def forward_error(h, number=np.float64):
    x, h = number(1), number(h)
    return float((np.sin(x + h) - np.sin(x)) / h) - np.cos(1)


def central_error(h, number=np.float64):
    x, h = number(1), number(h)
    return float((np.sin(x + h) - np.sin(x - h)) / (2 * h)) - np.cos(1)


# What the prose of 02 states


def test_one_digit_then_a_mean():
    assert "It is 8 per cent off" in prose(NUDGE) and f"{-forward_error(0.1) / np.cos(1):.0%}" == "8%"
    assert "The error is 0.043" in prose(NUDGE) and f"{-forward_error(0.1):.3f}" == "0.043"
    assert "0.0009 in place of 0.043" in prose(NUDGE) and f"{-central_error(0.1):.4f}" == "0.0009"
    assert f"{-forward_error(0.01):.2g}" == "0.0042" and 95 < central_error(0.1) / central_error(0.01) < 105
    backward = (np.sin(1) - np.sin(0.9)) / 0.1 - np.cos(1)
    assert forward_error(0.1) < 0 < backward and abs(forward_error(0.1) + backward) < 0.05 * backward


def test_a_tiny_step_is_a_million_times_worse():
    fine, tiny = abs(central_error(1e-5)), abs(central_error(1e-12))
    assert "1·10⁻⁵" in QUESTIONS["02 much finer"].says and "1·10⁻¹¹" in QUESTIONS["02 much finer"].says
    assert f"{fine:.0e}" == "1e-11" and f"{tiny:.0e}" == "1e-05" and 5e5 < tiny / fine < 2e6
    assert "a million times worse" in prose(DIGITS)


def test_twenty_two_gradients_fifteen_of_them_wrong():
    wrong, right = len([*wrong_gradients()]), len([*right_gradients()])
    assert (wrong + right, wrong) == (22, 15)
    assert "twenty-two gradients are put before it, fifteen of them wrong" in prose(NUDGE)


def test_the_neuron_and_its_weights():
    z = {name: slope_of_z(name) for name in ("u1", "c1")}
    h1 = np.tanh(0.1 - 0.8)
    assert "z moved by −0.000444" in prose(NUDGE) and f"{z['u1'] / 1000:.6f}" == "-0.000444"
    assert "∂z/∂u1 is 0.7 · 0.635 · (−1)" in prose(NUDGE) and "0.7 · 0.635 · 1." in prose(NUDGE)
    assert f"{1 - h1**2:.3f}" == "0.635" and z["u1"] == pytest.approx(0.7 * (1 - h1**2) * -1) == pytest.approx(-z["c1"])
    assert "−0.3265528 of lesson 01" in prose(NUDGE)
    assert f"{(followed(0.8 + 1e-5) - followed(0.8 - 1e-5)) / 2e-5:.7f}" == "-0.3265528"


def test_all_thousand_are_right_where_a_wrong_one_would_show():
    names = {"np": np, "wide_neuron_of_values": wide_neuron_of_values, "wide_neuron": wide_neuron}
    names["gradient_check"] = lambda *each: each
    [cell] = [cell.source for cell in NUDGE.cells if cell.id == "at-once"]
    exec(cell.replace("\ngradient_check(", "\nasked = gradient_check("), names)
    neuron, weights, gradient = names["asked"]
    x = np.array(inputs(1000))

    def f(weights):
        return np.tanh(weights @ x)

    assert f(weights) == pytest.approx(neuron(weights), rel=1e-12)  # which takes a hundred times as long
    assert gradient_check(f, weights, gradient).passed and "All thousand are" in prose(NUDGE)
    without_tanh = gradient / (1 - f(weights) ** 2)
    assert assemble().gradient_check(f, weights, gradient) and not assemble().gradient_check(f, weights, without_tanh)


def test_one_step_along_the_gradient():
    [cell] = [cell.source for cell in NUDGE.cells if cell.id == "one-step"]
    said = {}
    for step in (0.1, 0.01, 10):
        names = {"np": np, "THETA0": THETA0, "numerical_gradient": assemble().numerical_gradient, "log_pi": log_pi}
        exec(cell.replace("step = 0.1", f"step = {step}").replace("\nstep * ", "\nsaid = step * "), names)
        said[step] = names["said"]
    promised, risen = (f"{each:.3f}" for each in said[0.1])
    assert f"{promised} was promised, and log π rose by {risen}" in prose(NUDGE)
    assert said[0.01][1] / said[0.01][0] > 0.99 and said[10][1] / said[10][0] < 0.1  # near, and far


def test_what_is_read_from_cannot_tell():
    def printed(theta):
        return round(float(log_pi(theta)), 3)

    text = str(gradient_check(printed, THETA0, right_gradient()))
    said, nudged = (float(each) for each in re.findall(r"-0\.\d{9}", text))
    assert "to within 0.4 only" in text and "its slope may still be off by 0.4" in prose(NUDGE)
    assert f"{abs(said - nudged):.3f}" == "0.014" and "differ by 0.014, and that tells nothing" in prose(NUDGE)


# What the prose of 02b states


def test_the_curve_has_the_slopes_that_are_told():
    says = QUESTIONS["02b curve"].says
    assert "falls with slope 1" in says and "slope 2" in says and "slope −1" in says
    steps = 10.0 ** np.linspace(-16, 0, 97)

    def exponent(error, low, high):
        inside = [h for h in steps if low <= h <= high]
        return np.polyfit(np.log(inside), np.log([abs(error(h)) for h in inside]), 1)[0]

    assert exponent(forward_error, 1e-6, 1e-1) == pytest.approx(1, abs=0.05)
    assert exponent(central_error, 1e-4, 1e-1) == pytest.approx(2, abs=0.05)
    for error in (forward_error, central_error):
        assert exponent(error, 1e-14, 1e-9) == pytest.approx(-1, abs=0.15)
    assert [f"{np.log10(-forward_error(h)):.1f}" for h in (0.1, 0.01)] == ["-1.4", "-2.4"]
    assert [f"{-forward_error(h):.2g}" for h in (0.1, 0.01)] == ["0.043", "0.0042"]


def test_what_the_measured_best_steps_say():
    x = np.linspace(0, 3, 31)
    for kind, forward, central in ((np.float64, (-8,), -5), (np.float32, (-3, -4), -2)):
        assert round(np.log10(best_step(by_forward, x.astype(kind)))) in forward
        assert round(np.log10(best_step(by_central, x.astype(kind)))) == central
        eps = np.finfo(kind).eps
        assert all(abs(np.log10(eps) / 2 - power) < 0.7 for power in forward) and abs(np.log10(eps) / 3 - central) < 0.7
    rule = prose(DIGITS)
    assert "the square root of 2.2·10⁻¹⁶, which is 1.5·10⁻⁸" in rule and f"{2.2e-16**0.5:.1e}" == "1.5e-08"
    assert "6·10⁻⁶" in QUESTIONS["02b central"].says and f"{2.2e-16 ** (1 / 3):.0e}" == "6e-06"
    says = QUESTIONS["02b coarse"].says
    assert "the square root of 1.2·10⁻⁷, 0.00035" in says and f"{1.2e-7**0.5:.5f}" == "0.00035"
    x = x.astype(np.float32)
    worst = np.abs(by_central(np.sin, x, np.float32(0.01)) - np.cos(x)).max()
    assert "four or five" in says and 4 < -np.log10(worst) < 5


def test_what_is_said_of_the_subtraction_in_f():
    x, says = 1e-4, QUESTIONS["02b own subtraction"].says
    exact = float(1 - Decimal(x) ** 2 / 12 + Decimal(x) ** 4 / 360) / 2  # 2 (1 - cos x) / x² by its series
    assert 1e-9 < abs((1 - np.cos(x)) / x**2 / exact - 1) < 1e-8 and "eight are right" in prose(DIGITS)
    assert f"{exact:.10f}" == "0.4999999996" and "In truth f is 0.4999999996" in prose(DIGITS)
    terms, true = (np.sin(x) / x**2, 2 * (1 - np.cos(x)) / x**3), (1 / x - x / 6, 1 / x - x / 12)
    off = [abs(term / due - 1) for term, due in zip(terms, true, strict=True)]
    assert off[0] < 1e-15 and 1e-9 < off[1] < 1e-8 and "of the second eight digits are" in prose(DIGITS)
    assert all(9_999 < term < 10_001 for term in terms) and "Both terms are near 10,000" in prose(DIGITS)
    assert f"{true[1]:,.6f}"[:-1] == "9,999.99999" and "The second should be 9,999.99999" in prose(DIGITS)
    assert f"{1e-4 / (x / 12):.0f}" == "12" and "twelve times the slope" in says


def test_the_lessons_own_differences_keep_the_bits_of_x():
    """With steps of NumPy, too, which would make 64 bits of 32."""
    [cell] = [cell.source for cell in DIGITS.cells if cell.id == "differences"]
    own = {"np": np}
    exec(cell, own)
    x = np.linspace(0, 3, 31).astype(np.float32)
    for name, best in (("forward", 0.001), ("central", 0.01)):
        difference = own[name]
        assert difference(np.sin, x, np.float64(0.01)).dtype == np.float32
        steps = 10.0 ** -np.arange(1, 16)
        worst = [np.abs(difference(np.sin, x, h) - np.cos(x)).max() for h in steps]
        assert steps[np.argmin(worst)] == pytest.approx(best) == pytest.approx(best_step(difference, x))
    assert "Measured: 0.001 and 0.01. The rules say 0.00035 and 0.005, each within half a power" in prose(DIGITS)
    eps = float(np.finfo(np.float32).eps)
    assert (f"{eps**0.5:.2g}", f"{eps ** (1 / 3):.1g}") == ("0.00035", "0.005")
    assert all(abs(np.log10(0.1**power / eps ** (1 / root))) < 0.5 for power, root in ((3, 2), (2, 3)))


def test_a_larger_step_finds_what_f_has_lost():
    def f(x):
        return (1 - np.cos(x)) / x**2

    x, h = 1e-4, 1e-3
    true = -x / 12 + x**3 / 180
    larger = by_central(f, x, h)
    assert f"{complex_step(f, x):.6f}" == "0.000044" and "should be −0.0000083, and is +0.000044" in prose(DIGITS)
    assert f"{larger:.1e}" == f"{true:.1e}" == "-8.3e-06" and "two digits are right" in prose(DIGITS)
    assert abs(by_central(f, x, 1e-6) / true - 1) > 1 and "a tiny step loses them too" in prose(DIGITS)
    assert all(8 < abs(point) / x < 12 for point in (x + h, x - h)) and "ten times farther from 0" in prose(DIGITS)


def test_the_best_steps_are_near_the_bottom():
    steps = 10.0 ** np.linspace(-16, 0, 400)
    for error, best, level in ((forward_error, 2.0**-26, 2.0**-26), (central_error, 2.0 ** (-52 / 3), 4e-11)):
        errors = np.array([abs(error(h)) for h in steps])
        around = (steps > best / 2) & (steps < best * 2)
        assert np.median(errors[around]) < 1.5 * level
        for far in (best / 100, best * 100):
            assert np.median(errors[(steps > far / 2) & (steps < far * 2)]) > 10 * np.median(errors[around])


def test_float32_has_five_digits_at_its_best():
    best = np.finfo(np.float32).eps ** (1 / 3)
    assert f"{best**2:.0e}" == "2e-05" and abs(central_error(best, np.float32)) < 2e-5
    assert np.nextafter(np.float32(1), np.float32(2)) == np.float32(1.00000012)
    assert np.float32(1) + np.float32(1e-8) == 1


def test_the_table_of_three_failed_checks():
    rows = dict(re.findall(r"^\| ([ABC]) \| (.*) \|$", "\n".join(cell.source for cell in DIGITS.cells), re.MULTILINE))
    for name, (f, x, gradient) in FAILED.items():
        sides = [((f(x) - f(x - h)) / h, (f(x + h) - f(x)) / h) for h in (1e-2, 1e-4, 1e-6)]
        assert rows[name] == " | ".join([*(f"{left:.3f} and {right:.3f}" for left, right in sides), f"{gradient:.3f}"])


def test_beside_the_kink_there_is_a_verdict():
    assert "Before you set `at` to −0.1, and then to 0.1" in prose(DIGITS)
    assert QUESTIONS["02b beside"].truth == "right at −0.1, wrong at 0.1"
    [cell] = [cell.source for cell in DIGITS.cells if cell.id == "kink-verdict-shown"]
    verdicts = []
    for at in (0.0, -0.1, 0.1):
        names = {"np": np, "gradient_check": gradient_check}
        exec(cell.replace("at = 0.0", f"at = {at}").replace("\ngradient_check(", "\nreport = gradient_check("), names)
        verdicts.append(names["report"].verdict)
    assert verdicts == ["kink", "good", "wrong"]


def test_the_errors_of_the_table_have_the_lessons_order():
    table = agreement_table("03")
    central, forward, sideways = (abs(value - table.exact) for _, _, value, *_ in table.rows[1:])
    assert sideways < 1e-15 < central < forward / 100


# Code


WRONG = {"dz2 = dz * w1 * (1 - h2**2)": "dz2 = dz * w2 * (1 - h2**2)", "[-dz1, -dz2, ": "[dz1 * x, dz2 * x, "}


def test_lines_that_are_mended_turn_the_answers(tmp_path):
    """The lesson up to there, and then what reads the code with one line mended, with the other, and with both."""
    lesson, lines, rounds = with_parts(NUDGE), [*WRONG.items()], {"-first": [0], "-second": [1], "-both": [0, 1]}
    [wrong] = [cell for cell in code_cells(lesson) if cell.id == "by-hand"]
    readers = [cell for cell in code_cells(lesson) if cell.id in ("try-by-hand", "place-of-error", "several-places")]
    lesson.cells = lesson.cells[: lesson.cells.index(readers[-1]) + 1]
    for name, mended in rounds.items():
        for cell in copy.deepcopy([wrong, *readers]):
            for k in mended:
                assert lines[k][0] in wrong.source
                cell.source = cell.source.replace(*lines[k])
            cell.id += name
            lesson.cells.append(cell)
    done = run(lesson, env=with_file(tmp_path / "my_gradient.py"))
    said = {cell.id: cell.outputs[0]["data"]["text/plain"] for cell in done.cells if cell.get("outputs")}
    for name, mended in {"": [], **rounds}.items():
        assert said[f"try-by-hand{name}"] == str(0 in mended)
        assert ("good" in said[f"place-of-error{name}"]) == (0 in mended)
        assert said[f"several-places{name}"] == str([0 in mended] + [mended == [0, 1]] * 3)


def test_the_tiny_step_would_be_exact_if_digits_did_not_end():
    assert "an error of about 10⁻²⁵" in QUESTIONS["02 much finer"].says
    assert f"{central_error(0.1) * (1e-12 / 0.1) ** 2:.0e}" == "-9e-26"
    up, down = f"{np.sin(1 + 1e-12):.16f}", f"{np.sin(1 - 1e-12):.16f}"
    assert "the first eleven agree" in prose(NUDGE)
    assert up[: 2 + 11] == down[: 2 + 11] and up[: 2 + 12] != down[: 2 + 12]
