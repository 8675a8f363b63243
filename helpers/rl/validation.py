"""Checks of arguments that the modules of this folder share: each error names the argument and what was expected."""

from numbers import Integral, Real

import numpy as np
from gymnasium.spaces import Discrete

from helpers.networks.network import forward


def check_counts(least, **counts):
    """Raise ValueError unless each is a whole number, at least `least`."""
    for name, count in counts.items():
        if not isinstance(count, Integral) or count < least:
            raise ValueError(f"{name} must be a whole number, at least {least}, it is {count!r}")


def check_range(high, **numbers):
    """Raise ValueError unless each is a finite number from 0 to `high`."""
    for name, number in numbers.items():
        if not isinstance(number, Real) or not 0 <= number <= high or number == np.inf:
            raise ValueError(f"{name} must be a number from 0 to {high}, it is {number!r}")


def any_array(value):
    """Return value as an array; rows of several lengths make one of objects, which the checks refuse."""
    try:
        return np.asarray(value)
    except ValueError:
        return np.array(value, dtype=object)


def real_array(value, name, ignored=False):
    """Return value as an array of floating-point numbers; float32 and wider stay as they are, the rest is float64.

    Raises ValueError for what is no number, and for NaN and infinity except where `ignored` is True.
    """
    array = any_array(value)
    if array.dtype.kind not in "biuf" or not (np.isfinite(array) | ignored).all():
        raise ValueError(f"{name} must hold finite real numbers, it is {value!r}")
    return array if array.dtype.kind == "f" and array.itemsize > 2 else array.astype(float)


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
