"""CartPole by the same algorithm as ours as one program of JAX: poles, networks and updates in a compiled `lax.scan`.

The poles are written anew here, since Gymnasium's can't be compiled; they are reset in the step in which an episode
ends. One call does all updates from one evaluation to the next, and nothing else leaves the program.
"""

import time
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

from benchmarks.cartpole.solve_numpy import SETTINGS
from helpers.rl.cartpole import LONGEST, N_POLES, SCALE, new_networks


class Poles(NamedTuple):
    """The poles side by side."""

    state: jnp.ndarray  # (n, 4): x, its velocity, theta, its velocity
    steps: jnp.ndarray  # (n,), since the last reset


def moved(state, a):
    """Gymnasium's CartPole-v1, one Euler step of 0.02 s; state: (n, 4), a: (n,)."""
    x, v, theta, w = state.T
    cos, sin = jnp.cos(theta), jnp.sin(theta)
    push = (jnp.where(a == 1, 10.0, -10.0) + 0.05 * w**2 * sin) / 1.1
    bend = (9.8 * sin - cos * push) / (0.5 * (4.0 / 3.0 - 0.1 * cos**2 / 1.1))
    return jnp.stack([x + 0.02 * v, v + 0.02 * (push - 0.05 * bend * cos / 1.1), theta + 0.02 * w, w + 0.02 * bend], 1)


def fallen(state):
    """Whether the cart is further out than 2.4, or the pole leans by more than 12 degrees."""
    return (jnp.abs(state[:, 0]) > 2.4) | (jnp.abs(state[:, 2]) > 12 * jnp.pi / 180)


def fresh(key, n):
    """Random starts of n poles."""
    return jax.random.uniform(key, (n, 4), minval=-0.05, maxval=0.05)


def output(params, s):
    """A tanh network."""
    for W, b in params[:-1]:
        s = jnp.tanh(s @ W + b)
    W, b = params[-1]
    return s @ W + b


def losses(networks, s, a, r, s_next, terminated, gamma):
    """The loss of actor and critic, whose gradients do not mix."""
    actor, critic = networks
    target = r + gamma * jnp.where(terminated, 0.0, output(critic, s_next)[:, 0])
    delta = jax.lax.stop_gradient(target) - output(critic, s)[:, 0]
    log_pi = jnp.take_along_axis(jax.nn.log_softmax(output(actor, s)), a[:, None], 1)[:, 0]
    return 0.5 * jnp.mean(delta**2) - jnp.mean(jax.lax.stop_gradient(delta) * log_pi)


def updated(carry, _, alpha, beta, gamma):
    """One transition of every pole and one update."""
    key, poles, networks = carry
    key, acting, starting = jax.random.split(key, 3)
    scale = jnp.asarray(SCALE, jnp.float32)
    s = poles.state / scale
    a = jax.random.categorical(acting, output(networks[0], s))
    state, steps = moved(poles.state, a), poles.steps + 1
    terminated = fallen(state)
    gradient = jax.grad(losses)(networks, s, a, 1.0, state / scale, terminated, gamma)
    networks = tuple(
        jax.tree.map(lambda w, g, step=step: w - step * g, params, dparams)
        for params, dparams, step in zip(networks, gradient, (alpha, beta), strict=True)
    )
    over = terminated | (steps >= LONGEST)
    state = jnp.where(over[:, None], fresh(starting, len(state)), state)
    return (key, Poles(state, jnp.where(over, 0, steps)), networks), None


@partial(jax.jit, static_argnums=1)
def many_updates(carry, number):
    """So many updates."""
    return jax.lax.scan(partial(updated, **SETTINGS), carry, length=number)[0]


def solve(evaluator, limit):
    """Train until the evaluator says solved, or `limit` environment steps; compile anew, and say how long that took."""
    key, starting = jax.random.split(jax.random.key(evaluator.seed))
    networks = jax.tree.map(lambda w: jnp.asarray(w, jnp.float32), tuple(new_networks(evaluator.seed)))
    carry = key, Poles(fresh(starting, N_POLES), jnp.zeros(N_POLES, jnp.int32)), networks
    number, taken = max(1, evaluator.every // N_POLES), 0
    jax.clear_caches()
    began = time.perf_counter()
    program = many_updates.lower(carry, number).compile()
    compiling = time.perf_counter() - began
    evaluator.start()
    while taken < limit:
        carry = jax.block_until_ready(program(carry))
        taken += number * N_POLES
        if evaluator.solved(taken, lambda actor=carry[2][0]: jax.tree.map(np.asarray, actor)):
            break
    return evaluator.run(compiling)
