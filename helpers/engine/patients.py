"""Engines that train poles, each with one thing wrong: what is seen of a training, and not what is wrong with it."""

from functools import cache
from typing import NamedTuple

import gymnasium
import numpy as np

from helpers.engine.assembly import assemble
from helpers.engine.part import PARTS
from helpers.rl.cartpole import N_POLES, SCALE

CLOCK, UPDATES = 200, 600  # steps after which time is up, and length of a training
UPRIGHT = np.zeros((1, 4))


class Course(NamedTuple):
    """What is seen of a training."""

    at: np.ndarray  # the update in which an episode ended, for each that did
    returns: np.ndarray  # how many steps its pole stood
    values: np.ndarray  # V of a pole upright and at rest in the middle, after each update


class Diary(gymnasium.vector.VectorWrapper):
    """Poles that note when an episode ends, and how long it was."""

    def __init__(self, poles):
        super().__init__(poles)
        self.now, self.stood, self.ended = 0, np.zeros(poles.num_envs), []

    def step(self, actions):
        """As the poles do; a step that pays nothing is a pole's new beginning."""
        s, r, terminated, truncated, info = self.env.step(actions)
        self.stood += r
        over = terminated | truncated
        self.ended += [(self.now, stood) for stood in self.stood[over]]
        self.stood[over], self.now = 0.0, self.now + 1
        return s, r, terminated, truncated, info


def changed(name, right, wrong):
    """The series' own text of a part with one thing changed, as a dict that `assemble` takes."""
    text = PARTS[name].own
    if right not in text:
        raise ValueError(f"right must stand in the text of {name}, it is {right!r}")
    return {name: text.replace(right, wrong)}


def course(parts=None, alpha=0.1, gamma=0.99, seed=0, treat=None):
    """Train an actor and a critic with these parts in the place of the series' own; returns the `Course`.

    treat: what is done to the actor's gradient before its step, a function gradient -> gradient.
    """
    E, rng, values = assemble(parts), np.random.default_rng(seed), []
    update, ascend, acting = E.update, E.ascend, None

    def watched(*given):
        nonlocal acting
        acting = given[0]
        actor, critic = update(*given)
        values.append(E.forward(critic, UPRIGHT)[0][0, 0])
        return actor, critic

    def treated(net, gradient, length):
        return ascend(net, treat(gradient) if net is acting else gradient, length)

    E.ascend = treated if treat else ascend
    E.update = watched
    poles = gymnasium.make_vec(
        "CartPole-v1", num_envs=N_POLES, vectorization_mode="vector_entry_point", max_episode_steps=CLOCK
    )
    networks = E.init_params((4, 32, 1), rng), E.init_params((4, 32, 1), rng)
    E.train(diary := Diary(poles), *networks, UPDATES, alpha, 0.1, gamma, seed, SCALE)
    at, returns = np.array(diary.ended).T
    return Course(at, returns, np.array(values))


BATCH = "(s, a, r, s_next, terminated)]"
DRAW, DRAW_ILL = "rng.random(len(s)) >= sigmoid(-z[:, 0])", "rng.random(len(s)) > sigmoid(z[:, 0])"
DELTA, DELTA_ILL = "td_error(r[:, None], v, v_next, terminated[:, None], gamma)", "r[:, None] + gamma * v_next - v"
ILL = {  # by the letter under which lesson 08 shows it
    "A": lambda: {"gamma": 0.0},
    "B": lambda: {"parts": changed("update", "ascend(critic, d_critic, beta)", "critic")},
    "C": lambda: {"parts": changed("train", DRAW, DRAW_ILL), "seed": 1},
    "D": lambda: {"parts": changed("update", DELTA, DELTA_ILL)},
    "E": lambda: {"parts": changed("train", BATCH, BATCH.replace("terminated", "terminated | truncated"))},
    "F": lambda: {"alpha": 2.0, "seed": 2},
}


def healthy():
    """The `Course` of a training in which all is right."""
    return course()


@cache
def sick(letter):
    """The `Course` of a training in which one thing is wrong; letter: from A to F."""
    if letter not in ILL:
        raise ValueError(f"letter must be one of {', '.join(ILL)}, it is {letter!r}")
    return course(**ILL[letter]())
