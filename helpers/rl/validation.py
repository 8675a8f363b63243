"""Checks of what a training takes: environments, scale and networks; each error names the argument."""

import numpy as np
from gymnasium.spaces import Discrete

from helpers.calculus.validation import any_array, real_array
from helpers.networks.network import forward


def true_or_false(value, name):
    """Return value, booleans or zeros and ones, as an array of booleans; ValueError for others."""
    array = any_array(value)
    if array.dtype != bool and not np.isin(array, (0, 1)).all():
        raise ValueError(f"{name} must hold True and False, or 1 and 0, it is {value!r}")
    return array == 1


def check_learner(envs, scale, actor, critic=None):
    """Raise an error that names what does not fit: the environments, the scale, the actor or the critic.

    envs must be a `VectorEnv` that shows rows of numbers, takes actions 0, 1, ... and resets in the step after an
    episode's end; a network's outputs must be finite, and one for each action, for two actions one or two.
    """
    mode = getattr(envs, "metadata", {}).get("autoreset_mode")
    if getattr(mode, "name", None) != "NEXT_STEP":
        raise ValueError(f"envs must be a gymnasium VectorEnv with AutoresetMode.NEXT_STEP, its mode is {mode}")
    actions, seen = envs.single_action_space, envs.single_observation_space
    if not isinstance(actions, Discrete) or actions.start != 0 or len(seen.shape or ()) != 1:
        raise ValueError(f"envs must take actions 0, 1, ... and show rows of numbers, not {actions} and {seen}")
    factors = real_array(scale, "scale")
    if factors.shape not in ((), seen.shape) or not (factors > 0).all():
        raise ValueError(f"scale must be positive, one number or {seen.shape[0]}, it is {scale!r}")
    n = int(actions.n)
    _check_network("actor", actor, seen.shape, (1, 2) if n == 2 else (n,))
    if critic is not None:
        _check_network("critic", critic, seen.shape, (1,))


def _check_network(name, params, seen, outputs):
    try:
        with np.errstate(invalid="ignore"):
            output, _ = forward(params, np.zeros((1, *seen)))
    except (TypeError, ValueError) as error:
        raise type(error)(f"{name}: {error}") from None
    if output.shape[-1] not in outputs or not np.isfinite(output).all():
        wanted = " or ".join(map(str, outputs))
        raise ValueError(f"{name} must have {wanted} outputs, and finite weights; at 0 its outputs are {output}")
