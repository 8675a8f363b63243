"""Homework 1, a neuron by hand: probes, hints and known mistakes. The solutions stand in course/source/hw1/hw1.ipynb."""

import numpy as np
import sympy as sp

from course.tasks.task import Task

SIGMOID = "1 / (1 + np.exp(-z))"
STEP = "np.where(z > 0, 1.0, leak)"
LOSS = "np.maximum(t, 0) + np.log1p(np.exp(-np.abs(t)))"
BLOCK = """dL_dp = -y / p + (1 - y) / (1 - p)
    dp_dz = p * (1 - p)
    dz_dw = x
    dL_dw = dL_dp * dp_dz * dz_dw"""
PRODUCT = "dL_dw = dL_dp * dp_dz * dz_dw"
LINES = "return dL_dp, dp_dz, dz_dw, dL_dw"
GRADIENT = "return dz * x, dz, dz * w"
CROSS_ENTROPY = "-y * sp.log(p) - (1 - y) * sp.log(1 - p)"
BY_SYMPY = "sp.diff(loss, w), sp.diff(loss, b), sp.diff(loss, x)"
UPSTREAM = "-my_y / p + (1 - my_y) / (1 - p)"
IN_Z = 'dp_dz = sp.exp(-sp.Symbol("z")) / (1 + sp.exp(-sp.Symbol("z"))) ** 2'


def alone(right, wrong):
    """One of lines 1 to 3 wrong and line 4 right: what is to be replaced in the solution, and by what."""
    return BLOCK, BLOCK.replace(right, wrong).replace(PRODUCT, "dL_dw = (p - y) * x")


TASKS = {
    "softplus_slope": Task(
        probes=[(-2.0,), (0.7,), (1000.0,), (np.array([-1000.0, 0.0, 3.0]),)],
        hints=[
            "The slope of log u is 1/u, and the slope of u = 1 + eᶻ is eᶻ. Multiply the two.",
            "You have eᶻ / (1 + eᶻ). Divide above and below by eᶻ: which exponential is left, and where is it large?",
            "If eᵗ overflows in a denominator only, nothing is lost: 1 / inf is 0, and that is the right answer there.",
        ],
        mistakes=[
            ("value", SIGMOID, "np.log(1 + np.exp(z))", "That is softplus itself; the question asks for its slope."),
            ("overflow", SIGMOID, "np.exp(z) / (1 + np.exp(z))", "Right on paper, and for moderate z, but at z = 1000 it is inf / inf. Divide above and below by eᶻ."),
            ("inner", "np.exp(-z)", "np.exp(z)", "This is 1 / (1 + eᶻ), the slope of the logarithm alone. The slope of what stands inside, eᶻ, is missing."),
            ("outer", SIGMOID, "np.exp(z)", "This is the slope of what stands inside the logarithm. The logarithm's own slope, 1 / (1 + eᶻ), is missing."),
            ("relu", SIGMOID, "np.where(z > 0, 1.0, 0.0)", "This is the slope of ReLU, which jumps. That of softplus climbs smoothly: at z = 0 it is 1/2."),
            ("second", SIGMOID, "np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))) ** 2", "One derivative too many: σ(z)(1 − σ(z)) is the slope of the slope."),
            ("precedence", SIGMOID, "1 / 1 + np.exp(-z)", "`1 / 1 + a` is (1/1) + a. The denominator needs brackets of its own: `1 / (1 + a)`."),
        ],
        other_algebra=[
            "def softplus_slope(z): return 0.5 * (1 + np.tanh(z / 2))",
            "def softplus_slope(z): return np.exp(z - np.logaddexp(0, z))",
            "def softplus_slope(z):\n    e = np.exp(-np.abs(z))\n    return np.where(z > 0, 1 / (1 + e), e / (1 + e))",
        ],
        # right for each number, and for the check's array
        hidden_only=[("naive_arrays", f"return {SIGMOID}", "return 1.0 if np.ndim(z) == 0 and z > 700 else np.exp(z) / (1 + np.exp(z))")],
    ),
    "leaky_relu_slope": Task(
        probes=[(np.array([-2.0, -0.5, 0.0, 0.5, 3.0]), 0.1), (np.array([[0.0, 1.0], [-1.0, 2.0]]), 0.25)],
        hints=[
            "Look at (H1.2) one line at a time: what is the slope of z, and what is the slope of leak · z?",
            "`np.where(condition, this, that)` chooses for each entry. On which side of the condition does z = 0 belong?",
        ],
        mistakes=[
            ("relu", STEP, "np.where(z > 0, 1.0, 0.0)", "This is the slope of ReLU. The leaky one rises on the left too, with the slope `leak`."),
            ("kink", "z > 0", "z >= 0", "At the kink z = 0 you took the right slope, 1. The docstring asks for the left one, `leak`."),
            ("middle", STEP, "np.where(z > 0, 1.0, np.where(z < 0, leak, (1 + leak) / 2))", "At the kink z = 0 you took the mean of both slopes. The docstring asks for the left one, `leak`."),
            ("kink_zero", STEP, "np.where(z > 0, 1.0, np.where(z < 0, leak, 0.0))", "At the kink z = 0 you returned 0, which is ReLU's left slope. Here the left slope is `leak`."),
            ("value", STEP, "np.where(z > 0, z, leak * z)", "That is the leaky ReLU itself; the question asks for its slope."),
            ("left_value", STEP, "np.where(z > 0, 1.0, leak * z)", "On the left you returned the function's value leak · z; its slope there is the number `leak`."),
            ("right_value", STEP, "np.where(z > 0, z, leak)", "On the right you returned the function's value z; its slope there is 1."),
            ("reversed", STEP, "np.where(z > 0, leak, 1.0)", "The two sides are exchanged: the slope is 1 on the right and `leak` on the left."),
            ("sign", STEP, "np.where(z > 0, 1.0, -leak)", "On the left the leaky ReLU rises as well: its slope there is `leak`, not −leak."),
        ],
        other_algebra=[
            "def leaky_relu_slope(z, leak): return leak + (1 - leak) * (z > 0)",
            "def leaky_relu_slope(z, leak): return np.heaviside(z, 0) * (1 - leak) + leak",
        ],
        # the check refuses a changed argument in words of its own, before it compares any numbers
        hidden_only=[("in_place", f"return {STEP}", f"z[...] = {STEP}\n    return z")],
    ),
    "stable_loss": Task(
        probes=[
            (0.7, 1),
            (-2.0, 1),
            (40.0, 0),
            (np.array([-1000.0, -3.0, 0.5, 1000.0]), np.array([0, 1, 0, 0])),
            (np.array([1000.0, -1000.0, 2.0]), np.array([1, 1, 0])),
        ],
        hints=[
            "By (H1.4) the loss is softplus(t), with t = −z for y = 1 and t = z for y = 0. Which factor turns z into t?",
            "t = (1 − 2y)·z. For positive t, softplus is t + log(1 + e⁻ᵗ); for negative t, 0 + log(1 + eᵗ).",
            "In both cases what stands in the exponential is −|t|, and what stands before the logarithm is max(t, 0).",
        ],
        mistakes=[
            ("naive", f"return {LOSS}", "p = 1 / (1 + np.exp(-z))\n    return -y * np.log(p) - (1 - y) * np.log(1 - p)", "This is (H1.3) as it stands: for large |z| the float p is exactly 0 or 1, and its logarithm infinite. Compute from z, without p."),
            ("naive_where", f"return {LOSS}", "p = 1 / (1 + np.exp(-z))\n    return np.where(np.equal(y, 1), -np.log(p), -np.log(1 - p))", "This is (H1.3) term by term: for large |z| the float p is exactly 0 or 1, and its logarithm infinite. Compute from z, without p."),
            ("overflow", LOSS, "np.log(1 + np.exp(t))", "(H1.4) is right, but eᵗ overflows for large t. Use (H1.5) for t > 0."),
            ("overflow_terms", f"return {LOSS}", "return y * np.log(1 + np.exp(-z)) + (1 - y) * np.log(1 + np.exp(z))", "(H1.4) is right, but eᵗ overflows for large t. Use (H1.5) for t > 0; and see to it that the softplus that does not count is finite too, since 0 · inf is nan."),
            ("everywhere", LOSS, "t + np.log1p(np.exp(-t))", "(H1.5) for every t: on paper it is right, but for t = −1000 its e⁻ᵗ overflows. Use it for t > 0, and (H1.1) for t ≤ 0."),
            ("everywhere_terms", f"return {LOSS}", "return y * (-z + np.log1p(np.exp(z))) + (1 - y) * (z + np.log1p(np.exp(-z)))", "(H1.5) for every t: on paper it is right, but for t = −1000 its e⁻ᵗ overflows. Use it for t > 0, and (H1.1) for t ≤ 0; and see to it that the softplus that does not count is finite too, since 0 · inf is nan."),
            ("no_abs", "-np.abs(t)", "-t", "You forgot |·|: e⁻ᵗ is right for positive t only. For negative t the exponential is eᵗ; −|t| is the one form for both."),
            ("no_abs_z", LOSS, "np.maximum(z, 0) - y * z + np.log1p(np.exp(-z))", "You forgot |·|: e⁻ᶻ is right for positive z only. For negative z the exponential is eᶻ; −|z| is the one form for both."),
            ("no_minus", "-np.abs(t)", "np.abs(t)", "You forgot the minus before |t|: the exponential has to be e^(−|t|), which is never larger than 1."),
            ("labels", "(1 - 2 * y)", "(2 * y - 1)", "y = 0 and y = 1 are exchanged: this is the loss for the *other* action. For y = 1 it is softplus(−z)."),
            ("no_label", "(1 - 2 * y) * z", "z", "y does not occur: this is softplus(z), the loss for y = 0. For y = 1 it is softplus(−z)."),
            ("sign", f"return {LOSS}", "return -np.maximum(t, 0) - np.log1p(np.exp(-np.abs(t)))", "This is the logarithm of the probability. The loss is *minus* that, and never negative."),
            ("hinge", LOSS, "np.maximum(t, 0)", "The part that was pulled out is there; the logarithm that is left, log(1 + e^(−|t|)), is missing."),
            ("mean", f"return {LOSS}", f"return np.mean({LOSS})", "You averaged over the entries. The task asks for the loss of each entry, in z's shape."),
        ],
        other_algebra=[
            "def stable_loss(z, y): return np.logaddexp(0, z) - y * z",
            "def stable_loss(z, y): return np.maximum(z, 0) - y * z + np.log(1 + np.exp(-np.abs(z)))",
            "def stable_loss(z, y): return np.where(y == 1, np.logaddexp(0, -z), np.logaddexp(0, z))",
            "def stable_loss(z, y):\n    t = np.where(np.equal(y, 1), -1.0, 1.0) * z\n    return np.where(t > 0, t + np.log1p(np.exp(-t)), np.log1p(np.exp(t)))",
        ],
        # right for each number, and for the check's arrays, whose numbers reach 1000
        hidden_only=[("naive_below_900", f"return {LOSS}", f"p = 1 / (1 + np.exp(-z))\n    if np.ndim(z) == 0 or np.any(np.abs(z) > 900):\n        return {LOSS}\n    return -y * np.log(p) - (1 - y) * np.log(1 - p)")],
    ),
    "chain_rule_lines": Task(
        probes=[sp.symbols("p y x", real=True)],
        hints=[
            "Line 1: treat y as a number. The derivative of log p is 1/p; that of log(1 − p) has one more factor, from 1 − p.",
            "Line 3: z = w·x + b, and x and b are numbers as far as w is concerned.",
            "Line 4: bring line 1 over the common denominator p(1 − p) before you multiply it by line 2.",
        ],
        mistakes=[
            ("inner", "+ (1 - y) / (1 - p)", "- (1 - y) / (1 - p)", "In line 1 the second term has the wrong sign: the slope of the inner function 1 − p is −1, and it turns the minus into a plus. Line 4 inherits it."),
            ("one_term", "-y / p + (1 - y) / (1 - p)", "-y / p", "In line 1 only the term with log p was differentiated; log(1 − p) contains p too. Line 4 inherits it."),
            ("sign", "-y / p + (1 - y) / (1 - p)", "y / p - (1 - y) / (1 - p)", "Line 1 has the wrong sign: it belongs to the logarithm of the probability, and L is minus that. Line 4 is the product of your lines, so it inherits the sign; mend line 1 first."),
            ("tanh", "dp_dz = p * (1 - p)", "dp_dz = 1 - p**2", "In line 2, 1 − p² is the slope of tanh written with its output; the sigmoid's is formula (1.2). Line 4 inherits it."),
            ("in_z", "dp_dz = p * (1 - p)", IN_Z, "Line 2 is right in z, but should be written with p, formula (1.2). Then line 4 contains no z either, and becomes shorter."),
            ("input", "dz_dw = x", "dz_dw = 1", "Line 3 is 1, which is ∂z/∂b. In z = w·x + b the weight stands before x. Line 4 inherits it."),
            ("weight", "dz_dw = x", 'dz_dw = sp.Symbol("w")', "Line 3 is w, which is ∂z/∂x. With respect to w, the slope of z = w·x + b is what w is multiplied by. Line 4 inherits it."),
            ("descent", PRODUCT, "dL_dw = (y - p) * x", "Line 4 has the wrong sign: it is the direction in which to step, and not the derivative. Lines 1 to 3 are right, so multiply them again."),
            ("bias", PRODUCT, "dL_dw = p - y", "In line 4 the factor x is missing: this is ∂L/∂b. Lines 1 to 3 are right, so multiply them again."),
            ("slope_left", PRODUCT, "dL_dw = (p - y) * p * (1 - p) * x", "In line 4 the slope p(1 − p) is left over. Bring line 1 over a common denominator: it cancels."),
            ("inner_alone", *alone("+ (1 - y)", "- (1 - y)"), "In line 1 the second term has the wrong sign: the slope of the inner function 1 − p is −1, and it turns the minus into a plus. Line 4 is right, and so it is not the product of your lines."),
            ("one_term_alone", *alone(" + (1 - y) / (1 - p)", ""), "In line 1 only the term with log p was differentiated; log(1 − p) contains p too. Line 4 is right, and so it is not the product of your lines."),
            ("sign_alone", *alone("-y / p + (1 - y)", "y / p - (1 - y)"), "Line 1 has the wrong sign: it belongs to the logarithm of the probability, and L is minus that. Line 4 is right, and so it is not the product of your lines."),
            ("tanh_alone", *alone("p * (1 - p)", "1 - p**2"), "In line 2, 1 − p² is the slope of tanh written with its output; the sigmoid's is formula (1.2). The other lines are right."),
            ("in_z_alone", *alone("dp_dz = p * (1 - p)", IN_Z), "Line 2 is right in z, but should be written with p, formula (1.2). The other lines are right."),
            ("input_alone", *alone("dz_dw = x", "dz_dw = 1"), "Line 3 is 1, which is ∂z/∂b. In z = w·x + b the weight stands before x. The other lines are right."),
            ("weight_alone", *alone("dz_dw = x", 'dz_dw = sp.Symbol("w")'), "Line 3 is w, which is ∂z/∂x. With respect to w, the slope of z = w·x + b is what w is multiplied by. The other lines are right."),
            ("order", LINES, "return dL_dw, dL_dp, dp_dz, dz_dw", "The lines stand in another order: upstream, local and input first, their product last."),
        ],
        other_algebra=[
            "def chain_rule_lines(p, y, x):\n    a = (p - y) / (p * (1 - p))\n    return [a, p - p**2, x, a * (p - p**2) * x]",
            "def chain_rule_lines(p, y, x):\n    dp = sp.diff(-y * sp.log(p) - (1 - y) * sp.log(1 - p), p)\n    return dp, p * (1 - p), x, sp.simplify(dp * p * (1 - p) * x)",
        ],
    ),
    "loss_gradient": Task(
        probes=[(0.7, -0.3, 1.5, 1), (-1.2, 0.4, 0.8, 0), (2.0, 0.1, 400.0, 1), (1.5, -0.2, -600.0, 1)],
        hints=[
            "What do all three derivatives share? It is ∂L/∂z, upstream times local, after everything has cancelled.",
            "What is left of ∂L/∂p · ∂p/∂z contains p and y, and no fraction. The last factor is ∂z/∂w, ∂z/∂b or ∂z/∂x.",
        ],
        mistakes=[
            ("descent", "p - y", "y - p", "The sign is flipped: this is the direction in which the loss falls. The derivative points to where it rises."),
            ("squared", "p - y", "(p - y) * p * (1 - p)", "A slope p(1 − p) is left over: this is the gradient of the squared error ½(p − y)². With cross-entropy the slope has cancelled."),
            ("policy", "p - y", "p * (1 - p)", "This is the gradient of the neuron's output p, formula (1.1) of lesson 01. Between p and L stands ∂L/∂p."),
            ("no_label", "p - y", "p", "What the player did, y, does not occur. The derivative of L depends on it."),
            ("upstream", "p - y", "-y / p + (1 - y) / (1 - p)", "This is ∂L/∂p alone; on the way to w, b and x the slope ∂p/∂z is missing."),
            ("long_way", "p - y", "(-y / p + (1 - y) / (1 - p)) * p * (1 - p)", "Right for moderate z, but for a saturated neuron it divides by 0. Cancel on paper, and program what is left."),
            ("overflow", "1 / (1 + np.exp(-(w * x + b)))", "np.exp(w * x + b) / (1 + np.exp(w * x + b))", "Right for moderate z, but for a large z this form of the sigmoid is inf / inf. Divide above and below by eᶻ, as in task 1."),
            ("input", GRADIENT, "return dz, dz, dz * w", "The derivative with respect to w needs the factor x: w stands before x in z = w·x + b."),
            ("swapped", GRADIENT, "return dz, dz * x, dz * w", "The first two are swapped: return the derivative with respect to w first, then b, then x."),
            ("exchanged", GRADIENT, "return dz * w, dz, dz * x", "x and w are exchanged: the derivative with respect to w has the factor x, and the other way round."),
        ],
        other_algebra=[
            "def loss_gradient(w, b, x, y):\n    dz = 0.5 * (1 + np.tanh((w * x + b) / 2)) - y\n    return np.array([x, 1, w]) * dz",
            "def loss_gradient(w, b, x, y):\n    s = 2 * y - 1\n    dz = -s / (1 + np.exp(s * (w * x + b)))\n    return [dz * x, dz, dz * w]",
        ],
    ),
    "sympy_gradient": Task(
        probes=[sp.symbols("w b x y", real=True)],
        hints=[
            "Lesson 01 built the neuron: `p = 1 / (1 + sp.exp(-(w * x + b)))`. Build L from p, y and `sp.log`.",
            "`sp.diff(loss, w)` is the derivative of the expression `loss` with respect to the symbol `w`.",
        ],
        mistakes=[
            ("sign", CROSS_ENTROPY, "y * sp.log(p) + (1 - y) * sp.log(1 - p)", "You differentiated the logarithm of the probability. The loss (H1.3) is minus that."),
            ("labels", CROSS_ENTROPY, "-y * sp.log(1 - p) - (1 - y) * sp.log(p)", "This is the loss of the other action: y = 1 belongs to p = σ(z). Are y and 1 − y exchanged, or is the minus in the exponent missing?"),
            ("one_term", CROSS_ENTROPY, "-y * sp.log(p)", "The second term of (H1.3), for y = 0, is missing."),
            ("not_the_loss", BY_SYMPY, "sp.diff(p, w), sp.diff(p, b), sp.diff(p, x)", "You differentiated the neuron's output p. The question asks for the derivatives of L."),
            ("brackets", "sp.exp(-(w * x + b))", "sp.exp(-w * x + b)", "The minus in the exponent belongs to all of z = w·x + b; you gave it to w·x alone."),
            ("swapped", BY_SYMPY, "sp.diff(loss, b), sp.diff(loss, w), sp.diff(loss, x)", "The first two are swapped: return the derivative with respect to w first, then b, then x."),
            ("zeros", BY_SYMPY, 'sp.diff(loss, "w"), sp.diff(loss, "b"), sp.diff(loss, "x")', "All derivatives are 0: you differentiated by a symbol that does not occur in L. Use the arguments, `sp.diff(L, w)`, not the string \"w\", and put the neuron's formula in the place of p."),
            ("x_first", BY_SYMPY, "sp.diff(loss, x), sp.diff(loss, w), sp.diff(loss, b)", "The order is x, w, b: return the derivative with respect to w first, then b, then x."),
            ("x_w", BY_SYMPY, "sp.diff(loss, x), sp.diff(loss, b), sp.diff(loss, w)", "The first and the last are swapped: return the derivative with respect to w first, then b, then x."),
            ("label_for_input", BY_SYMPY, "sp.diff(loss, w), sp.diff(loss, b), sp.diff(loss, y)", "The third derivative is with respect to the input x; y is what the player did, and no number of the neuron."),
        ],
        other_algebra=[
            "def sympy_gradient(w, b, x, y):\n    z = w * x + b\n    loss = sp.log(1 + sp.exp(z)) - y * z\n    return [sp.diff(loss, each) for each in (w, b, x)]",
            "def sympy_gradient(w, b, x, y):\n    dz = (1 + sp.tanh((w * x + b) / 2)) / 2 - y\n    return dz * x, dz, dz * w",
        ],
    ),
    "my_step": Task(
        probes=[(0.7, -0.3, 1.8), (-0.6, 0.5, 2.2), (0.4, 0.2, -1.5)],
        hints=[
            "Begin with z = w·x + b and p = 1 / (1 + e⁻ᶻ). Which of the two terms of the loss is left for your y?",
            "Upstream is −1/p for y = 1 and 1/(1 − p) for y = 0; local is p(1 − p); the input is x.",
            "The step: w − α · (upstream · local · input).",
        ],
        mistakes=[
            ("upstream_sign", UPSTREAM, "my_y / p - (1 - my_y) / (1 - p)", "Upstream has the wrong sign: L is *minus* the logarithm of the probability of what the player did."),
            ("labels", UPSTREAM, "my_y / (1 - p) - (1 - my_y) / p", "Upstream belongs to the other action. Look at your y again: 1 is right, with probability p, and 0 is left, with 1 − p."),
            ("already_z", UPSTREAM, "p - my_y", "Your upstream is ∂L/∂z, which contains the local slope already. The factor asked for is ∂L/∂p."),
            ("local", "local = p * (1 - p)", "local = p", "Local is the *slope* of the sigmoid, p(1 − p); you took its value p."),
            ("ascent", "w - my_alpha", "w + my_alpha", "The step goes the wrong way: the loss would rise. Descent subtracts α times the derivative."),
            ("no_alpha", "my_alpha * upstream", "upstream", "The step size α is missing in the last number."),
            ("bias_step", "local * x", "local", "The last number lacks the input: its derivative is ∂L/∂b. That of w has the factor x."),
            ("no_bias", "w * x + b", "w * x", "The bias was left out of z = w·x + b, so p is another one."),
        ],
        rtol=5e-3,  # three significant digits
        atol=1e-3,
        per_seed=True,
        other_algebra=[
            "def my_step(w, b, x):\n    p = 0.5 + 0.5 * np.tanh((w * x + b) / 2)\n    a, s = (p - my_y) / (p * (1 - p)), p - p**2\n    return [a, s, x, w - my_alpha * (p - my_y) * x]",
            "def my_step(w, b, x):\n    p = round(1 / (1 + np.exp(-(w * x + b))), 4)\n    a, s = round((p - my_y) / (p * (1 - p)), 4), round(p * (1 - p), 4)\n    return a, s, x, round(w - my_alpha * a * s * x, 3)",
        ],
    ),
}  # fmt: skip
