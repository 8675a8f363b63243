"""Answers of lesson 08's questions, by other means than the lesson's, and what the engines of its patients do."""

from functools import partial

import gymnasium
import numpy as np

from helpers.engine import patients
from helpers.engine.assembly import assemble
from helpers.engine.judging import judge
from helpers.engine.part import PARTS
from helpers.rl import evaluate_learners, make_poles, train_learners
from helpers.rl.cartpole import SCALE

WORDS = {  # what a judge says of a patient's part: the option that it is
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


def with_a_coin():
    """How long poles stand with a coin, beside those that are always pushed to one side."""
    ratio = mean_steps(lambda rng, n: rng.integers(2, size=n)) / mean_steps(lambda rng, n: np.ones(n, int))
    return "after two or three times as many steps" if 1.8 < ratio < 3.2 else f"after {ratio} times as many steps"


def mean_steps(push, n=400, steps=400):
    """Mean steps of poles that push(rng, n) pushes: steps that are paid, for each end."""
    poles, rng, paid, ends = make_poles(n), np.random.default_rng(7), 0.0, 0
    poles.reset(seed=7)
    for _ in range(steps):
        _, r, terminated, truncated, _ = poles.step(push(rng, n))
        paid, ends = paid + r.sum(), ends + np.sum(terminated | truncated)
    return paid / ends


def cure():
    """Which change makes nine of ten actors good, with other seeds than the lesson's."""
    good = [sum(each >= 475 for each in told(size, by)) >= 9 for size, by in ((1, 1), (100, 0), (100, 100))]
    return {(False, False, True): "only both together"}.get(tuple(good), str(good))


def told(size, by, n=10, seed=10):
    """How long actors stand after 1,200 updates where the fall costs size and V begins lower by so much."""
    return np.array([min(each) for each in judged_where_told(size, by, n, seed)])


def judged_where_told(size, by, n=10, seed=10):
    """The same, drawing and always taking the likelier."""

    def poles(number):
        late = gymnasium.make_vec(
            "CartPole-v1", number, vectorization_mode="vector_entry_point", sutton_barto_reward=True
        )
        return gymnasium.wrappers.vector.TransformReward(late, lambda r: size * r)

    actors, _ = train_learners(n, 1200, 0.1, 0.1, 0.99, seed=seed, make=poles, start=partial(start, by=by))
    return [(drawn, likelier) for drawn, likelier in evaluate_learners(actors, seed=1000, episodes=20)]


def start(seed, by=0):
    """A new actor and a new critic, which says less by so much."""
    E, rng = assemble(), np.random.default_rng(seed)
    actor, [hidden, (W, b)] = E.init_params((4, 32, 1), rng), E.init_params((4, 32, 1), rng)
    return actor, [hidden, (W, b - by)]


def good_of_ten(scale):
    """How many of ten actors are good with this scale, with other seeds than the lesson's."""
    actors, _ = train_learners(10, 1200, 0.1, 0.1, 0.99, seed=20, scale=scale, start=start)
    return sum(min(each) >= 475 for each in evaluate_learners(actors, seed=1000, episodes=20, scale=scale))


def how_many(good):
    """The same in words."""
    return "nearly all" if good >= 8 else "some" if good >= 3 else "hardly any"


def of_the_two():
    """With which of the two trials nearly all are good: the angle as loud, and as loud beside the others."""
    good = [how_many(good_of_ten(scale)) for scale in (np.full(4, 0.21), 10 * ANGLE)]
    return "with neither" if good == ["hardly any"] * 2 else str(good)


ANGLE = np.array([1.0, 1.0, 0.21, 1.0])


TRUTHS_08 = {
    "08 coin": with_a_coin,
    "08 cure": cure,
    "08 twenty": lambda: how_many(good_of_ten(SCALE)),
    "08 told late": lambda: how_many(sum(told(1, 0) >= 475)),
    "08 as they come": lambda: how_many(good_of_ten(np.ones(4))),
    "08 one divided": lambda: how_many(good_of_ten(ANGLE)),
    "08 two trials": of_the_two,
    "08 fell": partial(target, True),
    "08 time up": partial(target, False),
    "08 for ever": lambda: float(np.sum(0.99 ** np.arange(5000))),
    "08 heard least": softest,
    **{
        f"08 patient, {name}": partial(diagnosed, letter)
        for letter, name in zip("ABEF", ("first", "second", "fifth", "sixth"), strict=True)
    },
}
