"""Actor-critic: the TD error, one update against autograd, the training loop against loops written by hand."""

from fractions import Fraction

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from gymnasium.vector import SyncVectorEnv
from hypothesis import given
from hypothesis import strategies as st
from parameters import copied, flat, log_pi, output, same
from poles import pole_networks, poles
from scripted import Scripted

from helpers.networks.network import forward, init_params
from helpers.rl.actor_critic import Finished, Transitions, ascend, td_error, train, update
from helpers.rl.corridor import SwitchedCorridor, exact_action_values, exact_return, exact_values, exact_visits
from helpers.rl.policy_gradient import exact_gradient, gradient_estimates, sample_episodes, score_table
from helpers.running_actor import THETA0, as_layers, as_theta, probabilities


@st.composite
def cases(draw):
    """Actor, critic and a batch of transitions; one output or several actions."""
    d_in, outputs, n = draw(st.integers(1, 3)), draw(st.sampled_from([1, 2, 3])), draw(st.integers(1, 6))
    rng = np.random.default_rng(draw(st.integers(0, 2**31)))
    actor, critic = init_params((d_in, 4, outputs), rng), init_params((d_in, 3, 1), rng)
    s, s_next = rng.normal(size=(2, n, d_in))
    a = rng.integers(0, max(outputs, 2), n)
    return actor, critic, Transitions(s, a, rng.normal(size=n), s_next, rng.random(n) < 0.3)


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
    with pytest.raises(ValueError, match=r"^r, v, v_next, terminated must have one shape, they have \([31],\), \(3,"):
        td_error(r, v, v_next, terminated, 1.0)


@given(cases(), st.sampled_from([bool, int, np.uint8, np.float32, float, list]))
def test_terminated_may_be_zeros_and_ones(case, kind):
    _, _, batch = case
    v = batch.s[:, 0]
    terminated = [int(each) for each in batch.terminated] if kind is list else batch.terminated.astype(kind)
    assert np.array_equal(td_error(batch.r, v, v, terminated, 0.9), td_error(batch.r, v, v, batch.terminated, 0.9))


@pytest.mark.parametrize("kind", [bool, np.uint8, np.int8, np.int64, np.float16, list])
def test_td_error_of_every_kind_of_number_is_that_of_float64(kind):
    r, v, v_next = np.array([[0, 1, 1], [1, 0, 1], [1, 1, 0]]) * (1 if kind is bool else 100)
    given = [each.tolist() if kind is list else each.astype(kind) for each in (r, v, v_next)]
    deltas = td_error(*given, [True, False, False], 1)
    assert deltas.dtype == np.float64 and np.array_equal(deltas, td_error(r, v, v_next, [True, False, False], 1))


def test_td_error_keeps_float32():
    ones = np.ones(3, np.float32)
    assert td_error(ones, ones, ones, np.zeros(3, dtype=bool), 0.9).dtype == np.float32


@pytest.mark.parametrize("odd", [np.nan, np.inf, -np.inf, 1j, "1", None, [1.0]])
@pytest.mark.parametrize("name", ["r", "v", "v_next"])
def test_what_is_not_finite_is_refused(name, odd):
    numbers = {"r": [1.0, 1.0], "v": [1.0, 1.0], "v_next": [1.0, 1.0]} | {name: [1.0, odd]}
    with pytest.raises(ValueError, match=f"^{name} must hold finite real numbers, it is"):
        td_error(**numbers, terminated=[False, False], gamma=0.9)


@pytest.mark.parametrize("odd", [2, -1, 0.5, np.nan, None, "True", [True]])
def test_terminated_is_true_or_false(odd):
    with pytest.raises(ValueError, match="^terminated must hold True and False, or 1 and 0, it is"):
        td_error([1.0, 1.0], [1.0, 1.0], [1.0, 1.0], [True, odd], 0.9)


@pytest.mark.parametrize("gamma", [2, 1.0000001, -0.1, np.nan, np.inf, None, "1", [0.9]])
def test_gamma_is_a_number_from_0_to_1(gamma):
    with pytest.raises(ValueError, match="^gamma must be a number from 0 to 1, it is"):
        td_error(1.0, 1.0, 1.0, False, gamma)


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


def test_ascend_goes_up_and_leaves_the_old_parameters():
    params, gradient = [(np.ones((2, 1)), np.zeros(1))], [(np.full((2, 1), 2.0), np.array([4.0]))]
    (W, b), *_ = ascend(params, gradient, 0.5)
    assert W.tolist() == [[2.0], [2.0]] and b.tolist() == [2.0]
    assert params[0][0].tolist() == [[1.0], [1.0]] and params[0][1].tolist() == [0.0]
    with pytest.raises(ValueError):
        ascend(params, [], 0.5)


def a_batch(**changed):
    parts = {"s": np.zeros((2, 1)), "a": np.array([0, 1]), "r": np.ones(2), "s_next": np.zeros((2, 1))}
    return Transitions(**(parts | {"terminated": np.zeros(2, dtype=bool)} | changed))


@pytest.mark.parametrize(
    "changed",
    [
        {"r": np.ones((2, 1))},
        {"r": 1.0},
        {"terminated": np.zeros(3, dtype=bool)},
        {"terminated": False},
        {"s_next": np.zeros((3, 1))},
        {"s_next": np.zeros((2, 4))},
        {"a": [[0], [1]]},
        {"a": 1},
        {"s": np.zeros(2), "s_next": np.zeros(2)},
        {"s": None},
    ],
)
def test_a_batch_whose_parts_do_not_fit_together(changed):
    with pytest.raises(ValueError, match=r"batch must have s and s_next of shape .*, it has Transitions\(.*r="):
        update(as_layers(THETA0), as_layers(THETA0), a_batch(**changed), 0.1, 0.1, 1.0)


@pytest.mark.parametrize("batch", [None, 5, (), a_batch()[:3], "batch"])
def test_a_batch_has_five_parts(batch):
    with pytest.raises(TypeError, match="batch must be Transitions, five arrays"):
        update(as_layers(THETA0), as_layers(THETA0), batch, 0.1, 0.1, 1.0)


@pytest.mark.parametrize(
    "changed, words",
    [
        ({"a": [0, 2]}, "a must hold whole numbers from 0 to 1"),
        ({"a": [0.0, 1.0]}, "a must hold whole numbers from 0 to 1"),
        ({"r": [1.0, np.nan]}, "r must hold finite real numbers"),
        ({"r": ["1", "2"]}, "r must hold finite real numbers"),
        ({"r": [[1.0], [1.0, 1.0]]}, "r must hold finite real numbers"),
        ({"terminated": [0.5, 1]}, "terminated must hold True and False"),
        ({"s": np.zeros((2, 4)), "s_next": np.zeros((2, 4))}, r"layer 0: W of shape \(1, 2\) does not fit X of shape"),
        ({"s": [[np.nan], [0.0]]}, "v must hold finite real numbers"),
        ({"s_next": [[np.nan], [0.0]]}, "v_next must hold finite real numbers"),
    ],
)
def test_a_batch_that_no_update_takes(changed, words):
    with pytest.raises(ValueError, match=words):
        update(as_layers(THETA0), as_layers(THETA0), a_batch(**changed), 0.1, 0.1, 1.0)


@pytest.mark.parametrize("number", [-0.1, np.nan, np.inf, -np.inf, None, "0.1", 1j, [0.1]])
@pytest.mark.parametrize("name, high", [("alpha", "inf"), ("beta", "inf"), ("gamma", "1")])
def test_step_sizes_and_gamma_are_numbers(name, high, number):
    settings = {"alpha": 0.1, "beta": 0.1, "gamma": 1.0} | {name: number}
    with pytest.raises(ValueError, match=f"^{name} must be a number from 0 to {high}, it is"):
        update(COIN, CRITIC, a_batch(), **settings)
    with pytest.raises(ValueError, match=f"^{name} must be a number from 0 to {high}, it is"):
        train(Scripted([1]), COIN, CRITIC, steps=0, seed=0, **settings)


@given(cases())
def test_lists_and_other_kinds_of_numbers_are_taken(case):
    actor, critic, batch = case
    expected = update(actor, critic, batch, 0.3, 0.7, 0.9)
    lists = [part.tolist() for part in batch]
    ones = batch._replace(terminated=batch.terminated.astype(float), a=batch.a.astype(np.uint8))
    for other in (lists, Transitions(*lists), tuple(batch), ones, Transitions(*map(np.asfortranarray, batch))):
        for network, same_network in zip(expected, update(actor, critic, other, 0.3, 0.7, 0.9), strict=True):
            assert np.allclose(flat(network), flat(same_network), rtol=1e-14, atol=1e-14)


@given(cases())
def test_nothing_is_learned_from_no_transitions(case):
    actor, critic, batch = case
    after = update(actor, critic, Transitions(*(part[:0] for part in batch)), 0.3, 0.7, 0.9)
    assert same(after[0], actor) and same(after[1], critic)


# The training loop, on environments that follow a script


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


def test_what_a_reset_pays_belongs_to_no_episode():
    envs = Scripted(
        [1], ([2], [5.0], [1], [0]), ([1], [np.nan], [0], [0]), ([2], [7.0], [1], [0]), ([1], [3.0], [0], [0])
    )
    *_, finished = train(envs, COIN, CRITIC, 4, 0.0, 0.0, 0.9, 0)
    assert finished.returns.tolist() == [5, 7] and finished.at.tolist() == [1, 2]


@pytest.mark.parametrize("reward", [np.nan, np.inf])
def test_rewards_that_are_not_finite_are_refused(reward):
    with pytest.raises(ValueError, match="^r must hold finite real numbers"):
        train(Scripted([1], ([2], [reward], [0], [0])), COIN, CRITIC, 1, 0.1, 0.1, 0.9, 0)


@pytest.mark.parametrize("steps", [-1, 1.5, None, "3", np.nan])
def test_steps_are_counted(steps):
    with pytest.raises(ValueError, match="^steps must be a whole number, at least 0, it is"):
        train(Scripted([1]), COIN, CRITIC, steps, 0.1, 0.1, 0.9, 0)


# The training loop, on the corridor and on poles


def corridors(n=4):
    return SyncVectorEnv([SwitchedCorridor] * n)


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
        actor, _, finished = train(corridors(), as_layers(THETA0), critic, 1000, 0.1, 0.2, 1.0, seed)
        assert J(as_layers(THETA0)) < -12.6 and J(actor) > -5
        assert finished.returns[-50:].mean() > finished.returns[:50].mean() + 4 and finished.returns.max() <= -3
        assert np.array_equal(np.sort(finished.at), finished.at)


@pytest.mark.parametrize("network", [None, "net", 3, [None], {}, []], ids=repr)
@pytest.mark.parametrize("name", ["actor", "critic"])
def test_an_error_says_whose_network_it_is(name, network):
    networks = {"actor": COIN, "critic": CRITIC} | {name: network}
    for call in (
        lambda: update(*networks.values(), a_batch(), 0.1, 0.1, 1.0),
        lambda: train(corridors(), *networks.values(), 1, 0.1, 0.1, 1.0, 0),
    ):
        with pytest.raises((TypeError, ValueError), match=f"^{name}: params must "):
            call()


@pytest.mark.parametrize("name", ["actor", "critic"])
def test_several_networks_side_by_side_are_no_actor_and_no_critic(name):
    networks = {"actor": COIN, "critic": CRITIC}
    networks[name] = [(np.stack([W, W]), np.stack([b, b])[:, None]) for W, b in networks[name]]
    with pytest.raises(ValueError, match=rf"^{name} must have W of shape \(d_in, d_out\), not \(2, 1, "):
        train(corridors(), *networks.values(), 1, 0.1, 0.1, 1.0, 0)


@pytest.mark.parametrize("name", ["steps", "seed"])
@pytest.mark.parametrize("number", [None, -1, 2.5, True, "3", [3], np.nan], ids=repr)
def test_steps_and_the_seed_are_whole_numbers(name, number):
    settings = {"steps": 1, "alpha": 0.1, "beta": 0.1, "gamma": 1.0, "seed": 0} | {name: number}
    with pytest.raises(ValueError, match=f"^{name} must be a whole number, at least 0, it is "):
        train(corridors(), COIN, CRITIC, **settings)


@pytest.mark.parametrize("kind", [Fraction, np.float32])
def test_settings_of_any_kind_of_number(kind):
    settings = {"alpha": 0.5, "beta": 0.25, "gamma": 0.5}
    odd = {name: kind(number) for name, number in settings.items()}
    for learn in (
        lambda settings: train(corridors(), COIN, CRITIC, 5, seed=np.int64(1), **settings)[:2],
        lambda settings: update(COIN, CRITIC, a_batch(), **settings),
    ):
        assert all(same(*pair) for pair in zip(learn(settings), learn(odd), strict=True))


@pytest.mark.parametrize(
    "terminated", ["no", None, [[True], [True, False]], [np.ones((2, 3)), np.ones((2, 4))]], ids=repr
)
def test_what_is_no_truth_is_named(terminated):
    with pytest.raises(ValueError, match="^terminated must hold True and False"):
        td_error(1.0, 1.0, 1.0, terminated, 1.0)
