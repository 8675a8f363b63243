"""Answers of lesson 08's questions, by other means than the lesson's, and what the engines of its patients do."""

from functools import partial

import numpy as np

from helpers.engine import patients
from helpers.engine.assembly import assemble
from helpers.engine.judging import judge
from helpers.engine.part import PARTS
from helpers.rl.cartpole import make_poles

WORDS = {  # what a judge says of a patient's part: the option that it is
    "The actor goes down": "the actor goes down instead of up",
    "After the end it still bootstraps": "V(s′) counts after a fall as well",
    "The critic is not updated": "the critic's step is forgotten",
    "a pole that was cut off by the clock has not fallen": "time that is up counts as a fall",
}


def target(terminated):
    """r + gamma V(s') for r = 1, V(s') = 50, by the engine's own td_error, whose V(s) is 0."""
    return float(assemble().td_error(1.0, 0.0, 50.0, terminated, 0.99))


def diagnosed(letter):
    """What is wrong with a patient: by the judges of its parts, or by the numbers that it gets."""
    settings = patients.ILL[letter]()
    for name, text in settings.pop("parts", {}).items():
        said = judge(PARTS[name], text)
        return next(option for words, option in WORDS.items() if words in said)
    if settings.get("gamma") == 0:
        return "γ is 0"
    return "the actor's step is too long" if settings["alpha"] >= 10 * 0.1 else ""


def softest():
    """The observation that is small and ends an episode by itself when it grows: 12 degrees are soon reached."""
    sizes = dict(
        zip(("the position", "the velocity", "the angle", "the angular velocity"), sizes_by_coin(), strict=True)
    )
    soft = [name for name, size in sizes.items() if size < 0.25]
    reached = {"the position": 2.4, "the angle": np.radians(12)}
    return max(soft, key=lambda name: sizes[name] / reached[name])


def sizes_by_coin(n=64, steps=300):
    """Root mean squares of the four numbers where a coin pushes."""
    poles, rng = make_poles(n), np.random.default_rng(5)
    poles.reset(seed=5)
    seen = np.concatenate([poles.step(rng.integers(2, size=n))[0] for _ in range(steps)])
    return np.sqrt(np.mean(seen**2, axis=0))


TRUTHS_08 = {
    "08 fell": partial(target, True),
    "08 time up": partial(target, False),
    "08 for ever": lambda: float(np.sum(0.99 ** np.arange(5000))),
    "08 heard least": softest,
    **{
        f"08 patient, {name}": partial(diagnosed, letter)
        for letter, name in zip("ABCDEF", ("first", "second", "third", "fourth", "fifth", "sixth"), strict=True)
    },
}
