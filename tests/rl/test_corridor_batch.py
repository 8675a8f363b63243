"""Learners side by side: each is a learner on its own, learns as the box says, and gets the corridor right."""

from itertools import product
from types import SimpleNamespace

import numpy as np
import pytest

from helpers.rl.corridor import GOAL, NEXT, OBSERVATIONS, exact_return
from helpers.rl.corridor_batch import network_actor_critic, one_step_actor_critic
from helpers.rl.gradient_ledger import PHI0, ledger
from helpers.running_actor import THETA0, actor_output, probabilities


def columns(numbers, n):
    return np.tile(np.asarray(numbers, dtype=float)[:, None], n)


def several(n, seed=0, around=THETA0):
    """n learners with different parameters."""
    return columns(around, n) + np.random.default_rng(seed).normal(scale=0.3, size=(7, n))


def returns_of(theta):
    return exact_return(np.transpose([probabilities(learner) for learner in theta.T]))


def drawn(seed, steps, n):
    """The numbers that a generator of this seed gives n learners, step by step."""
    rng = np.random.default_rng(seed)
    return np.array([rng.random(n) for _ in range(steps)])


def right(theta, cell):
    return 1 / (1 + np.exp(-actor_output(theta, OBSERVATIONS[cell])))


def log_pi(theta, cell, a):
    return -np.log(1 + np.exp((1 - 2 * a) * actor_output(theta, OBSERVATIONS[cell])))


def by_step(f, theta):
    """The gradient of f by the complex step, one for each of the seven numbers, all at once."""
    return f(theta[:, None] + 1e-30j * np.eye(7)).imag / 1e-30


def score_by_step(theta, cell, a):
    return by_step(lambda theta: log_pi(theta, cell, a), theta)


# One-step actor-critic


@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_fifty_learners_of_the_issue(seed):
    theta, V = columns(THETA0, 50), np.zeros((4, 50))
    theta, V = one_step_actor_critic(theta, V, 5000, 0.05, 0.1, np.random.default_rng(seed))
    J = returns_of(theta)
    assert np.median(J) > -3.1 and np.sum(J > -3.3) >= 48
    assert not V[GOAL].any() and np.allclose(np.median(V, axis=1), [-3, -2, -1, 0], atol=0.1)


def one_learner(theta, V, luck, alpha, beta, gamma, with_factor=True):
    """The box of Sutton & Barto, section 13.5, with one learner's numbers."""
    theta, V, cell, I = np.array(theta), list(V), 0, 1.0
    for number in luck:
        a = int(number < right(theta, cell))
        after = NEXT[cell, a]
        delta = -1 + gamma * (0.0 if after == GOAL else V[after]) - V[cell]
        V[cell] += beta * delta
        theta = theta + alpha * (I if with_factor else 1.0) * delta * score_by_step(theta, cell, a)
        I, cell = (1.0, 0) if after == GOAL else (gamma * I, after)
    return theta, V


@pytest.mark.parametrize("gamma, with_factor", [(1.0, True), (0.9, True), (0.9, False), (0.0, True)])
def test_one_among_many_is_a_learner_on_its_own(gamma, with_factor):
    start, V, luck = several(3), np.zeros((4, 3)), drawn(7, 150, 3)
    V[:3] = [[-2, 0, 1], [0, -3, 1], [0.5, -1, -1]]
    theta, values = one_step_actor_critic(
        start, V, 150, 0.05, 0.1, np.random.default_rng(7), gamma=gamma, with_factor=with_factor
    )
    for k in range(3):
        alone = one_learner(start[:, k], V[:, k], luck[:, k], 0.05, 0.1, gamma, with_factor)
        assert np.allclose(theta[:, k], alone[0], rtol=1e-9, atol=1e-12)
        assert np.allclose(values[:, k], alone[1], rtol=1e-9, atol=1e-12)


def test_whole_numbers_serve_as_a_start():
    theta, V = np.ones((7, 2), dtype=int), np.zeros((4, 2), dtype=int)
    assert np.array_equal(
        one_step_actor_critic(theta, V, 20, 0.05, 0.1, np.random.default_rng(0))[1],
        one_step_actor_critic(theta * 1.0, V * 1.0, 20, 0.05, 0.1, np.random.default_rng(0))[1],
    )


# A network as critic

SETTINGS = list(product([False, True], [False, True], ["zero", "network", "next episode"]))


def losses(theta, phi, there, leak, through_target):
    """Sum of both losses at one transition; what is cut off is taken from the frozen numbers in `there`."""
    after = there.v_after if there.x_after is None else actor_output(phi, there.x_after)
    after = after if through_target else there.v_after
    delta = -1 + after - actor_output(phi, OBSERVATIONS[there.cell])
    weight = delta if leak else there.delta
    return -weight * log_pi(theta, there.cell, there.a) + delta**2 / 2


def one_network_learner(theta, phi, luck, alpha, beta, leak, through_target, terminal):
    """Descends the sum of both losses by the complex step."""
    theta, phi, cell = np.array(theta), np.array(phi), 0
    for number in luck:
        here = SimpleNamespace(cell=cell, a=int(number < right(theta, cell)))
        after = NEXT[cell, here.a]
        beyond = {"zero": None, "network": 2.0, "next episode": -1.0}[terminal]
        here.x_after = beyond if after == GOAL else OBSERVATIONS[after]
        here.v_after = 0.0 if here.x_after is None else actor_output(phi, here.x_after)
        here.delta = -1 + here.v_after - actor_output(phi, OBSERVATIONS[cell])
        switches = (leak, through_target)
        dtheta = by_step(lambda theta: losses(theta, phi, here, *switches), theta)  # noqa: B023
        dphi = by_step(lambda phi: losses(theta, phi, here, *switches), phi)  # noqa: B023
        theta, phi = theta - alpha * dtheta, phi - beta * dphi
        cell = 0 if after == GOAL else after
    return theta, phi


@pytest.mark.parametrize("leak, through_target, terminal", SETTINGS)
def test_network_critic_descends_the_losses_with_the_right_pieces_frozen(leak, through_target, terminal):
    start, critics, luck = several(2), several(2, 1, PHI0), drawn(5, 40, 2)
    theta, phi = network_actor_critic(
        start,
        critics,
        40,
        0.02,
        0.03,
        np.random.default_rng(5),
        leak=leak,
        through_target=through_target,
        terminal=terminal,
    )
    for k in range(2):
        alone = one_network_learner(start[:, k], critics[:, k], luck[:, k], 0.02, 0.03, leak, through_target, terminal)
        assert np.allclose(theta[:, k], alone[0], rtol=1e-8, atol=1e-11)
        assert np.allclose(phi[:, k], alone[1], rtol=1e-8, atol=1e-11)


def test_all_settings_differ():
    ends = [
        network_actor_critic(
            several(2),
            several(2, 1, PHI0),
            60,
            0.02,
            0.03,
            np.random.default_rng(5),
            leak=leak,
            through_target=through_target,
            terminal=terminal,
        )[0].tobytes()
        for leak, through_target, terminal in SETTINGS
    ]
    assert len(set(ends)) == len(SETTINGS)


# Both


def by_actor_critic(theta, rng, steps=40, **named):
    return one_step_actor_critic(theta, np.zeros((4, theta.shape[1])), steps, 0.05, 0.1, rng, **named)[0]


def by_network(theta, rng, steps=40, **named):
    return network_actor_critic(theta, columns(PHI0, theta.shape[1]), steps, 0.05, 0.1, rng, **named)[0]


LEARNERS = [by_actor_critic, by_network]


@pytest.mark.parametrize("learn", LEARNERS)
def test_the_same_generator_gives_the_same_learners(learn):
    first, again, other = (learn(columns(THETA0, 5), np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert np.array_equal(first, again) and not np.array_equal(first, other)
    assert len(set(first[0])) == 5  # each has its own luck


@pytest.mark.parametrize("learn", LEARNERS)
def test_callback_sees_every_step(learn):
    seen = []
    end = learn(several(3), np.random.default_rng(1), callback=lambda step, theta: seen.append((step, theta.copy())))
    assert [step for step, _ in seen] == list(range(40)) and np.array_equal(seen[-1][1], end)
    for step, theta in seen[::13]:
        assert np.array_equal(theta, learn(several(3), np.random.default_rng(1), steps=step + 1))


def test_given_arrays_are_not_changed():
    theta, V, phi = several(3), np.zeros((4, 3)), several(3, 1, PHI0)
    before = theta.copy(), V.copy(), phi.copy()
    for each in (theta, V, phi):
        each.flags.writeable = False
    ends = [
        *one_step_actor_critic(theta, V, 30, 0.05, 0.1, np.random.default_rng(0)),
        *network_actor_critic(theta, phi, 30, 0.05, 0.1, np.random.default_rng(0)),
        *one_step_actor_critic(theta, V, 0, 0.05, 0.1, np.random.default_rng(0)),
    ]
    assert all(np.array_equal(now, old) for now, old in zip((theta, V, phi), before, strict=True))
    assert not any(np.shares_memory(end, given) for end in ends for given in (theta, V, phi))


@pytest.mark.parametrize("learn", LEARNERS)
def test_saturated_actors_do_not_overflow(learn):
    theta = columns([30, 30, -15, 15, 4000, -4000, 3900.0], 2)  # right, left, right
    assert np.array_equal(learn(theta, np.random.default_rng(0)), theta)


# Errors


@pytest.mark.parametrize("theta", [THETA0, columns(THETA0, 2)[:6], columns(THETA0, 2).T, np.zeros((7, 0)), 0.5])
@pytest.mark.parametrize(
    "learn",
    [
        lambda theta: one_step_actor_critic(theta, np.zeros((4, 2)), 1, 0.1, 0.1, np.random.default_rng(0)),
        lambda theta: network_actor_critic(theta, columns(PHI0, 2), 1, 0.1, 0.1, np.random.default_rng(0)),
    ],
)
def test_theta_is_seven_rows(learn, theta):
    with pytest.raises(ValueError, match=r"theta must have the shape \(7, n\), a column for each learner; not \("):
        learn(theta)


@pytest.mark.parametrize("V", [np.zeros(4), np.zeros((3, 2)), np.zeros((4, 1)), np.zeros((4, 3)), 0.0])
def test_values_are_four_rows(V):
    with pytest.raises(ValueError, match=r"V must have the shape \(4, 2\), a column for each learner; not \("):
        one_step_actor_critic(columns(THETA0, 2), V, 1, 0.1, 0.1, np.random.default_rng(0))


@pytest.mark.parametrize("phi", [PHI0, columns(PHI0, 1), columns(PHI0, 2)[:4]])
def test_phi_is_seven_rows(phi):
    with pytest.raises(ValueError, match=r"phi must have the shape \(7, 2\), a column for each learner; not \("):
        network_actor_critic(columns(THETA0, 2), phi, 1, 0.1, 0.1, np.random.default_rng(0))


def test_the_goal_has_the_value_0():
    with pytest.raises(ValueError, match="V must be 0 in its last row, the goal's, .* it is .-10. -10."):
        one_step_actor_critic(columns(THETA0, 2), np.full((4, 2), -10.0), 1, 0.1, 0.1, np.random.default_rng(0))


@pytest.mark.parametrize("terminal", ["zeros", "next", None, 0])
def test_an_unknown_terminal_is_refused(terminal):
    with pytest.raises(ValueError, match="terminal must be one of zero, network, next episode, it is"):
        by_network(columns(THETA0, 2), np.random.default_rng(0), terminal=terminal)


ODD = {
    "steps": [-1, 2.5, None, "3", np.nan, [2]],
    "alpha": [-0.1, np.nan, np.inf, None, "1", 1j, np.array([0.1, 0.2])],
    "beta": [-0.1, np.nan, np.inf, None, "1", 1j, np.array([0.1, 0.2])],
    "gamma": [-0.1, 1.1, np.nan, None, "1", 1j],
    "rng": [None, 0, np.random],
    "theta": [columns([np.nan, *THETA0[1:]], 2), columns([np.inf, *THETA0[1:]], 2), columns(THETA0, 2) + 0j],
    "V": [np.array([[np.nan] * 2, *[[0.0] * 2] * 3]), np.array([["0"] * 2] * 4), [[0, 0], [0, 0], [0, 0], [0]]],
    "phi": [columns([np.nan, *PHI0[1:]], 2), columns(PHI0, 2).astype(object)],
}
GIVEN = {"theta": columns(THETA0, 2), "steps": 3, "alpha": 0.1, "rng": np.random.default_rng(0)}
LEARNING = {
    one_step_actor_critic: GIVEN | {"V": np.zeros((4, 2)), "beta": 0.1, "gamma": 1.0},
    network_actor_critic: GIVEN | {"phi": columns(PHI0, 2), "beta": 0.1},
}


@pytest.mark.parametrize("learn", LEARNING)
def test_each_odd_argument_is_named(learn):
    arguments = LEARNING[learn]
    learn(**arguments)
    for name in arguments.keys() & ODD.keys():
        for odd in ODD[name]:
            with pytest.raises((TypeError, ValueError), match=f"^{name} must "):
                learn(**arguments | {name: odd})


@pytest.mark.parametrize("learn", LEARNING)
def test_lists_and_other_kinds_of_numbers_serve(learn):
    def ended(**changed):
        changed = changed | {"rng": np.random.default_rng(0)}
        return np.concatenate(learn(**LEARNING[learn] | changed), axis=None)

    half = columns([0.5, -0.5, 0.25, 0.5, 1, -1, 0], 2)  # which all kinds hold exactly
    for kind in ("float16", "float32", "longdouble"):
        assert np.array_equal(ended(theta=half.astype(kind)), ended(theta=half))
    assert np.array_equal(ended(theta=np.asfortranarray(half)), ended(theta=half.tolist()))


@pytest.mark.parametrize("value", [5, 0.5, "no", None, [True], np.array([1, 0])])
@pytest.mark.parametrize("name", ["leak", "through_target", "with_factor"])
def test_a_switch_is_on_or_off(name, value):
    learn, rows = (one_step_actor_critic, 4) if name == "with_factor" else (network_actor_critic, 7)
    with pytest.raises(ValueError, match=f"{name} must be True or False"):
        learn(np.zeros((7, 1)), np.zeros((rows, 1)), 3, 0.1, 0.1, np.random.default_rng(0), **{name: value})
    if name != "with_factor":
        with pytest.raises(ValueError, match=f"{name} must be True or False"):
            ledger(**{name: value})
