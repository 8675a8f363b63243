"""The patients of lesson 05: each is ill where its table says, and what it is asked for is right or refused."""

import numpy as np
import pytest

from helpers.networks.sick_networks import DEPTH, SICK, patient, state


@pytest.mark.parametrize("name", SICK)
def test_untreated_each_is_ill_and_has_a_number_for_each_layer(name):
    sizes = patient(name)
    assert [len(each) for each in sizes.values()] == [DEPTH] * 3
    assert state(sizes).startswith("ill, ")


def test_a_treatment_of_some_layers_reaches_these_alone():
    before, after = patient("C"), patient("C", 0.5, [2, 3])
    assert after["h, comes in"][:2].tolist() == before["h, comes in"][:2].tolist()
    assert after["h, comes in"][2] < before["h, comes in"][2]
    assert patient("C", 0.5, 2)["dW"].tolist() == patient("C", 0.5, (2,))["dW"].tolist()


@pytest.mark.parametrize(
    "arguments, words",
    [
        (("Z",), "name must be one of A, B, C, D, it is 'Z'"),
        ((None,), "name must be one of"),
        ((["A"],), "name must be one of"),
        (("A", [2.0, 3.0]), "factor must have at least one entry and 0 axes"),
        (("A", []), "factor must have at least one entry and 0 axes"),
        (("A", 2.0, {}), "there is no layer {}"),
        (("A", 2.0, [[1], [2, 3]]), r"there is no layer \[1\]"),
        (("A", None), "factor must hold finite real numbers"),
        (("A", "2"), "factor must hold finite real numbers"),
        (("A", np.nan), "factor must hold finite real numbers"),
        (("A", 2.0, 0), "layers must be between 1 and 20; there is no layer 0"),
        (("A", 2.0, [1, 21]), "there is no layer 21"),
        (("A", 2.0, 1.5), "there is no layer 1.5"),
        (("A", 2.0, None), "there is no layer None"),
        (("A", 2.0, "3"), "there is no layer '3'"),
    ],
)
def test_what_a_patient_has_not_is_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        patient(*arguments)
