"""The CartPole benchmark on tiny settings: the rule, the turns, the verdicts, the report; peers where installed."""

import sys
from pathlib import Path

import gymnasium
import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

import cartpole
import cartpole_report
import cartpole_targets
import corridor_client
import looks
import same_step
import solvers
import turns

from helpers.rl.actor_critic import Transitions, update
from helpers.rl.cartpole import SCALE, Evaluation, evaluate, new_networks

SOLVED, GREEDY, BAD = Evaluation(480.0, 500.0), Evaluation(474.9, 475.0), Evaluation(500.0, 474.0)


def course(*passed, seed=1000, compiling=0.0):
    """A training with these (steps, seconds, evaluation)."""
    return looks.Course(seed, [looks.Look(*each) for each in passed], passed[-1][2], compiling)


def test_the_rule_wants_both_and_the_clock_rests_during_evaluations(monkeypatch):
    clock, evaluations = iter([10.0, 11.0, 50.0, 52.0, 90.0]), iter([GREEDY, SOLVED, BAD])
    monkeypatch.setattr(looks, "evaluate", lambda *given: next(evaluations))
    watch = looks.Watch(7, 1.0, every=100, clock=lambda: next(clock))
    watch.start()
    assert not watch.due(99) and watch.due(100)
    assert not watch.look(130, lambda: "actor")
    assert not watch.due(199) and watch.due(200)
    assert watch.look(200, lambda: "actor")
    watched = watch.course()
    assert [(look.steps, look.seconds) for look in watched.looks] == [(130, 1.0), (200, 3.0)]
    assert watched.first().steps == 200 and watched.first(looks.GREEDY_ONLY).steps == 130
    assert watched.again == BAD and course((100, 1.0, BAD)).first() is course((100, 1.0, BAD)).first(looks.GREEDY_ONLY)


def test_watch_evaluates_with_the_helpers_and_never_on_the_same_poles_twice(monkeypatch):
    actor, _ = new_networks(3)
    watch = looks.Watch(3, SCALE, every=1, episodes=4)
    watch.start()
    watch.look(1, lambda: actor)
    watched = watch.course()
    first, again = (evaluate(actor, 3 + shift, 4, SCALE) for shift in (looks.AGAIN // 2, looks.AGAIN))
    assert watched.looks[0].evaluation == first and watched.again == again and first != again


def test_our_training_is_judged_and_stops_when_solved():
    watched = turns.train(solvers.OURS, 1000, 96_000, every=3200)
    assert watched.first() is watched.looks[-1] and watched.looks[-1].steps < 96_000
    assert [look.steps // 3200 for look in watched.looks] == list(range(1, len(watched.looks) + 1))
    assert 0 < watched.looks[0].seconds < watched.looks[-1].seconds


def test_our_training_ends_at_the_limit():
    watched = turns.train(solvers.OURS, 1000, 800, every=800, episodes=2)
    assert watched.first() is None and 800 <= watched.looks[-1].steps < 832  # resets are no environment steps


def test_turns_spread_the_seeds_evenly():
    parts = {"many": solvers.Solver("", "", "", True, 6), "few": solvers.Solver("", "", "", True, 2)}
    order = turns.turns(parts)
    assert [name for name, _ in order] == "many many few many many many few many".split()
    assert [seed for name, seed in order if name == "many"] == list(range(1000, 1006))
    assert turns.turns(parts, most=1) == [("many", 1000), ("few", 1000)]


def test_report_of_a_tiny_run_names_what_is_missing(tmp_path):
    peers = {name: solver._replace(needs="no_such_module") for name, solver in solvers.SOLVERS.items()}
    chosen = peers | {solvers.OURS: solvers.SOLVERS[solvers.OURS]}
    path, lines = tmp_path / "cartpole.md", []
    text = cartpole.run(path, chosen, most=2, limit=800, every=800, progress=lines.append)
    assert path.read_text(encoding="utf-8") == text and len(lines) == 2 and "seed 1001" in lines[1]
    missing = [name for name in solvers.SOLVERS if name != solvers.OURS]
    assert f"Missing, and so not measured: {', '.join(missing)};" in text
    assert "| 20 times as fast as SB3's A2C | not measured |" in text
    assert "**missed** in 1 of 1 cases by up to 100%: smallest 0 (0 of 2 seeds solved)" in text
    assert f"Why missed: {cartpole_targets.WHY_SEEDS}" in text and cartpole_targets.WHY_RATIO not in text
    assert "| ours, NumPy | 0 of 2 |" in text and "after every 800 environment steps" in text
    assert "JAX is missing" in text and "nothing was trained in the corridor" in text
    assert "20,000 REINFORCE episodes: at most 1,000 ms |" in text and f"numpy {np.__version__}, gymnasium" in text


def made_up():
    """{name: courses} in which every ratio is known."""
    ours = [course((1600, 0.1, GREEDY), (3200, 0.2, SOLVED)), course((3200, 0.4, SOLVED))]
    return {
        solvers.OURS: ours,
        solvers.SAME: [course((3200, 1.5, SOLVED))],
        solvers.A2C: [course((1600, 3.0, GREEDY), (6400, 9.0, SOLVED))],
        solvers.PPO: [course((3000, 3.0, SOLVED)), course((2000, 6.6, BAD))],
        solvers.JAX: [course((3200, 0.03, SOLVED), compiling=0.9)],
    }


def test_verdicts_compare_medians_and_count_the_unsolved():
    times = {corridor_client.EXACT: 0.002, corridor_client.SAMPLED: 0.1}
    clients = [
        corridor_client.Client(corridor_client.PPO, 0, 100, 1.0, [1, 0, 1], -3.6, -3.2),
        corridor_client.Client(corridor_client.A2C, 0, 100, 1.0, [1, 0, 1], -9.0, -9.0),
    ]
    found = {verdict.target: verdict.text for verdict in cartpole_targets.verdicts(made_up(), times, clients)}
    assert found["99 of 100 of our seeds solved"] == "met: smallest 1 (2 of 2 seeds solved)"
    assert found["at most 2 s for the slowest of them"] == "met: largest 0.4 (seconds of the slowest)"
    assert found["20 times as fast as SB3's A2C"] == f"met: smallest 30 ({solvers.A2C})"
    assert found["(no target) 20 times as fast as SB3's A2C, judged greedily only"].endswith(f"12 ({solvers.A2C})")
    assert found["15 times as fast as SB3's PPO"] == f"met: smallest 16 ({solvers.PPO})"
    assert found["4 times as fast as the same in PyTorch"] == "met: smallest 5 (for each environment step)"
    assert found["environment steps over those of SB3's A2C: at most 1"].startswith(
        f"met: largest 0.5 (3,200 against 6,400 of {solvers.A2C}; 95% of resamplings 0.50 to 0.50"
    )
    assert found["environment steps over those of SB3's PPO: at most 1"].startswith(
        "**missed** in 1 of 1 cases by up to 28%: larg"
    )
    assert found["(no target) as fast as the same in JAX, compiling not counted"].startswith("**missed**")
    assert found["(no target) as fast as the same in JAX, compiling counted"] == "met: smallest 3.1 (median)"
    assert "by up to 100%: largest 2 (ms" in found["exact gradient on the corridor: at most 1 ms"]
    assert found["20,000 REINFORCE episodes: at most 1,000 ms"].startswith("met: largest 100")
    assert found["SB3's PPO in our corridor: a return of at least -3.5"].startswith("**missed** in 1 of 2 cases: small")


def test_a_miss_by_almost_nothing_is_a_miss():
    verdict = cartpole_targets.AtMost("x", 1, [(1.00008, "here"), (0.9, "there")], "why")
    assert verdict.missed and verdict.text == "**missed** in 1 of 2 cases by less than 1%: largest 1 (here)"


def test_report_shows_both_rules_and_the_limit():
    clients = [corridor_client.Client(corridor_client.PPO, 0, 100, 1.0, [0.9, 0.1, 1.0], -3.6, -3.25)]
    courses = {name: each for name, each in made_up().items() if name != solvers.SAME}
    judged, greedy = cartpole_report.of_all(courses, looks.THE_RULE), cartpole_report.of_all(courses, looks.GREEDY_ONLY)
    assert f"| {solvers.A2C} | 1 of 1 | 9 s | 9 to 9 s | 30 | 6,400 | 6,400 to 6,400 |" in judged
    assert f"| {solvers.A2C} | 1 of 1 | 3 s | 3 to 3 s | 12 | 1,600 | 1,600 to 1,600 |" in greedy
    assert f"| {solvers.PPO} | 1 of 2 |" in judged
    limit = cartpole_report.limit(courses)
    assert "ours takes 10 times as long" in limit and "the first training 0.93 s, 3.1 times as long" in limit
    assert "0.900, 0.100, 1.000 | -3.600 | -3.250 |" in cartpole_report.of_corridor({}, clients)


def test_poles_are_reset_in_the_step_in_which_an_episode_ends():
    poles, single = same_step.SameStepPoles(2), gymnasium.make("CartPole-v1")
    s, fell = poles.reset(seed=0), 0
    single.reset(seed=0)
    for _ in range(60):
        single.unwrapped.state = tuple(poles.poles.state[:, 0])  # one of them, followed by Gymnasium's single pole
        single.unwrapped.steps_beyond_terminated = None
        expected, *_ = single.unwrapped.step(1)
        s, rewards, terminated, truncated, last = poles.step(np.array([1, 0]))
        assert np.allclose(last[0], expected, atol=1e-6) and np.all(rewards == 1) and not truncated.any()
        for k in terminated.nonzero()[0]:
            fell += 1
            assert abs(last[k, 2]) > 0.2 and np.all(abs(s[k]) <= 0.05) and poles.poles.steps[k] == 0
        assert np.array_equal(s[~terminated], last[~terminated])
    assert fell > 4
    poles.poles.steps[:] = 499
    poles.poles.state[:] = 0
    s, _, terminated, truncated, last = poles.step(np.array([1, 0]))
    assert truncated.all() and not terminated.any() and not np.array_equal(s, last)


def test_our_gradients_on_the_corridor_are_timed():
    times = corridor_client.our_times(rounds=1, episodes=10)
    assert set(times) == {corridor_client.EXACT, corridor_client.SAMPLED} and min(times.values()) > 0


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
    import solve_torch

    batch, going = some_transitions(np.random.default_rng(0))
    learner = solve_torch.ActorCritic(*new_networks(5), **solve_torch.SETTINGS)
    s, a, r, s_next, terminated = (torch.tensor(each) for each in batch)
    learner.act(s)
    learner.learn(a, r, s_next, terminated, torch.tensor(going))
    actor, critic = our_update(batch, going)
    assert_same(actor, learner.layers())
    assert_same(critic, looks.layers_of(learner.critic[::2]))


def test_jax_does_the_same_update_on_the_same_poles():
    jax = pytest.importorskip("jax")
    import solve_jax

    batch, _ = some_transitions(np.random.default_rng(0))
    networks = jax.tree.map(lambda w: w.astype(np.float32), tuple(new_networks(5)))
    gradient = jax.grad(solve_jax.losses)(networks, *batch, 0.99)
    updated = jax.tree.map(lambda w, g: w - 0.05 * g, networks, gradient)
    for ours, theirs in zip(our_update(batch, np.ones(6, dtype=bool)), updated, strict=True):
        assert_same(ours, theirs)
    poles = same_step.SameStepPoles(50)
    poles.reset(seed=1)
    poles.poles.state *= np.array([[60], [40], [5], [40]])
    state, a = poles.poles.state.T.copy(), np.random.default_rng(2).integers(0, 2, 50)
    *_, terminated, _, last = poles.step(a)
    moved = solve_jax.moved(state, a)
    assert np.allclose(moved, last, atol=1e-5) and 0 < terminated.sum() < 50
    assert np.array_equal(solve_jax.fallen(moved), terminated)


def test_stable_baselines3_gets_infos_and_hands_over_its_actor():
    torch, _ = pytest.importorskip("torch"), pytest.importorskip("stable_baselines3")
    import solve_sb3

    from helpers.networks.network import forward

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
    client = corridor_client.trained(corridor_client.PPO, 0, 1024)
    assert client.steps == 1024 and client.exact < -3 and len(client.p) == 3


@pytest.mark.parametrize("name", [name for name in solvers.SOLVERS if name != solvers.OURS])
def test_every_peer_trains_and_hands_over_what_the_rule_evaluates(name, monkeypatch):
    pytest.importorskip(solvers.SOLVERS[name].needs)
    seen = []
    monkeypatch.setattr(looks, "evaluate", lambda actor, seed, episodes, scale: seen.append((actor, scale)) or GREEDY)
    watched = turns.train(name, 1000, 1600, every=800)
    assert len(watched.looks) == 2 == len(seen) - 1 and 0 < watched.looks[0].seconds < watched.looks[1].seconds
    actors, scales = zip(*seen, strict=True)
    assert actors[0][0][0].shape[0] == 4 and actors[0][-1][1].shape == (2,)
    assert not np.array_equal(actors[0][0][0], actors[1][0][0])  # copies, that the training has left alone
    assert all(np.array_equal(scale, SCALE if solvers.SOLVERS[name].scaled else 1.0) for scale in scales)
