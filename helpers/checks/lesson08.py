"""Exercises of lesson 08: δ of a new critic's first step and first fall, and two trials that change one thing each."""

import numpy as np

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
        ("no_gamma", "0.99 * V", "V", "In the first step V(s′) and V(s) are not equal once γ stands before V(s′): they do not cancel."),
        ("paid", "step + 0.99 * V - V, fall - V", "step, fall", "This is what is paid. δ is r + γ V(s′) − V(s)."),
        ("targets", "step + 0.99 * V - V, fall - V", "step + 0.99 * V, fall", "These are the targets. δ is how far they are from what the critic said: − V(s)."),
    ],
)  # fmt: skip
def first_deltas(step, fall, V):
    """Return (delta of a first step, delta of a first fall).

    step, fall: what they are paid; V: what the critic says everywhere.
    """
    return step + 0.99 * V - V, fall - V


@exercise(
    probes=[(np.array([1.0, 1.0, 0.21, 1.0]), 10.0), (np.array([2.4, 2.0, 0.3, 0.2]), 4.0), (np.array([0.5, 0.7, 1.3, 2.2]), 7.0)],
    named=("first", "second"),
    hints=[
        "The angle, entry 2, is as loud as before where it is divided by the same number. When does it stand to the others as it comes?",
        "All four divided by one number stand to each other as they come. To be softer, all are divided by more.",
    ],
    mistakes=[
        ("louder", "softer * cured", "cured / softer", "The second is louder: what is seen is *divided* by scale."),
        ("as_it_comes", "np.full(4, cured[2])", "np.ones(4)", "With the first the angle is as soft as it comes: it should be as loud as with `cured`."),
        ("inverse", "np.full(4, cured[2])", "np.full(4, 1 / cured[2])", "With the first the angle becomes softer: what is seen is *divided* by scale."),
        ("one_number", "np.full(4, cured[2])", "cured[2]", "The first divides all alike, as it should; but a scale has four numbers here."),
        ("the_cure", "np.full(4, cured[2])", "np.array([1, 1, cured[2], 1])", "With the first the angle is louder beside the others than it comes: all four must be divided alike."),
        ("itself", "np.full(4, cured[2])", "cured", "The first is the cure itself: there the angle is louder beside the others."),
        ("angle_softer", "softer * cured", "cured * np.array([1, 1, softer, 1])", "With the second only the angle is softer, and so it stands to the others otherwise than with `cured`."),
        ("others_softer", "softer * cured", "cured * np.array([softer, softer, 1, softer])", "With the second the angle is as loud as with `cured`: all four should be softer."),
        ("alike", "softer * cured", "np.full(4, softer)", "With the second the angle stands to the others as it comes, and not as with `cured`."),
        ("added", "softer * cured", "softer + cured", "Softer *times* softer: multiply."),
    ],
)  # fmt: skip
def two_trials(cured, softer):
    """Return two scales, four numbers each.

    First: the angle as loud as with `cured`, all to each other as they come.
    Second: all to each other as with `cured`, each so many times softer.
    """
    return np.full(4, cured[2]), softer * cured
