"""Why a patient of the bug hunt has one bug and not another: what holds for any batch, not for one number of it."""

from functools import cache

import numpy as np

from helpers.checks.patients import BLOCKS, PATIENTS, backward_pass, data, gradient_by
from helpers.diagnosis import diagnose

CASES = (data(), data(n=7, d=4, seed=1))


@cache
def gradients(name):
    """The gradients by the patient with the bug of this name, of two batches of different sizes: a list of dicts."""
    bug = next(mistake for mistake in PATIENTS.mistakes if mistake.name == name)
    return [gradient_by(PATIENTS.wrong_function((bug,)), case) for case in CASES]


@cache
def spoiled(name, block):
    """True or False if the bug spoils the gradient of a block in both batches or in none, else None."""
    right = [gradient_by(backward_pass, case)[block] for case in CASES]
    wrong = {not np.allclose(got[block], e, 1e-6, 1e-9) for got, e in zip(gradients(name), right, strict=True)}
    return wrong.pop() if len(wrong) == 1 else None


def in_words(name, block):
    """What the bug does to the gradient of a block, in words that hold for both batches; or ''."""
    right = [gradient_by(backward_pass, case)[block] for case in CASES]
    return diagnose([({"X": case[1]}, g[block], e) for case, g, e in zip(CASES, gradients(name), right, strict=True)])


def why_not(name, truth):
    """Words why the patient with the bug `truth` does not have the bug `name`: what holds for any batch."""
    for block in BLOCKS:
        if spoiled(name, block) is False and spoiled(truth, block):
            return f"With the bug `{name}` the gradient of {block} would be right, but it is not."
    for block in BLOCKS:
        if spoiled(name, block) and spoiled(truth, block) is False:
            return f"With the bug `{name}` the gradient of {block} would be wrong, but it is right."
    for block in BLOCKS:
        there, here = in_words(name, block), in_words(truth, block)
        if there != here:
            return f"The bug `{name}` would spoil the same blocks, but in another way. {compared(block, there, here)}"
    return f"The bug `{name}` would spoil the same blocks, but with other numbers: what mends it does not help here."


def compared(block, there, here):
    """What is said of a block with the supposed bug, and of what is seen, where they differ; one may be empty."""
    if not here:
        return f"Of {block}, with that bug: {there}; here that is not so."
    return f"Of {block}, here: {here}; " + (f"with that bug: {there}." if there else "that bug does no such thing.")
