"""Exercise of lesson 08: δ of a new critic's first step and first fall."""

from helpers.checks.exercise import exercise


@exercise(
    probes=[(1.0, 1.0, 0.0), (0.0, -7.0, -3.0), (2.0, 0.5, 8.0), (-0.3, 4.0, 1.7), (0.0, -100.0, -40.0)],
    named=("step", "fall"),
    hints=[
        "δ = r + γ V(s′) − V(s), with γ = 0.99. What is V(s′), and what is V(s), where a critic says V everywhere?",
        "After a fall V(s′) does not count. After a step that is no fall it does, γ times.",
    ],
    mistakes=[
        ("fall_goes_on", "fall - V", "fall + 0.99 * V - V", "After the fall it still counts on V(s′): nothing follows a fall."),
        ("step_ends", "step + 0.99 * V - V", "step - V", "V(s′) is left out of the first step: the pole still stands after it."),
        ("no_gamma", "0.99 * V", "V", "γ is missing in front of V(s′)."),
        ("targets", "step + 0.99 * V - V, fall - V", "step + 0.99 * V, fall", "These are the targets. δ is how far they are from what the critic said: − V(s)."),
    ],
)  # fmt: skip
def first_deltas(step, fall, V):
    """Return (delta of a first step, delta of a first fall) for what they are paid; the critic says V everywhere."""
    return step + 0.99 * V - V, fall - V
