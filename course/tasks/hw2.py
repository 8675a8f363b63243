"""Homework 2, trust no gradient: probes, hints and known mistakes. The solutions stand in course/source/hw2/hw2.ipynb."""

import numpy as np

from course.tasks.hw2_hidden import network_and_passes
from course.tasks.task import Task
from helpers.checks.lesson02 import tilted

CENTRAL = "(f(x + h) - f(x - h)) / (2 * h)"
SIDEWAYS = "f(x + 1e-20j).imag / 1e-20"
MOVE = "        moved = x.astype(complex)\n        moved[i] += 1e-20j\n        gradient[i] = f(moved).imag / 1e-20"
SIZE = "np.maximum(np.abs(gradient), np.abs(numerical))"
ERRORS = "np.where(distance <= 1e-9, 0, distance / np.maximum(size, 1e-9))"
LINE = "{0: 0, 1: min(wrong, default=0), 2: 4, 4: 1}[len(wrong)]"
NUMBERS = 'number_of = {"W": 2, "b": 3, "U": 5, "c": 6}'
RATIO = "np.vdot(right, gradients[name]) / np.vdot(right, right)"

FORMULA = "(np.finfo(number).eps * x**3 / 2) ** (1 / 3)"
END = """# dh spoils dU and dc, dz all four
        line = {0: 0, 1: min(wrong, default=0), 2: 4, 4: 1}[len(wrong)]
        lines.append(line)
        factors.append(max(wrong.values(), key=abs, default=1.0))
    return lines, factors"""
ANOTHER = "Another pass is the right one: all four of its gradients agree with the central difference. Entry k of your lists belongs to `passes[k]`."

MATRIX = np.array([[1.0, 2.0], [3.0, -1.0]])
COFACTORS = np.array([[-1.0, -3.0], [-2.0, 1.0]])  # the gradient of the determinant of MATRIX
PLACE = np.array([0.3, -1.2, 2.0, 1.5])
TILTED = np.arange(1, 5) * np.cos(PLACE)  # the gradient of `tilted` there


def missed(condition):
    """The end of `my_verdict` for a reader who takes the passes with this condition for right."""
    return f"line, wrong = (0, {{}}) if {condition} else ({LINE}, wrong)\n        {END.split(LINE)[1].lstrip()}"


def swapped(a_and_b):
    """The end of `my_verdict` with the entries of two passes exchanged."""
    swap = "lines[a], lines[b], factors[a], factors[b] = lines[b], lines[a], factors[b], factors[a]"
    return END.replace("return", f"a, b = {a_and_b}\n    {swap}\n    return")


TASKS = {
    "two_slopes": Task(
        probes=[(np.sin, 1.0, 0.1), (np.exp, -0.5, 0.2), (np.tanh, 0.3, 0.5)],
        hints=[
            "Translate (H2.1) from left to right. How far apart are x − h and x + h?",
            "For the complex step, call f at `x + 1e-20j`, take `.imag` of what it returns, and divide by 1e-20.",
        ],
        mistakes=[
            ("forward", CENTRAL, "(f(x + h) - f(x)) / h", "The first number is the forward difference, which looks to one side. The central one uses f(x + h) and f(x − h)."),
            ("two", "/ (2 * h)", "/ h", "In the first number: x − h and x + h are 2h apart; you divided by h."),
            ("precedence", "/ (2 * h)", "/ 2 * h", "In the first number, `/ 2 * h` divides by 2 and then *multiplies* by h. Write `/ (2 * h)`."),
            ("sign", "f(x + h) - f(x - h)", "f(x - h) - f(x + h)", "The first number has the wrong sign: right minus left."),
            ("swapped", f"{CENTRAL}, {SIDEWAYS}", f"{SIDEWAYS}, {CENTRAL}", "The two are swapped: return the central difference first."),
            ("real_part", ".imag", ".real", "You forgot `.imag`, or wrote `.real`: the second number came from the real part, which is f(x). The derivative is in the imaginary part."),
            ("no_step", ".imag / 1e-20", ".imag", "The second number is 0 or nearly so: step by `1e-20j`, an imaginary number, and divide the imaginary part by 1e-20."),
            ("large_step", SIDEWAYS, "f(x + 1j * h).imag / h", "In the second number you used the step h of the first one; with it the error h²·f‴/6 remains. Take 1e-20."),
        ],
        other_algebra=[
            "def two_slopes(f, x, h):\n    return [f(x + h) / (2 * h) - f(x - h) / (2 * h), np.imag(f(x + complex(0, 1e-20))) * 1e20]",
            "def two_slopes(f, x, h): return 0.5 * (f(x + h) - f(x - h)) / h, (f(x + 1e-20j) - f(x)).imag / 1e-20",
        ],
    ),
    "complex_gradient": Task(
        probes=[
            (np.prod, np.array([0.5, -1.2, 2.0])),
            (np.linalg.det, MATRIX),
            (np.mean, np.array([2, 3, 5])),
        ],
        hints=[
            "For each entry: a fresh complex copy of x, a step of 1e-20j in this one entry, one call of f.",
            "`for i in np.ndindex(x.shape):` visits every entry; `np.zeros(x.shape)` holds floats, whatever x holds.",
        ],
        mistakes=[
            ("accumulated", "    for i in np.ndindex(x.shape):\n        moved = x.astype(complex)", "    moved = x.astype(complex)\n    for i in np.ndindex(x.shape):", "An entry that was moved stays moved while the next one is measured. Start from a fresh copy for each entry."),
            ("rows", "np.ndindex(x.shape)", "range(len(x))", "`range(len(x))` counts the rows of a matrix, and `x[i]` is a whole row. Visit every entry: `for index in np.ndindex(x.shape)`."),
            ("all_at_once", "moved[i] += 1e-20j", "moved += 1e-20j", "All entries were moved at once; a partial derivative moves one and keeps the others."),
            ("real_part", ".imag", ".real", "You forgot `.imag`, or wrote `.real`: the entries came from the real part, which is f(x). The derivative is in the imaginary part."),
            ("no_step", ".imag / 1e-20", ".imag", "All entries are 0 or nearly so: step by `1e-20j`, an imaginary number, and divide the imaginary part by 1e-20."),
            ("flat", "return gradient", "return gradient.ravel()", "The gradient must have x's shape (the shape rule), also for a matrix."),
            ("integers", "np.zeros(x.shape)", "np.zeros_like(x)", "For an x of integers the gradient came out in integers, cut off: `np.zeros_like(x)` has x's type, `np.zeros(x.shape)` holds floats."),
            ("transposed", "return gradient", "return gradient.T", "The gradient of a matrix came out transposed: entry (i, k) of the gradient belongs to entry (i, k) of x."),
        ],
        other_algebra=[
            "def complex_gradient(f, x):\n    steps = 1e-20j * np.eye(x.size)\n    return np.array([f((x.ravel() + s).reshape(x.shape)).imag * 1e20 for s in steps]).reshape(x.shape)",
            "def complex_gradient(f, x): return numerical_gradient(f, x, 'complex')",
        ],
        # a central difference agrees with the complex step to the digits of the check; only values near 1e8 tell them apart
        hidden_only=[
            ("central", MOVE, "        up, down = x.astype(float), x.astype(float)\n        up[i] += 1e-5\n        down[i] -= 1e-5\n        gradient[i] = (f(up) - f(down)) / 2e-5"),
        ],
    ),
    "best_step": Task(
        probes=[(2.0**-52, 1.0, 1.0), (2.0**-23, 1000.0, 0.5), (1e-10, 0.2, 40.0)],
        atol=1e-12,
        hints=[
            "The derivative of h²/6 · |f‴| with respect to h is h/3 · |f‴|. And that of ε|f|/h?",
            "That of ε|f|/h is −ε|f|/h². The sum of both is 0 where h³ = 3 ε|f| / |f‴|.",
        ],
        mistakes=[
            ("equal_terms", "3 * eps", "6 * eps", "There the two errors are *equal*. Their sum is smallest where the slopes cancel: differentiate first, then solve."),
            ("no_sizes", "3 * eps * size / third", "eps", "That is the rule of lesson 02b, for sizes of 1 and without constants. Keep |f|, |f‴| and the factor from the derivative."),
            ("no_three", "3 * eps", "eps", "The factor 3 is missing: the derivative of h²/6 is h/3, not h."),
            ("half", "3 * eps", "1.5 * eps", "There the 2 of the derivative was lost or counted twice: (h²)′ = 2h, and 2h/6 = h/3."),
            ("root", "(1 / 3)", "(1 / 2)", "The equation is one for h³, since h meets 1/h²; you took the square root."),
            ("precedence", "(1 / 3)", "1 / 3", "`a ** 1 / 3` is (a ** 1) / 3, since `**` binds before `/`. Write `a ** (1 / 3)`."),
            ("inverse", "size / third", "third / size", "|f| and |f‴| are exchanged: a function that bends more needs a smaller step."),
        ],
        other_algebra=[
            "def best_step(eps, size, third): return np.cbrt(3 * eps * size / third)",
            "def best_step(eps, size, third): return float(np.exp((np.log(3) + np.log(eps) + np.log(size) - np.log(third)) / 3))",
        ],
    ),
    "my_best_steps": Task(
        probes=[(3, 0.25), (7, 25.0)],
        hints=[
            "`[worst_error(k, x, h, np.float32) for h in STEPS]` is the table for 32 bits. Where is its smallest entry?",
            "`np.argmin(errors)` is the index of the smallest entry, and `STEPS` at this index is the step.",
        ],
        mistakes=[
            ("swapped", "(np.float32, np.float64)", "(np.float64, np.float32)", "The two types are swapped: 32 bits first."),
            ("same_type", "h, number)", "h, np.float64)", "Both pairs are those of 64 bits. Ask `worst_error` with `np.float32` for the first pair."),
            ("largest", "np.argmin(errors)", "np.argmax(errors)", "These are the steps with the *largest* error."),
            ("smallest_step", "np.argmin(errors)", "len(STEPS) - 1", "This is the smallest step of the list. It is not the best one: that is the V."),
            ("index", "STEPS[best]", "best", "You returned the index in the list; the question asks for the step that stands there."),
            ("rule", "STEPS[best], errors[best]", "np.finfo(number).eps ** (1 / 3), errors[best]", "That is the rule ε^(1/3) of lesson 02b. Here the best of `STEPS` is asked for, as it was measured."),
            ("order", "STEPS[best], errors[best]", "errors[best], STEPS[best]", "Step and error are exchanged: the step comes first."),
            ("formula", "STEPS[best], errors[best]", f"{FORMULA}, errors[best]", "The step has to be one of STEPS; this looks like your formula from task 3."),
            ("formula_error", "STEPS[best], errors[best]", f"(step := {FORMULA}), worst_error(k, x, step, number)", "The step has to be one of STEPS; this looks like your formula from task 3, with the error at that step."),
            ("flat", "found.append((STEPS[best], errors[best]))", "found += [STEPS[best], errors[best]]", "Your four numbers are right. Return them as two pairs, `(step, error), (step, error)`."),
        ],
        rtol=[1e-6, 0.06],  # of each pair: a step is one of STEPS, an error was rounded to two digits
        atol=0.0,
        other_algebra=[
            "def my_best_steps(k, x):\n    best = [min((worst_error(k, x, h, n), h) for h in STEPS) for n in (np.float32, np.float64)]\n    return np.array(best)[:, ::-1].tolist()",
        ],
    ),
    "own_check": Task(
        probes=[
            (tilted, PLACE, TILTED * np.array([1.0, 1.02, 1.0, 0.5])),
            (np.linalg.det, MATRIX, COFACTORS * np.array([[1.0, 1.0], [-0.25, 1.0]])),
            (np.prod, np.array([0.0, 0.0, 2.0, 1.0]), np.array([0.0, 0.0, 0.0, 0.0])),
            (tilted, PLACE[:2], TILTED[:2] + np.array([1e-3, 3e-10])),
            (np.linalg.det, MATRIX, COFACTORS * np.array([[1.0, 1.5], [1.0, 2.0]])),
            (np.prod, np.array([1e-3, 1e-4, 1.0]), np.array([1e-4, 1e-3, 1e-7 + 5e-10])),
        ],
        atol=1e-6,
        hints=[
            "First the distance |a − n| of all entries at once, then the larger of |a| and |n|, then divide where the distance counts.",
            "`np.where(distance <= 1e-9, 0, ...)` keeps the small ones out; `np.maximum(size, 1e-9)` keeps you from dividing by 0.",
            "`np.argmax(errors)` counts the entries row by row, and takes the first of several equal ones.",
        ],
        mistakes=[
            ("no_limit", ERRORS, "distance / size", "Where both numbers are 0 you divided 0 by 0, and noise counts as an error. A distance of 10⁻⁹ or less is no error."),
            ("limit_of_size", ERRORS, "np.where(size <= 1e-9, 0, distance / np.maximum(size, 1e-9))", "You compared max(|a|, |n|) with 10⁻⁹. What counts as 0 is a small *distance* |a − n|, also between numbers that are larger than 10⁻⁹."),
            ("signed_size", SIZE, "np.maximum(gradient, numerical)", "Of two negative numbers `np.maximum(a, n)` is no size: take |a| and |n| before you take the larger."),
            ("signed_division", ERRORS, "np.where(distance <= 1e-9, 0, distance / np.maximum(gradient, numerical))", "You divided by `np.maximum(a, n)`, which is negative where both are: take |a| and |n| before you take the larger."),
            ("signed", "np.abs(gradient - numerical)", "(gradient - numerical)", "An error has no sign: take |a − n|, or entries that are too small are overlooked."),
            ("absolute", "distance / np.maximum(size, 1e-9)", "distance", "This is the absolute distance. Divide it by the larger of |a| and |n|."),
            ("min", SIZE, "np.minimum(np.abs(gradient), np.abs(numerical))", "Divide by the *larger* of the two; with the smaller one the error explodes when one number is near 0."),
            ("sum", SIZE, "(np.abs(gradient) + np.abs(numerical))", "You divided by |a| + |n|. It is a common form as well, but (H2.3) takes the larger of the two."),
            ("by_n", SIZE, "np.abs(numerical)", "You divided by |n|. Divide by the larger of |a| and |n|, so that neither number is preferred."),
            ("mean", "errors.ravel()[index]", "errors.mean()", "You averaged over the entries, so that one wrong entry of a million would vanish. Take the largest."),
            ("far_index", "np.argmax(errors)", "np.argmax(distance)", "This is the index of the largest *distance*. Asked for is that of the largest relative error, which may be in a small entry."),
            ("swapped", "errors.ravel()[index], index", "index, errors.ravel()[index]", "The two are swapped: the error first, then its index."),
        ],
        other_algebra=[
            "def own_check(f, x, gradient):\n    worst, index = 0.0, 0\n    numerical = numerical_gradient(f, x)\n    for k, (a, n) in enumerate(zip(gradient.ravel(), numerical.ravel())):\n        error = 0 if abs(a - n) <= 1e-9 else abs(a - n) / max(abs(a), abs(n))\n        if error > worst:\n            worst, index = error, k\n    return worst, index",
            "def own_check(f, x, gradient):\n    n = np.zeros(x.size)\n    for k in range(x.size):\n        e = np.zeros(x.size)\n        e[k] = 1e-5\n        e = e.reshape(x.shape)\n        n[k] = (f(x + e) - f(x - e)) / 2e-5\n    a = gradient.ravel()\n    d = abs(a - n)\n    r = np.zeros(x.size)\n    r[d > 1e-9] = (d / np.maximum(np.maximum(abs(a), abs(n)), 1e-30))[d > 1e-9]\n    return r.max(), r.argmax()",
        ],
    ),
    "my_verdict": Task(
        probes=[network_and_passes(2208, k)[:2] for k in range(3)],
        hints=[
            "Run the check for each of the four gradients of each pass, and note which are wrong. The right pass has none.",
            "If U and c are wrong and W and b right, what do the lines of dU and dc have in common that those of dW and db have not?",
            "The factor is what the pass says, divided by what the central difference says; any entry of a wrong gradient gives it.",
        ],
        mistakes=[
            ("symptom", LINE, "min(wrong, default=0)", "The factors are right, the line numbers are not. You named the first gradient that is wrong; where several are wrong, look for the earlier line that all of them depend on."),
            ("last", LINE, "max(wrong, default=0)", "The factors are right, the line numbers are not. You named the last gradient that is wrong; where several are wrong, look for the earlier line that all of them depend on."),
            ("dz_for_dh", LINE, LINE.replace("2: 4, 4: 1", "2: 1, 4: 4"), "The factors are right, the line numbers are not. Line 1 is dz and line 4 is dh. If dz were wrong, all four gradients would be off; if dh were, U and c alone."),
            ("numbers", NUMBERS, NUMBERS.translate(str.maketrans("2356", "3265")), "The factors are right, the line numbers are not. The table numbers the lines: 5 is dU, 6 is dc; 2 is dW, 3 is db."),
            ("inverse", RATIO, "np.vdot(right, right) / np.vdot(right, gradients[name])", "The factors are inverted: divide what the pass says by what the central difference says, not the other way round."),
            ("no_sign", "= ratio\n", "= abs(ratio)\n", "A sign was lost: in one pass the result points the other way, so its factor is negative."),
            ("excess", "= ratio\n", "= ratio - 1\n", "You gave by how much the result is too large, measured by the right one. The factor is 1 more: what the right result was multiplied by."),
            ("relative_error", "= ratio\n", "= abs(ratio - 1) / max(abs(ratio), 1)\n", "You gave the relative errors. The factor is what the pass says, divided by what the central difference says."),
            ("zero", "default=1.0", "default=0.0", "For the right pass the factor is 1, not 0: nothing was multiplied."),
            # what follows stands last and replaces the whole end, so that no pairs are made with it
            ("missed_one", END, missed("len(wrong) == 1"), "You call two passes right, and one of them is not: there, a single gradient is off. Look at all four reports of each pass."),
            ("missed_more", END, missed("len(wrong) > 1"), "You call two passes right, and one of them is not: there, several gradients are off. Look at all four reports of each pass."),
            ("missed_all", END, missed("wrong"), "You call all three passes right; only one is. Look at all four reports of each pass."),
            ("next", END, swapped("lines.index(0), (lines.index(0) + 1) % 3"), ANOTHER),
            ("previous", END, swapped("lines.index(0), (lines.index(0) + 2) % 3"), ANOTHER),
            ("exchanged", END, swapped("(k for k in range(3) if lines[k])"), "The right pass is found, but the two others are exchanged: entry k of your lists belongs to `passes[k]`."),
        ],
        rtol=2e-3,
        other_algebra=[
            "def my_verdict(arrays, passes):\n    lines, factors = [], []\n    for grads in passes:\n        r = {}\n        for name in 'WbUc':\n            n = numerical_gradient(lambda other: loss(arrays | {name: other}), arrays[name])\n            r[name] = round(float(grads[name].ravel()[0] / n.ravel()[0]), 3)\n        off = [name for name in 'WbUc' if r[name] != 1]\n        lines.append({'': 0, 'WbUc': 1, 'W': 2, 'b': 3, 'Uc': 4, 'U': 5, 'c': 6}[''.join(off)])\n        factors.append(r[off[0]] if off else 1)\n    return np.array(lines), np.array(factors)",
        ],
    ),
}  # fmt: skip
