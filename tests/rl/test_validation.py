"""What no training takes: environments, scales and networks that do not fit, each named by both trainings."""

import gymnasium
import numpy as np
import pytest
from gymnasium.spaces import Box, Dict, Discrete, MultiBinary, MultiDiscrete
from gymnasium.vector import AutoresetMode, SyncVectorEnv
from scripted import Scripted

from helpers.rl.actor_critic import train
from helpers.rl.cartpole_batch import train_learners
from helpers.rl.corridor import SwitchedCorridor


def one_layer(d_in, d_out, weight=0.0):
    return [(np.full((d_in, d_out), weight), np.zeros(d_out))]


COIN, CRITIC = one_layer(1, 2), one_layer(1, 1)


def plainly(envs, actor=COIN, critic=CRITIC, updates=1, alpha=0.1, scale=1.0):
    return train(envs, actor, critic, updates, alpha, alpha, 0.9, 0, scale)


def together(envs, scale=1.0):
    return train_learners(1, 1, 0.1, 0.1, 0.9, scale=scale, make=lambda number: envs, poles=1)


TRAINERS = {train: plainly, train_learners: together}


@pytest.mark.parametrize("trainer", [train, train_learners])
@pytest.mark.parametrize("mode", [AutoresetMode.SAME_STEP, AutoresetMode.DISABLED])
def test_another_way_of_resetting_is_refused(trainer, mode):
    envs = SyncVectorEnv([SwitchedCorridor], autoreset_mode=mode)
    with pytest.raises(ValueError, match=f"envs must be a gymnasium VectorEnv with AutoresetMode.NEXT_STEP.*{mode}"):
        TRAINERS[trainer](envs)


@pytest.mark.parametrize("trainer", [train, train_learners])
@pytest.mark.parametrize("envs", [SwitchedCorridor(), None, "CartPole-v1"])
def test_what_is_no_vector_environment_is_refused(trainer, envs):
    with pytest.raises(
        ValueError, match="envs must be a gymnasium VectorEnv with AutoresetMode.NEXT_STEP, its mode is"
    ):
        TRAINERS[trainer](envs)


@pytest.mark.parametrize("trainer", [train, train_learners])
@pytest.mark.parametrize("scale", [0, 0.0, -2.0, [0.0], [1.0, 1.0], [[1.0]], np.nan, np.inf, None, "1"])
def test_a_scale_is_positive_and_fits_the_observations(trainer, scale):
    with pytest.raises(ValueError, match="^scale must (be positive|hold finite real numbers)"):
        TRAINERS[trainer](Scripted([1]), scale=scale)


@pytest.mark.parametrize("trainer", [train, train_learners])
@pytest.mark.parametrize(
    "actions, seen",
    [
        (Box(-1.0, 1.0, (2,)), Box(-1.0, 1.0, (1,))),
        (MultiDiscrete([2, 2]), Box(-1.0, 1.0, (1,))),
        (MultiBinary(2), Box(-1.0, 1.0, (1,))),
        (Discrete(2, start=1), Box(-1.0, 1.0, (1,))),
        (Discrete(2), Discrete(3)),
        (Discrete(2), Box(-1.0, 1.0, (4, 4))),
        (Discrete(2), Dict(x=Box(-1.0, 1.0, (1,)))),
    ],
)
def test_other_actions_and_observations_are_refused(trainer, actions, seen):
    envs = Scripted([1])
    envs.single_action_space, envs.single_observation_space = actions, seen
    with pytest.raises(ValueError, match="^envs must take actions 0, 1, ... and show rows of numbers, not "):
        TRAINERS[trainer](envs)


def test_continuous_actions_of_gymnasiums_own_task_are_refused():
    envs = gymnasium.make_vec("Pendulum-v1", num_envs=2, vectorization_mode="sync")
    with pytest.raises(ValueError, match="^envs must take actions 0, 1, ... and show rows of numbers, not Box"):
        train(envs, COIN, CRITIC, 1, 0.1, 0.1, 0.9, 0)


@pytest.mark.parametrize(
    "name, actions, network, words",
    [
        ("actor", 2, one_layer(1, 3), "actor must have 1 or 2 outputs"),
        ("actor", 3, one_layer(1, 2), "actor must have 3 outputs"),
        ("actor", 3, one_layer(1, 1), "actor must have 3 outputs"),
        ("actor", 1, one_layer(1, 2), "actor must have 1 outputs"),
        ("actor", 2, one_layer(4, 2), "actor: layer 0: W of shape .4, 2. does not fit X of shape"),
        ("actor", 2, one_layer(1, 2, np.nan), "actor must have 1 or 2 outputs, and finite weights"),
        ("actor", 2, one_layer(1, 2, np.inf), "actor must have 1 or 2 outputs, and finite weights"),
        ("actor", 2, [], "actor: params must "),
        ("actor", 2, None, "actor: params must "),
        ("critic", 2, one_layer(1, 2), "critic must have 1 outputs"),
        ("critic", 2, one_layer(4, 1), "critic: layer 0: W of shape .4, 1. does not fit X of shape"),
        ("critic", 2, one_layer(1, 1, np.nan), "critic must have 1 outputs, and finite weights"),
        ("critic", 2, [None], "critic: "),
    ],
)
def test_networks_that_do_not_fit(name, actions, network, words):
    envs = Scripted([1])
    envs.single_action_space = Discrete(actions)
    fitting = {"actor": one_layer(1, actions), "critic": CRITIC}
    with pytest.raises((ValueError, TypeError), match=f"^{words}"):
        plainly(envs, **(fitting | {name: network}))


def test_weights_that_come_apart_are_no_result():
    script = [([1e3], [1e300], [0], [0])] * 3
    with pytest.raises(ValueError, match="^(z|v|v_next|r) must hold finite real numbers"), np.errstate(all="ignore"):
        plainly(Scripted([1e3], *script), updates=3, alpha=1e300)
