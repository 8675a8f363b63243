"""Actor-critic: the TD error, one update against autograd, the training loop against loops written by hand."""

import autograd.numpy as anp
import gymnasium
import numpy as np
import pytest
from autograd import grad
from gymnasium.vector import AutoresetMode, SyncVectorEnv
from hypothesis import given
from hypothesis import strategies as st

from helpers.networks.network import forward, init_params
from helpers.rl.actor_critic import Finished, Transitions, ascended, td_error, train, update
from helpers.rl.corridor import SwitchedCorridor, exact_action_values, exact_return, exact_values, exact_visits
from helpers.rl.policy_gradient import exact_gradient, gradient_estimates, sample_episodes, score_table
from helpers.running_actor import THETA0, as_layers, as_theta, probabilities


def flat(params):
    return np.concatenate([part.ravel() for layer in params for part in layer])


def same(params, others):
    return np.array_equal(flat(params), flat(others))


def copied(params):
    return [(W.copy(), b.copy()) for W, b in params]


@st.composite
def cases(draw):
    """Actor, critic and a batch of transitions; one output or several actions."""
    d_in, outputs, n = draw(st.integers(1, 3)), draw(st.sampled_from([1, 2, 3])), draw(st.integers(1, 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**31)))
    actor, critic = init_params((d_in, 4, outputs), rng), init_params((d_in, 3, 1), rng)
    s, s_next = rng.normal(size=(2, n, d_in))
    a = rng.integers(0, max(outputs, 2), n)
    return actor, critic, Transitions(s, a, rng.normal(size=n), s_next, rng.random(n) < 0.3)


def output(params, X):
    """A tanh network, for autograd."""
    for W, b in params[:-1]:
        X = anp.tanh(anp.dot(X, W) + b)
    return anp.dot(X, params[-1][0]) + params[-1][1]


def log_pi(params, s, a):
    z = output(params, s)
    z = anp.concatenate([anp.zeros_like(z), z], axis=1) if z.shape[1] == 1 else z
    return z[np.arange(len(a)), a] - anp.log(anp.sum(anp.exp(z), axis=1))


# The TD error


@given(cases(), st.sampled_from([1.0, 0.9, 0.0]))
def test_td_error_entry_by_entry(case, gamma):
    _, critic, batch = case
    v, v_next = (forward(critic, X)[0][:, 0] for X in (batch.s, batch.s_next))
    deltas = td_error(batch.r, v, v_next, batch.terminated, gamma)
    for k, delta in enumerate(deltas):
        target = batch.r[k] if batch.terminated[k] else batch.r[k] + gamma * v_next[k]
        assert delta == pytest.approx(target - v[k], rel=1e-14, abs=1e-14)
        assert td_error(batch.r[k], v[k], v_next[k], batch.terminated[k], gamma) == delta  # numbers serve too


def test_beyond_a_terminal_state_nothing_counts():
    assert td_error(-1.0, -2.0, np.nan, True, 1.0) == 1.0
    assert np.array_equal(td_error(np.ones(2), np.ones(2), np.full(2, np.inf), np.array([True, True]), 0.9), [0, 0])


@given(st.lists(st.floats(0.05, 0.95), min_size=3, max_size=3), st.sampled_from([1.0, 0.9]))
def test_with_the_true_values_the_td_error_is_the_advantage(p, gamma):
    V, Q = np.append(exact_values(p, gamma), 0.0), exact_action_values(p, gamma)
    mean = np.zeros(3)
    for cell, (left, right) in enumerate([(0, 1), (2, 0), (1, 3)]):
        for a, after in enumerate((left, right)):
            delta = td_error(-1.0, V[cell], V[after], after == 3, gamma)
            assert delta == pytest.approx(Q[cell, a] - V[cell], rel=1e-9, abs=1e-9 * abs(V).max())
            mean[cell] += (p[cell] if a else 1 - p[cell]) * delta
    assert np.allclose(mean, 0, atol=1e-12 * abs(V).max())


def deltas_of(episodes, p):
    V = np.append(exact_values(p), 0.0)
    v = V[episodes.cells]
    v_next = np.concatenate([v[1:], np.zeros((1, v.shape[1]))])
    return td_error(episodes.rewards, v, v_next, np.zeros(v.shape, dtype=bool), 1.0)


def test_mean_of_the_sampled_gradient_with_the_true_values_is_the_gradient_of_the_return():
    p = probabilities(THETA0)
    episodes = sample_episodes(p, 20_000, np.random.default_rng(3))
    estimates = gradient_estimates(THETA0, episodes, deltas_of(episodes, p))
    errors = 3 * estimates.std(axis=0) / np.sqrt(len(estimates))
    assert np.all(np.abs(estimates.mean(axis=0) - exact_gradient(THETA0)) < errors)
    assert np.all(errors < 0.4)


def test_exact_mean_over_visits_and_actions_is_the_gradient_of_the_return():
    p = probabilities(THETA0)
    delta = exact_action_values(p) - exact_values(p)[:, None]
    weights = exact_visits(p)[:, None] * np.stack([1 - p, p], axis=1) * delta
    assert np.allclose(np.tensordot(weights, score_table(THETA0), 2), exact_gradient(THETA0), rtol=1e-12)


@pytest.mark.parametrize("shapes", [[(3,), (3, 1), (3, 1), (3, 1)], [(3,), (3,), (2,), (3,)], [(1,), (3,), (), (3,)]])
def test_arrays_of_different_shapes_are_refused(shapes):
    r, v, v_next, terminated = (np.zeros(shape) for shape in shapes)
    with pytest.raises(ValueError, match="^r, v, v_next, terminated must have one shape, they have .*'v': .3"):
        td_error(r, v, v_next, terminated, 1.0)


# One update


@given(cases(), st.sampled_from([1.0, 0.9, 0.0]))
def test_update_descends_both_losses_with_the_td_error_frozen(case, gamma):
    actor, critic, batch = case
    s, a, r, s_next, terminated = batch
    target = r + gamma * np.where(terminated, 0, output(critic, s_next)[:, 0])
    delta = target - output(critic, s)[:, 0]
    down_actor = grad(lambda actor: anp.mean(-delta * log_pi(actor, s, a)))(actor)
    down_critic = grad(lambda critic: anp.mean((target - output(critic, s)[:, 0]) ** 2) / 2)(critic)
    new_actor, new_critic = update(actor, critic, batch, 0.3, 0.7, gamma)
    assert np.allclose(flat(new_actor), flat(actor) - 0.3 * flat(down_actor), rtol=1e-11, atol=1e-13)
    assert np.allclose(flat(new_critic), flat(critic) - 0.7 * flat(down_critic), rtol=1e-11, atol=1e-13)


@given(cases())
def test_update_changes_nothing_that_it_is_given(case):
    actor, critic, batch = case
    before = copied(actor), copied(critic), [part.copy() for part in batch]
    update(actor, critic, batch, 0.3, 0.7, 0.9)
    assert same(actor, before[0]) and same(critic, before[1])
    assert all(np.array_equal(part, old) for part, old in zip(batch, before[2], strict=True))


@given(cases())
def test_update_by_a_batch_is_the_mean_of_updates_by_its_rows(case):
    actor, critic, batch = case
    rows = [Transitions(*(part[k : k + 1] for part in batch)) for k in range(len(batch.a))]
    single = [update(actor, critic, row, 0.3, 0.7, 0.9) for row in rows]
    for k, network in enumerate(update(actor, critic, batch, 0.3, 0.7, 0.9)):
        assert np.allclose(flat(network), np.mean([flat(pair[k]) for pair in single], axis=0), rtol=1e-11, atol=1e-13)


def test_ascended_goes_up_and_leaves_the_old_parameters():
    params, gradient = [(np.ones((2, 1)), np.zeros(1))], [(np.full((2, 1), 2.0), np.array([4.0]))]
    (W, b), *_ = ascended(params, gradient, 0.5)
    assert W.tolist() == [[2.0], [2.0]] and b.tolist() == [2.0]
    assert params[0][0].tolist() == [[1.0], [1.0]] and params[0][1].tolist() == [0.0]
    with pytest.raises(ValueError):
        ascended(params, [], 0.5)


def a_batch(**changed):
    parts = {"s": np.zeros((2, 1)), "a": np.array([0, 1]), "r": np.ones(2), "s_next": np.zeros((2, 1))}
    return Transitions(**(parts | {"terminated": np.zeros(2, dtype=bool)} | changed))


@pytest.mark.parametrize(
    "changed, words",
    [
        ({"r": np.ones((2, 1))}, "r, v, v_next, terminated must have one shape"),
        ({"terminated": np.zeros(3, dtype=bool)}, "r, v, v_next, terminated must have one shape"),
        ({"s_next": np.zeros((3, 1))}, "r, v, v_next, terminated must have one shape"),
        ({"a": np.array([0, 2])}, "a must hold 2 whole numbers from 0 to 1"),
        ({"a": np.array([[0], [1]])}, "a must hold 2 whole numbers"),
        ({"s": np.zeros((2, 4))}, r"layer 0: W of shape \(1, 2\) does not fit X of shape \(2, 4\)"),
    ],
)
def test_a_batch_that_does_not_fit(changed, words):
    with pytest.raises(ValueError, match=words):
        update(as_layers(THETA0), as_layers(THETA0), a_batch(**changed), 0.1, 0.1, 1.0)


# The training loop, on environments that follow a script


class Scripted(gymnasium.vector.VectorEnv):
    """Environments that give the observations, rewards and ends that are written down, whatever one does."""

    metadata = {"autoreset_mode": AutoresetMode.NEXT_STEP}

    def __init__(self, start, *steps):
        self.start, self.script, self.num_envs, self.actions = start, steps, len(start), []

    def reset(self, *, seed=None, options=None):
        self.steps = iter(self.script)
        return np.array(self.start, dtype=float)[:, None], {}

    def step(self, actions):
        self.actions.append(actions)
        s, r, terminated, truncated = next(self.steps)
        ends = np.array(terminated, dtype=bool), np.array(truncated, dtype=bool)
        return np.array(s, dtype=float)[:, None], np.array(r, dtype=float), *ends, {}


def value_of(s, slope=3.0, bias=1.0):
    return slope * s + bias


CRITIC = [(np.array([[3.0]]), np.array([1.0]))]  # V(s) = 3 s + 1
COIN = [(np.zeros((1, 2)), np.zeros(2))]


def batches_of(envs, steps, **named):
    """What the callback saw in a training without learning."""
    seen = []
    settings = {"alpha": 0.0, "beta": 0.0, "gamma": 0.9, "seed": 0} | named
    *_, finished = train(envs, COIN, CRITIC, steps, callback=lambda *args: seen.append(args), **settings)
    return [batch for _, _, _, batch in seen], finished


def test_the_step_of_a_reset_is_not_learned_from():
    envs = Scripted(
        [1, 10],
        ([2, 11], [0.5, 5], [1, 0], [0, 0]),  # the first one ends
        ([1, 12], [0.0, 6], [0, 0], [0, 1]),  # and is reset, while the second is cut off
        ([3, 10], [0.7, 0], [0, 0], [0, 0]),
        ([4, 11], [0.1, 7], [1, 1], [0, 0]),
        ([1, 10], [0.0, 0], [0, 0], [0, 0]),  # both are reset: nothing to learn from
    )
    batches, finished = batches_of(envs, 5)
    assert [batch.s[:, 0].tolist() for batch in batches] == [[1, 10], [11], [1], [3, 10], []]
    assert [batch.s_next[:, 0].tolist() for batch in batches] == [[2, 11], [12], [3], [4, 11], []]
    assert [batch.r.tolist() for batch in batches] == [[0.5, 5], [6], [0.7], [0.1, 7], []]
    assert [batch.terminated.tolist() for batch in batches] == [[True, False], [False], [False], [True, True], []]
    assert finished.at.tolist() == [2, 3, 6, 6]
    assert finished.returns == pytest.approx([0.5, 11, 0.8, 7])


def test_actions_are_those_that_the_environments_were_given():
    envs = Scripted([1, 2, 3], *([([1, 2, 3], [0, 0, 0], [0, 0, 0], [0, 0, 0])] * 40))
    batches, finished = batches_of(envs, 40)
    assert all(np.array_equal(batch.a, a) for batch, a in zip(batches, envs.actions, strict=True))
    assert 40 < np.sum(envs.actions) < 80 and finished.at.shape == finished.returns.shape == (0,)


@pytest.mark.parametrize("terminated, truncated, target", [(0, 0, 17.2), (0, 1, 17.2), (1, 0, 1.0), (1, 1, 1.0)])
def test_a_time_limit_bootstraps_and_a_terminal_state_does_not(terminated, truncated, target):
    envs = Scripted([2], ([17 / 3], [1.0], [terminated], [truncated]))  # V(s_next) = 18, and 1 + 0.9 * 18 = 17.2
    _, critic, _ = train(envs, COIN, CRITIC, 1, 0.0, 0.1, 0.9, 0)
    delta = target - value_of(2)
    assert flat(critic) == pytest.approx([3 + 0.1 * delta * 2, 1 + 0.1 * delta], rel=1e-14)


def test_observations_are_divided_by_the_scale():
    script = ([6], [1.0], [0], [0]), ([8], [1.0], [1], [0])
    batches, _ = batches_of(Scripted([4], *script), 2, scale=np.array([2.0]))
    assert [(batch.s.item(), batch.s_next.item()) for batch in batches] == [(2, 3), (3, 4)]
    scaled = train(Scripted([4], *script), COIN, CRITIC, 2, 0.1, 0.1, 0.9, 0, scale=2.0)
    halves = train(
        Scripted([2], *((s[0] / 2 * np.ones(1), *rest) for s, *rest in script)), COIN, CRITIC, 2, 0.1, 0.1, 0.9, 0
    )
    assert same(scaled[0], halves[0]) and same(scaled[1], halves[1])


@pytest.mark.parametrize("mode", [AutoresetMode.SAME_STEP, AutoresetMode.DISABLED])
def test_another_way_of_resetting_is_refused(mode):
    envs = SyncVectorEnv([SwitchedCorridor], autoreset_mode=mode)
    with pytest.raises(ValueError, match=f"envs must be a gymnasium VectorEnv with AutoresetMode.NEXT_STEP.*{mode}"):
        train(envs, as_layers(THETA0), CRITIC, 1, 0.1, 0.1, 1.0, 0)


@pytest.mark.parametrize("envs", [SwitchedCorridor(), None, "CartPole-v1"])
def test_what_is_no_vector_environment_is_refused(envs):
    with pytest.raises(
        ValueError, match="envs must be a gymnasium VectorEnv with AutoresetMode.NEXT_STEP, its mode is"
    ):
        train(envs, as_layers(THETA0), CRITIC, 1, 0.1, 0.1, 1.0, 0)


# The training loop, on the corridor and on poles


def corridors(n=4):
    return SyncVectorEnv([SwitchedCorridor] * n)


def poles(n=8):
    return gymnasium.make_vec("CartPole-v1", num_envs=n, vectorization_mode="vector_entry_point")


def pole_networks(seed=0):
    rng = np.random.default_rng(seed)
    return init_params((4, 8, 2), rng), init_params((4, 8, 1), rng)


def test_callback_sees_every_update_and_training_is_updates_one_after_the_other():
    seen, (actor, critic) = [], pole_networks()
    end = train(poles(), actor, critic, 60, 0.05, 0.1, 0.98, 1, callback=lambda *args: seen.append(args))
    assert [step for step, *_ in seen] == list(range(60))
    for _, now_actor, now_critic, batch in seen:
        actor, critic = update(actor, critic, batch, 0.05, 0.1, 0.98)
        assert same(actor, now_actor) and same(critic, now_critic)
    assert same(end[0], actor) and same(end[1], critic)


def test_callback_ends_the_training_by_returning_true():
    steps = []
    networks = pole_networks()
    stopped = train(
        poles(), *networks, 50, 0.05, 0.1, 0.98, 1, callback=lambda step, *_: steps.append(step) or step == 9
    )
    whole = train(poles(), *networks, 10, 0.05, 0.1, 0.98, 1)
    assert steps == list(range(10)) and same(stopped[0], whole[0]) and same(stopped[1], whole[1])
    assert np.array_equal(stopped[2].returns, whole[2].returns)


def test_the_same_seed_gives_the_same_numbers_and_nothing_given_is_changed():
    networks = pole_networks()
    before = [copied(network) for network in networks]
    first, again, other = (train(poles(), *networks, 200, 0.05, 0.1, 0.98, seed) for seed in (1, 1, 2))
    assert same(first[0], again[0]) and same(first[1], again[1]) and not same(first[0], other[0])
    assert np.array_equal(first[2].at, again[2].at) and np.array_equal(first[2].returns, again[2].returns)
    assert all(same(network, old) for network, old in zip(networks, before, strict=True))
    untrained = train(poles(), *networks, 0, 0.05, 0.1, 0.98, 1)
    assert same(untrained[0], networks[0]) and isinstance(untrained[2], Finished) and len(untrained[2].at) == 0


def test_the_history_is_that_of_a_loop_written_by_hand():
    actor, critic = pole_networks()
    envs, rng, scale = poles(), np.random.default_rng(5), np.array([2.4, 2.0, 0.21, 2.0])
    s, _ = envs.reset(seed=5)
    rewards, ats, returns, taken = [[] for _ in range(8)], [], [], 0
    resetting = [False] * 8
    for _ in range(300):
        z = np.tanh(s / scale @ actor[0][0] + actor[0][1]) @ actor[1][0] + actor[1][1]
        left = 1 / (1 + np.exp(z[:, 1] - z[:, 0]))
        s, r, terminated, truncated, _ = envs.step((rng.random((8, 1))[:, 0] >= left).astype(int))
        taken += 8 - sum(resetting)
        for k in range(8):
            if not resetting[k]:
                rewards[k].append(r[k])
            resetting[k] = bool(terminated[k] or truncated[k])
            if resetting[k]:
                ats.append(taken)
                returns.append(sum(rewards[k]))
                rewards[k] = []
    *_, finished = train(poles(), actor, critic, 300, 0.0, 0.0, 0.98, 5, scale=scale)
    assert len(returns) > 50
    assert finished.at.tolist() == ats and finished.returns.tolist() == returns


def test_the_running_actor_learns_the_corridor():
    def J(layers):
        return exact_return(probabilities(as_theta(layers)))

    critic = init_params((1, 8, 1), np.random.default_rng(0))
    for seed in range(3):
        actor, _, finished = train(corridors(), as_layers(THETA0), critic, 2500, 0.05, 0.1, 1.0, seed)
        assert J(as_layers(THETA0)) < -12.6 and J(actor) > -5
        assert finished.returns[-50:].mean() > finished.returns[:50].mean() + 4 and finished.returns.max() <= -3
        assert np.array_equal(np.sort(finished.at), finished.at)
