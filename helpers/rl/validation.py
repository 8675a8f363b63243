"""Checks of what a training takes: environments, scale and networks; each error names the argument."""

import numpy as np
from gymnasium.spaces import Discrete

from helpers.calculus.validation import any_array, check_counts, check_range, real_array
from helpers.networks.network import forward


def true_or_false(value, name):
    """Return value, booleans or zeros and ones, as an array of booleans; ValueError for others."""
    array = any_array(value)
    if array.dtype.kind not in "biuf" or not np.isin(array, (0, 1)).all():
        raise ValueError(f"{name} must hold True and False, or 1 and 0, it is {value!r}")
    return array == 1


def check_learning(alpha, beta, gamma=1.0, **counts):
    """Return step sizes and discount as floats; ValueError unless they, and counts of at least 0, make sense."""
    check_counts(0, **counts)
    return *check_range(np.inf, alpha=alpha, beta=beta), *check_range(1, gamma=gamma)


def outputs(name, params, X):
    """Return what forward returns for one network, or for networks side by side; its errors say whose they are."""
    try:
        return forward(params, X)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{name}: {error}") from None


def check_learner(envs, scale, axes=2, **networks):
    """Raise an error that names what does not fit: the environments, the scale, or one of actor and critic.

    envs must be a `VectorEnv` that shows rows of numbers, takes actions 0, 1, ... and resets in the step after an
    episode's end; a network's outputs must be finite, and one for each action, for two actions one or two, and an
    array of so many axes: 2 for a single network, 3 for several side by side.
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
    for name, params in networks.items():
        with np.errstate(invalid="ignore"):
            output, _ = outputs(name, params, np.zeros((1, *seen.shape)))
        if output.ndim != axes:
            raise ValueError(f"{name} must have W of shape ({'n, ' * (axes - 2)}d_in, d_out), not {params[0][0].shape}")
        wanted = ["1"] if name == "critic" else ["1", "2"] if actions.n == 2 else [str(actions.n)]
        if str(output.shape[-1]) not in wanted or not np.isfinite(output).all():
            raise ValueError(
                f"{name} must have {' or '.join(wanted)} outputs, and finite weights; at 0 they are {output}"
            )
