"""The peers on CartPole, where they are installed: the same update as ours, and an actor that the rule can evaluate."""

import numpy as np
import pytest

from benchmarks.cartpole import evaluation
from benchmarks.cartpole.evaluation import layers_of
from benchmarks.cartpole.same_step import SameStepPoles
from benchmarks.cartpole.schedule import train
from benchmarks.cartpole.solvers import OURS, SOLVERS
from helpers.networks.network import forward
from helpers.rl.actor_critic import Transitions, update
from helpers.rl.cartpole import SCALE, Evaluation, new_networks


def some_transitions(rng, n=6):
    """Random transitions of n poles, one of them terminal, and one that is no transition."""
    s, s_next = (rng.normal(size=(n, 4)).astype(np.float32) for _ in range(2))
    terminated, going = np.arange(n) == 2, np.arange(n) != 4
    return Transitions(s, rng.integers(0, 2, n), np.ones(n, dtype=np.float32), s_next, terminated), going


def our_update(batch, going):
    """Our networks after one update."""
    return update(*new_networks(5), Transitions(*(each[going] for each in batch)), 0.05, 0.05, 0.99)


def assert_same(layers, others):
    for layer, other in zip(layers, others, strict=True):
        for ours, theirs in zip(layer, other, strict=True):
            assert np.allclose(ours, theirs, atol=1e-6)


def test_pytorch_does_the_same_update():
    torch = pytest.importorskip("torch")
    from benchmarks.cartpole import solve_torch

    batch, going = some_transitions(np.random.default_rng(0))
    learner = solve_torch.ActorCritic(*new_networks(5), **solve_torch.SETTINGS)
    s, a, r, s_next, terminated = (torch.tensor(each) for each in batch)
    learner.act(s)
    learner.learn(a, r, s_next, terminated, torch.tensor(going))
    actor, critic = our_update(batch, going)
    assert_same(actor, learner.layers())
    assert_same(critic, layers_of(learner.critic[::2]))


def test_jax_does_the_same_update_on_the_same_poles():
    jax = pytest.importorskip("jax")
    from benchmarks.cartpole import solve_jax

    batch, _ = some_transitions(np.random.default_rng(0))
    networks = jax.tree.map(lambda w: w.astype(np.float32), tuple(new_networks(5)))
    gradient = jax.grad(solve_jax.losses)(networks, *batch, 0.99)
    updated = jax.tree.map(lambda w, g: w - 0.05 * g, networks, gradient)
    for ours, theirs in zip(our_update(batch, np.ones(6, dtype=bool)), updated, strict=True):
        assert_same(ours, theirs)
    poles = SameStepPoles(50)
    poles.reset(seed=1)
    poles.poles.state *= np.array([[60], [40], [5], [40]])
    state, a = poles.poles.state.T.copy(), np.random.default_rng(2).integers(0, 2, 50)
    *_, terminated, _, last = poles.step(a)
    moved = solve_jax.moved(state, a)
    assert np.allclose(moved, last, atol=1e-5) and 0 < terminated.sum() < 50
    assert np.array_equal(solve_jax.fallen(moved), terminated)


def test_stable_baselines3_gets_infos_and_hands_over_its_actor():
    torch, _ = pytest.importorskip("torch"), pytest.importorskip("stable_baselines3")
    from benchmarks.cartpole import solve_sb3

    envs = solve_sb3.VectorisedPoles(2)
    model = solve_sb3.a2c(envs, 0)
    s = np.random.default_rng(0).normal(size=(5, 4)).astype(np.float32)
    z, _ = forward(solve_sb3.actor_of(model), s)
    theirs = model.policy.get_distribution(torch.tensor(s)).distribution.logits.detach().numpy()
    assert np.allclose(np.diff(z), np.diff(theirs), atol=1e-6)
    envs.seed(3)
    envs.reset()
    envs.poles.poles.steps[0] = 499
    _, _, dones, infos = envs.step(np.array([0, 1]))
    assert dones.tolist() == [True, False] and infos[0]["TimeLimit.truncated"] and infos[1] == {}
    envs.poles.poles.state[2, 1] = 1.0
    _, rewards, dones, infos = envs.step(np.array([0, 1]))
    assert dones.tolist() == [False, True] and not infos[1]["TimeLimit.truncated"] and rewards.tolist() == [1, 1]
    assert infos[1]["terminal_observation"][2] > 0.9


@pytest.mark.parametrize("name", [name for name in SOLVERS if name != OURS])
def test_every_peer_trains_and_hands_over_what_the_rule_evaluates(name, monkeypatch):
    pytest.importorskip(SOLVERS[name].needs)
    seen, evaluated = [], Evaluation(474.9, 475.0)
    monkeypatch.setattr(evaluation, "evaluate", lambda actor, *given: seen.append((actor, given[-1])) or evaluated)
    run = train(name, 1000, 1600, every=800)
    assert len(run.checkpoints) == 2 == len(seen) - 1
    assert 0 < run.checkpoints[0].seconds < run.checkpoints[1].seconds
    actors, scales = zip(*seen, strict=True)
    assert actors[0][0][0].shape[0] == 4 and actors[0][-1][1].shape == (2,)
    assert not np.array_equal(actors[0][0][0], actors[1][0][0])  # copies, that the training has left alone
    assert all(np.array_equal(scale, SCALE if SOLVERS[name].scaled else 1.0) for scale in scales)
