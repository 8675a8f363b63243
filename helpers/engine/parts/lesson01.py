"""The part of lesson 01: the three derivatives of one neuron."""

from helpers.engine.numbers import alike, shown
from helpers.engine.part import Part, register
from helpers.engine.probing import Probing


class Exact(Probing):
    """A judge that takes derivatives, and no nudges, however small."""

    def relation(self, trials):
        """Words for numbers that are near and not right, else as in `Probing`."""
        if all(alike(got, right, 1e-4, 1e-9) for _, got, right in trials):
            return "these numbers are near, and not right to the last digit, as after a nudge. The slope can be written with p alone, exactly"
        slopes = [(inputs, got[1], right[1]) for inputs, got, right in trials if self.only_the_slope(inputs, got)]
        if len(slopes) == len(trials):
            inputs, got, right = next(each for each in slopes if not alike([each[1]], [each[2]], self.rtol, self.atol))
            p = within(**inputs)["p"]
            return (
                f"the factors x, 1 and w are right, the slope is not: at p = {shown(p)} yours is {shown(got)}, "
                f"and should be {shown(right)}. It must be 0.09 at p = 0.1, and 0.16 at p = 0.8"
            )
        return super().relation(trials)

    def only_the_slope(self, inputs, got):
        """Whether the three are one number times x, 1 and w."""
        return alike(got, [got[1] * inputs["x"], got[1], got[1] * inputs["w"]], 1e-9, 1e-12)


def within(w, b, x):
    """Numbers in the middle of the computation."""
    from helpers.networks.activations import sigmoid

    p = float(sigmoid(w * x + b))
    return {"z": w * x + b, "p": p, "slope": p * (1 - p)}


register(
    Part(
        "neuron_gradient", "01", "one neuron", "check", "the chain rule on the smallest network",
        ("First the slope of σ, in p alone. It is ¼ at p = ½, and nearly 0 where p is near 0 or 1, on either side: which product is so?",
         "Name the inner number, z = w·x + b, and then p = σ(z); the slope is p(1 − p).",
         "Each derivative is that slope, times how far z moves. What is ∂z/∂w? ∂z/∂b? ∂z/∂x?"),
        Exact(
            "neuron_gradient",
            ({"w": 2.0, "b": -6.0, "x": 3.0}, {"w": 0.7, "b": -0.3, "x": 1.5}, {"w": -1.2, "b": 0.4, "x": 0.8}, {"w": 2.0, "b": 0.1, "x": -1.0}),
            ("∂p/∂w", "∂p/∂b", "∂p/∂x"),
            (
                ("slope", "slope = p * (1 - p)", "slope = 1.0", "The activation's slope is missing: these are the derivatives of z, not of p = σ(z)"),
                ("value", "slope = p * (1 - p)", "slope = p", "You multiplied by the output σ(z); the factor is the *slope* there, 0.09 at p = 0.1"),
                ("inner", "slope * x, slope, slope * w", "slope, slope, slope", "All three are the slope, how far p moves for each unit of z. How far does z move for each unit of w, and of x?"),
                ("one", "slope, slope * w", "1.0, slope * w", "∂p/∂b is not 1: for each unit of b z moves by 1, and then p by the slope"),
                ("input", "slope * x,", "slope,", "The derivative with respect to w needs the factor x: w stands before x in z = w·x + b"),
                ("weight", "slope * w", "slope", "The derivative with respect to x needs the factor w: x stands behind w in z = w·x + b"),
                ("swapped", "slope * x, slope, slope * w", "slope, slope * x, slope * w", "The first two are swapped: w comes first, then b, then x"),
                ("exchanged", "slope * x, slope, slope * w", "slope * w, slope, slope * x", "x and w are exchanged: the derivative with respect to w has the factor x, and the other way round"),
                ("bias", "w * x + b", "w * x", "The bias b was left out of z = w·x + b, so the slope is taken at the wrong place"),
                ("bias_factor", "slope, slope * w", "slope * b, slope * w", "The derivative with respect to b has the factor 1, not b: raise b by 1, and z rises by 1"),
                ("at_z", "p * (1 - p)", "(w * x + b) * (1 - w * x - b)", "The slope was computed from z; the rule takes the output p = σ(z)"),
                ("at_x", "sigmoid(w * x + b)", "sigmoid(x)", "The slope was taken at x; it belongs at z = w·x + b"),
                ("sign", "p * (1 - p)", "p * (p - 1)", "The sign of the slope is flipped: σ rises everywhere"),
                ("tanh", "p * (1 - p)", "1 - p**2", "1 − p² is the slope of tanh. The sigmoid's is 0.09 at p = 0.1, and yours is 0.99"),
                ("log", "p * (1 - p)", "1 - p", "1 − p falls where p rises, and the slope is small at both ends: it is 0.09 at p = 0.1, and yours is 0.9"),
            ),
            inside=within,
            rtol=1e-12,
            atol=1e-15,
        ),
    )
)  # fmt: skip
