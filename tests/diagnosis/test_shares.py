"""How many slips get a sentence: on those that it was tuned on, and on those that were held back.

The bounds are what was measured; whether a sentence leads to the mend was graded by hand and stands in the notes.
"""

import pytest
import slips

from helpers.diagnosis import diagnose


def share(found, **options):
    """The share of slips of which something is said, the list of known mistakes switched off."""
    said = [diagnose(trials, **({"solution": solution} if options else {})) for _, _, trials, solution in found]
    return sum(map(bool, said)) / len(said)


# Exercises that came after the diagnosis was tuned: their slips have words of their own, the more the fewer it names.
LATER = {
    "average_push", "best_baseline", "best_step", "by_u1", "first_deltas", "log_slope", "normalise",
    "normalise_backward", "output_slope", "skip_backward", "softmax", "two_trials",
}  # fmt: skip
OF_PATHS = {"z_by_h"}  # its slips are other sums of products, and its own words name them
OF_NETWORKS = {"step_down"}  # its answer is a network


def tuned_on():
    """The known mistakes on which the diagnosis was tuned."""
    return (slip for slip in slips.known() if slip[0] not in LATER | OF_NETWORKS | OF_PATHS)


def later():
    """The known mistakes of the exercises that came later."""
    return (slip for slip in slips.known() if slip[0] in LATER)


def of_networks():
    """The known mistakes of exercises whose answer is a network, which the diagnosis takes for a row of arrays."""
    return (slip for slip in slips.known() if slip[0] in OF_NETWORKS)


def of_paths():
    """The known mistakes of a sum over paths."""
    return (slip for slip in slips.known() if slip[0] in OF_PATHS)


def test_enough_slips_were_held_back():
    assert len(list(slips.first_set())) >= 100 and len(list(slips.second_set())) >= 60
    named = {(name, mistake) for name, mistake, _, _ in slips.known()}
    assert len(named) > 259


@pytest.mark.parametrize(
    ("found", "with_solution", "bound"),
    [
        (tuned_on, True, 0.90), (later, True, 0.63), (slips.first_set, True, 0.74), (slips.second_set, True, 0.87),
        (tuned_on, False, 0.73), (later, False, 0.49), (slips.first_set, False, 0.60), (slips.second_set, False, 0.71),
        (of_networks, True, 0.37), (of_networks, False, 0.25), (of_paths, True, 0.26), (of_paths, False, 0.15),
    ],
)  # fmt: skip
def test_most_slips_get_a_sentence(found, with_solution, bound):
    assert share(found(), **({"solution": True} if with_solution else {})) >= bound


@pytest.mark.parametrize("found", [slips.known, slips.first_set, slips.second_set])
def test_right_answers_get_none(found):
    for _, _, trials, solution in found():
        right = [(inputs, expected, expected) for inputs, _, expected in trials]
        assert diagnose(right, solution=solution) == ""
